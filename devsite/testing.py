"""For tests that run in the bench's Python: where things are, and a web server for a site.

with serve() as url:
	requests.get(f"{url}/api/method/ping")
"""

import contextlib
import json
import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from devsite import ports, processes
from devsite.paths import REPO, TEST_SITE, TEST_TWINS, Home
from devsite.system import chromium

GROUP = "tests"
OLD_JOB = 30  # seconds


@dataclass(frozen=True)
class Paths:
	"""Absolute paths of the bench that the tests run in, and the names of its test site and browser."""

	repo: Path
	bench: Path
	sites: Path
	python: Path
	logs: Path
	test_site: str
	chromium: str | None

	@property
	def site(self) -> str:
		return self.test_site


def paths() -> Paths:
	"""What `./rtc test` tells by RTC_BENCH, or the same for a pytest started by hand."""
	home = home_of_tests()
	# Of those that test side by side, each has a site of its own.
	number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
	site = (TEST_SITE, *TEST_TWINS)[number]
	return Paths(REPO, home.bench, home.sites, home.python, home.logs, site, chromium())


def home_of_tests() -> Home:
	bench = os.environ.get("RTC_BENCH")
	return Home(Path(bench).parent) if bench else Home()


@contextmanager
def serve(
	site: str | None = None,
	*,
	workers: int = 1,
	threads: int = 8,
	queue_worker: bool = False,
	environment: dict | None = None,
	seconds: float = 60,
) -> Iterator[str]:
	"""Serves the site on a free port of 127.0.0.1, whatever the Host header says; yields its address.

	`queue_worker` also starts a worker for background jobs."""
	where, home = paths(), home_of_tests()
	site = site or where.test_site
	port = ports.choose()
	variables = {
		**os.environ,
		processes.MARK: f"{home.root}:{GROUP}",
		"PYTHONPATH": str(REPO),
		"SITES_PATH": str(where.sites),
		"RTC_ONLY_SITE": site,
		**(environment or {}),
	}
	address = f"{ports.LOOPBACK}:{port}"
	options = [
		"-b",
		address,
		"-w",
		str(workers),
		"--threads",
		str(threads),
		"-t",
		"120",
		"--graceful-timeout",
		"5",
		# gunicorn shuts an idle connection after two seconds: just then a test may have sent its next request on it
		"--keep-alive",
		"75",
	]
	web = [str(where.python), "-m", "gunicorn", *options, "devsite.wsgi:application"]
	with contextlib.ExitStack() as others:
		process = launch(web, where, variables, "test-web")
		others.callback(end, process)
		if queue_worker:
			others.enter_context(working(variables))
		wait_until_answers(process, f"http://{address}", where.logs / "test-web.log", seconds)
		yield f"http://{address}"


@contextmanager
def working(variables: dict | None = None) -> Iterator[None]:
	"""A worker for the background jobs of the bench's sites."""
	where = paths()
	forget_old_jobs(where)
	command = [str(where.python), "-m", "frappe.utils.bench_helper", "frappe", "worker"]
	process = launch(command, where, variables or {**os.environ}, "test-worker")
	try:
		yield
	finally:
		end(process)


def forget_old_jobs(where: Paths) -> None:
	"""Most tests run without a worker: jobs that have waited for so long wait for nobody, and would come first."""
	from redis import Redis
	from rq import Queue

	settings = json.loads((where.sites / "common_site_config.json").read_text())
	oldest = datetime.now(timezone.utc).replace(tzinfo=None) - timedelta(seconds=OLD_JOB)
	for queue in Queue.all(connection=Redis.from_url(settings["redis_queue"])):
		for job in queue.jobs:
			if job.enqueued_at and job.enqueued_at.replace(tzinfo=None) < oldest:
				job.delete()


def launch(command: list[str], where: Paths, variables: dict, name: str) -> subprocess.Popen:
	with open(where.logs / f"{name}.log", "ab") as log:
		return subprocess.Popen(
			command,
			cwd=where.sites,
			env=variables,
			stdin=subprocess.DEVNULL,
			stdout=log,
			stderr=subprocess.STDOUT,
		)


def wait_until_answers(process: subprocess.Popen, url: str, log: Path, seconds: float) -> None:
	opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
	deadline = time.monotonic() + seconds
	while True:
		try:
			with opener.open(f"{url}/api/method/ping", timeout=10):
				return
		except OSError as error:
			if process.poll() is not None or time.monotonic() > deadline:
				raise RuntimeError(f"The site is not served ({error}); {log} says why") from error
			time.sleep(0.1)


def end_group(process: subprocess.Popen) -> None:
	"""Of one that was started in a session of its own: all that it has begun, too."""
	with contextlib.suppress(ProcessLookupError):
		os.killpg(process.pid, signal.SIGKILL)
	process.wait()


def end(process: subprocess.Popen) -> None:
	process.terminate()
	try:
		process.wait(15)
	except subprocess.TimeoutExpired:
		process.kill()
		process.wait()
