"""Where everything of the local bench lives: below .rtc/ of the repository, or where RTC_HOME says."""

import hashlib
import os
import shutil
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
APP = "rtc_conciliation"
DEMO_SITE = "rtc.localhost"
TEST_SITE = "test.localhost"
#: copies of it, one for each further process that tests side by side; a third was slower on two cores
TEST_TWINS = ("test-twin.localhost",)


class Home:
	"""The folders and files of one local bench."""

	def __init__(self, root: Path | None = None):
		self.root = Path(root or os.environ.get("RTC_HOME") or REPO / ".rtc").resolve()
		self.bench = self.root / "bench"
		self.cache = self.root / "cache"
		self.logs = self.root / "logs"
		self.mariadb = self.root / "mariadb"
		self.redis = self.root / "redis"
		self.run = self.root / "run"
		self.tools = self.root / "tools"

	@property
	def sites(self) -> Path:
		return self.bench / "sites"

	@property
	def python(self) -> Path:
		"""The bench's own Python."""
		return self.bench / "env" / "bin" / "python"

	@property
	def bench_cli(self) -> Path:
		return self.tools / "bench" / "bin" / "bench"

	@property
	def source(self) -> Path:
		"""The repository that Frappe is cloned from when it comes from the registries."""
		return self.cache / "frappe"

	@property
	def mariadb_socket(self) -> Path:
		"""A socket's path may not be longer than 107 bytes, so a deep home gets a short one."""
		path = self.mariadb / "mysqld.sock"
		if len(str(path)) < 100:
			return path
		return Path("/tmp") / f"rtc-{hashlib.sha256(str(path).encode()).hexdigest()[:12]}.sock"

	def remove(self) -> None:
		"""Removes what devsite made, and nothing else that may lie there."""
		self.mariadb_socket.unlink(missing_ok=True)
		for folder in (self.bench, self.cache, self.logs, self.mariadb, self.redis, self.run, self.tools):
			shutil.rmtree(folder, ignore_errors=True)
		for name in ("Procfile", "state.json", "lock"):
			(self.root / name).unlink(missing_ok=True)
		if not any(self.root.iterdir()):
			self.root.rmdir()

	def make(self) -> None:
		for folder in (self.root, self.cache, self.logs, self.run, self.tools):
			folder.mkdir(parents=True, exist_ok=True)
