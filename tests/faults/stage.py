"""A copy of the test site with a MariaDB, two Redis, a web server and a worker of its own, each of which can be ended."""

import json
import os
import shlex
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from devsite import ports, processes, services, sites
from devsite.paths import REPO, TEST_SITE, Home
from devsite.state import State
from devsite.testing import end_group, wait_until_answers

GUNICORN = "-w 2 --threads 4 -t 120 --graceful-timeout 2"
WORKER = "from frappe.utils.background_jobs import start_worker; start_worker()"


class Quiet:
	"""For steps that nobody waits for."""

	@contextmanager
	def step(self, title):
		yield


class Stage:
	"""The folder of the copy; `real` is the home whose site it copies and whose Python it runs."""

	def __init__(self, folder: Path, real: Home):
		self.home, self.real = Home(folder), real
		self.home.make()
		self.state = State(self.home.root / "state.json")
		self.sites = self.home.bench / "sites"
		self.ports = {**services.prepare(self.home, self.state, Quiet()), "web": ports.choose()}
		self.running: dict[str, subprocess.Popen] = {}

	@property
	def address(self) -> str:
		return f"http://{ports.LOOPBACK}:{self.ports['web']}"

	def commands(self) -> dict[str, list[str]]:
		python = str(self.real.python)
		gunicorn = f"-m gunicorn -b {ports.LOOPBACK}:{self.ports['web']} {GUNICORN} devsite.wsgi:application"
		return {
			**{name: shlex.split(line) for name, line in services.commands(self.home).items()},
			"web": [python, *shlex.split(gunicorn)],
			"worker": [python, "-c", WORKER],
		}

	def start(self, *names: str) -> None:
		variables = {
			**os.environ,
			processes.MARK: f"{self.home.root}:faults",
			"PYTHONPATH": str(REPO),
			"SITES_PATH": str(self.sites),
			"RTC_ONLY_SITE": TEST_SITE,
		}
		for name in names:
			with open(self.home.logs / f"{name}.out.log", "ab") as log:
				self.running[name] = subprocess.Popen(
					self.commands()[name],
					cwd=self.sites if name in ("web", "worker") else self.home.root,
					env=variables,
					stdin=subprocess.DEVNULL,
					stdout=log,
					stderr=subprocess.STDOUT,
					start_new_session=True,
				)

	def wait(self, *names: str) -> None:
		answers = {
			"mariadb": services.mariadb_answers,
			"redis_cache": services.redis_answers,
			"redis_queue": services.redis_answers,
		}
		deadline = time.monotonic() + 60
		for name in names:
			while name in answers and not answers[name](self.ports[name]):
				if time.monotonic() > deadline:
					raise RuntimeError(f"{name} does not answer; its log is in {self.home.logs}")
				time.sleep(0.05)
		if "web" in names:
			log = self.home.logs / "web.out.log"
			wait_until_answers(self.running["web"], self.address, log, 60)

	def kill(self, name: str) -> None:
		"""All at once, with whatever it had begun, as when the power of its machine goes."""
		process = self.running[name]
		os.killpg(process.pid, signal.SIGKILL)
		process.wait()

	def kill_one_web_worker(self) -> None:
		"""One of the two that answer; gunicorn's master puts another in its place."""
		children = Path(f"/proc/{self.running['web'].pid}/task/{self.running['web'].pid}/children")
		os.kill(int(children.read_text().split()[0]), signal.SIGKILL)

	def copy_site(self) -> None:
		"""The test site as it is committed, without its files."""
		real, folder = self.real.sites / TEST_SITE, self.sites / TEST_SITE
		for part in ("public/files", "private/files", "locks", "logs"):
			(folder / part).mkdir(parents=True, exist_ok=True)
		(self.home.bench / "logs").mkdir(exist_ok=True)
		shutil.copy(real / "site_config.json", folder)
		shutil.copy(self.real.sites / "apps.txt", self.sites)
		(self.sites / "assets").symlink_to(self.real.sites / "assets")
		common = json.loads((self.real.sites / "common_site_config.json").read_text())
		cache, queue = (
			f"redis://{ports.LOOPBACK}:{self.ports[name]}" for name in ("redis_cache", "redis_queue")
		)
		own = {
			"db_port": self.ports["mariadb"],
			"redis_cache": cache,
			"redis_queue": queue,
			"redis_socketio": cache,
		}
		(self.sites / "common_site_config.json").write_text(json.dumps({**common, **own}))
		self.copy_database(json.loads((real / "site_config.json").read_text()))

	def copy_database(self, config: dict) -> None:
		name, password = config["db_name"], config["db_password"]
		source = sites.dump(
			self.real, State(self.real.root / "state.json"), TEST_SITE, self.home.run / "site.sql"
		)
		grant = (
			f"CREATE DATABASE `{name}`; CREATE USER '{name}'@'%' IDENTIFIED BY '{password}';"
			f"GRANT ALL ON `{name}`.* TO '{name}'@'%'; USE `{name}`; SOURCE {source};"
		)
		with services.quick(self.home, self.state):
			services.tell_mariadb(self.home, self.state, grant)
		source.unlink()

	def end(self) -> None:
		for process in self.running.values():
			end_group(process)
		processes.stop(self.home, seconds=5)
		shutil.rmtree(self.home.root, ignore_errors=True)


@contextmanager
def stage(folder: Path, real: Home):
	"""Served, with durable settings; everything of it is gone afterwards."""
	shutil.rmtree(folder, ignore_errors=True)
	made = Stage(folder, real)
	try:
		made.start(*services.SERVICES)
		made.wait(*services.SERVICES)
		made.copy_site()
		yield made
	finally:
		made.end()
