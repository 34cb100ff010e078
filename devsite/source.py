"""Frappe from PyPI: fetched, checked, its names restored, laid out as the repository that bench clones."""

import hashlib
import json
import re
import shutil
import sys
import zipfile
from pathlib import Path

from devsite import rename, shell
from devsite.errors import RtcError
from devsite.paths import Home
from devsite.tools import PYPI

PACKAGE = "criscostack"
VERSION = "1.0.0"
SHA256 = "dc58aaf29c59b7666edc953596e5b31f77d7286b2ed6b14c6a205b217c210349"
BRANCH = "version-15"
ASSETS = Path(__file__).parent / "assets"

# Where this Frappe's own pins have to give way, and why:
PINS = {
	"cryptography": "cryptography>=41.0.1",  # pyHanko needs a newer one than 2023's
	"pyOpenSSL": "pyOpenSSL>=23.2.0",  # goes with cryptography
}
# Those of 2023 have no wheels for a Python that came after them.
SINCE_312 = {
	"hiredis": "hiredis>=2.2.3,<4",
	"MarkupSafe": "MarkupSafe>=2.1.0,<4",
	"Pillow": "Pillow>=10.1,<11",
	"pydantic": "pydantic>=2.5,<3",
}
EXTRA_PINS = (
	"setuptools<81",  # pkg_resources is imported at run time
	"pydyf==0.10.0",  # WeasyPrint 59 breaks with a newer one
)
SETTINGS = """\
[project]
name = "frappe"
authors = [{{ name = "Frappe Technologies Pvt Ltd", email = "developers@frappe.io" }}]
description = "Metadata driven, full-stack low code web framework"
requires-python = ">=3.10"
dynamic = ["version"]
dependencies = {dependencies}

[build-system]
requires = ["flit_core >=3.4,<4"]
build-backend = "flit_core.buildapi"
"""


def fetch(home: Home, progress) -> Path:
	"""Returns the repository of the restored Frappe, made once."""
	identity = source_identity()
	stamp = home.cache / "frappe.json"
	if stamp.is_file() and stamp.read_text() == identity and home.source.is_dir():
		return home.source
	with progress.step(f"Frappe from the registries ({PACKAGE} {VERSION}, checked by hash)"):
		wheel = download(home)
		build = home.cache / "frappe.new"
		shutil.rmtree(build, ignore_errors=True)
		shutil.rmtree(home.source, ignore_errors=True)
		lay_out(wheel, build, home.logs / "source.log")
		build.rename(home.source)
		stamp.write_text(identity)
	return home.source


def source_identity() -> str:
	"""Changes whenever the repository would come out otherwise."""
	own = [Path(__file__), Path(rename.__file__), *sorted(p for p in ASSETS.iterdir() if p.is_file())]
	digest = hashlib.sha256(b"".join(path.read_bytes() for path in own)).hexdigest()
	return json.dumps({"wheel": SHA256, "layout": digest})


def download(home: Home, package: str = PACKAGE, version: str = VERSION, sha256: str = SHA256) -> Path:
	"""The wheel in the cache; what does not have the known hash is thrown away."""
	folder = home.cache / "wheels"
	folder.mkdir(parents=True, exist_ok=True)
	wheel = folder / f"{package}-{version}-py3-none-any.whl"
	if not wheel.is_file():
		pip = home.tools / "bench" / "bin" / "python"
		python = pip if pip.exists() else sys.executable
		command = [python, "-m", "pip", "download", "--no-deps", "--dest", folder, f"{package}=={version}"]
		shell.run(command, home.logs / "source.log", PYPI, f"pip download {package}")
	found = hashlib.sha256(wheel.read_bytes()).hexdigest()
	if found != sha256:
		wheel.unlink()
		raise RtcError(
			f"{wheel.name} has the wrong hash: {found[:16]}… instead of {sha256[:16]}…",
			"The mirror or the line changed it, and it was thrown away: fetch it from PyPI itself, then run it again",
		)
	return wheel


def lay_out(wheel: Path, build: Path, log: Path) -> None:
	"""Unpacks the wheel, restores the names and commits the result."""
	with zipfile.ZipFile(wheel) as archive:
		archive.extractall(build)
	metadata = next(build.glob("*.dist-info"))
	requires = re.findall(r"^Requires-Dist: (.+)$", (metadata / "METADATA").read_text(), re.M)
	shutil.rmtree(metadata)
	rename.restore_tree(build)
	(build / "pyproject.toml").write_text(project_file(requires))
	(build / ".gitignore").write_text(
		"node_modules/\n__pycache__/\n*.pyc\n*.egg-info\n/frappe/public/dist/\n"
	)
	for asset in ASSETS.iterdir():
		if asset.is_file():
			shutil.copy(asset, build / asset.name)
	git = ["git", "-c", "user.name=rtc", "-c", "user.email=rtc@localhost", "-c", "commit.gpgsign=false"]
	remedy = "Check that git works, then run it again"
	for command in (
		[*git, "init", "--quiet", "--initial-branch", BRANCH],
		[*git, "add", "--all", "--force", "frappe", "."],
		[*git, "commit", "--quiet", "--no-verify", "-m", f"Frappe restored from {wheel.name}"],
	):
		shell.run(command, log, remedy, "git", cwd=build)


def project_file(requires: list[str]) -> str:
	"""The pyproject.toml with Frappe's pins, but for the few that have to give way."""
	kept = [pin for line in requires if "extra ==" not in line for pin in pins(line)]
	return SETTINGS.format(dependencies=json.dumps([*kept, *EXTRA_PINS], indent="\t"))


def pins(line: str) -> list[str]:
	"""What stands for one of Frappe's own requirements: mostly itself."""
	name = re.match(r"[\w.-]+", line)[0]
	if name in SINCE_312:
		return [f'{line}; python_version < "3.12"', f'{SINCE_312[name]}; python_version >= "3.12"']
	return [PINS.get(name, line)]
