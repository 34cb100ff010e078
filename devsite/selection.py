"""What `./rtc test` runs: every file of tests but those that passed here, and of whose inputs nothing has changed.

A site's tests work through a web server and a browser, too: no trace of them would be whole. So the rule is coarse.
Whatever changes in the app makes all of them run; a changed test file alone makes itself run."""

import hashlib
import os
from datetime import datetime
from zoneinfo import ZoneInfo

from devsite import appstate
from devsite.paths import REPO, Home
from devsite.state import State
from devsite.system import find

LIFECYCLE = "tests/install/test_lifecycle.py"
#: their one world is made once when they run in one process
TOGETHER = ("tests/site/awards/",)
#: seconds of the longest, where none are known yet: the two processes shall end at about the same time
LONGEST: dict[str, float] = {
	LIFECYCLE: 100,
	"tests/site/test_faults.py": 60,
	"tests/site/test_demo.py": 50,
	"tests/browser/test_story.py": 50,
	"tests/site/access/test_states.py": 30,
	"tests/browser/test_network.py": 27,
	"tests/browser/test_evaluation.py": 26,
	"tests/site/awards/test_award.py": 25,
	"tests/browser/test_desk.py": 24,
	"tests/browser/test_night.py": 23,
	"tests/browser/test_accessibility.py": 23,
	"tests/site/test_bad_input.py": 22,
	"tests/site/applications/test_saving.py": 20,
	"tests/site/applications/test_sending.py": 20,
	"tests/site/access/test_http_permissions.py": 20,
	"tests/site/evaluation/test_evaluation.py": 20,
}


def all_files() -> list[str]:
	"""Every file of tests, from the repository's root."""
	return sorted(str(file.relative_to(REPO)) for file in (REPO / "tests").rglob("test_*.py"))


def inputs(home: Home) -> dict[str, str]:
	"""File → digest of all that its result hangs on. The rules' tests are quick: they have none, and always run."""
	helpers = [file for file in (REPO / "tests").rglob("*.py") if not file.name.startswith("test_")]
	bench = appstate.digest([*appstate.files(REPO / "devsite"), REPO / "pyproject.toml"]) + programs(home)
	shared = appstate.digest([*helpers, *(REPO / "docs").rglob("*.csv")])
	# Calls open and close by the day: yesterday's result says nothing about today.
	site = "".join([bench, shared, appstate.code(), today()])
	found = {}
	for file in all_files():
		own = appstate.digest([REPO / file])
		if file == LIFECYCLE:
			test = [*(REPO / "tests" / "install").glob("*.py"), REPO / "pyproject.toml"]
			found[file] = appstate.schema() + appstate.digest(test)
		elif file.startswith("tests/install/"):
			found[file] = bench + shared + own
		elif not file.startswith("tests/rules/"):
			found[file] = site + own
	return found


def programs(home: Home) -> str:
	"""Changes with the versions of Python's packages in the bench, and with the programs beside it."""
	packages = sorted(folder.name for folder in home.bench.glob("env/lib/python*/site-packages/*.dist-info"))
	beside = [find(name) for name in ("mariadbd", "redis-server", "wkhtmltopdf", "chromium")]
	known = [*packages, *(f"{path} {os.stat(path).st_mtime_ns}" for path in beside if path)]
	return hashlib.sha256("\n".join(known).encode()).hexdigest()


def today() -> str:
	return datetime.now(ZoneInfo("Europe/Rome")).date().isoformat()


def choose(passed: dict, now: dict[str, str], known: dict) -> tuple[list[str], list[str]]:
	"""(the files to run, the longest first by what is known; those left out)."""
	left_out = [file for file, digest in now.items() if passed.get(file, {}).get("inputs") == digest]
	return in_order([file for file in all_files() if file not in left_out], known), left_out


def in_order(files: list[str], known: dict) -> list[str]:
	seconds: dict[str, float] = {}
	for file in files:
		took = known.get(file, {}).get("seconds", LONGEST.get(file, 0))
		seconds[unit(file)] = seconds.get(unit(file), 0) + took
	return sorted(files, key=lambda file: (-seconds[unit(file)], file))


def unit(file: str) -> str:
	"""What is tested by one process: a file, or a folder of them."""
	return next((folder for folder in TOGETHER if file.startswith(folder)), file)


def remember(state: State, ran: dict, now: dict[str, str]) -> None:
	"""Writes down what a run says of its files ({"passed", "seconds"} by file), with what they were run on."""
	known = {file: value for file, value in (state.get("tests") or {}).items() if file in now}
	for file, result in ran.items():
		if file in now:
			known[file] = {
				"seconds": result["seconds"],
				"inputs": now[file] if result["passed"] else None,
			}
	state.set(tests=known)


def judges_coverage(left_out: list[str]) -> bool:
	"""Only the tests of an installation run the app where it is not measured."""
	return all(file.startswith("tests/install/") for file in left_out)


def tell(left_out: list[str]) -> str:
	names = left_out[0] if len(left_out) == 1 else f"{len(left_out)} files of tests"
	said = f"Left out: {names}, for nothing that their result hangs on has changed since they passed here. "
	return said + "./rtc test --all runs everything."
