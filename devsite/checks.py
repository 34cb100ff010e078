"""`./rtc test`: lint, then pytest in the bench's Python, on a site that only tests use."""

import shutil
import subprocess

from devsite import appstate, coverage, processes, sites, tools
from devsite.paths import REPO, TEST_SITE, TEST_TWIN, Home
from devsite.progress import Progress
from devsite.state import State
from devsite.tools import MARK, environment

#: a file's tests stay together, on the site of their process
SIDE_BY_SIDE = ("-n2", "--dist=loadfile", "--no-loadscope-reorder")
#: so that the two processes end at about the same time
LONGEST_FIRST = ("tests/install", "tests/browser", "tests/site", "tests/rules")
LIFECYCLE = "tests/install/test_lifecycle.py"


def run_all(home: Home, arguments: list[str]) -> int:
	"""Runs every check; what it had to start, it stops again."""
	progress = Progress()
	were_running = bool(processes.running(home, "services"))
	try:
		make_ready(home, progress)
		lint = run_lint(home, progress)
		tests = in_bench(home, ["-m", "pytest", *arguments]) if arguments else run_measured(home)
	finally:
		processes.stop(home, "tests")
		if not were_running:
			processes.stop(home, "services")
	if lint:
		progress.say("rtc: the lint above failed. ./rtc lint --fix mends most of it.")
	return tests or lint


def make_ready(home: Home, progress) -> None:
	"""The test site with what every test finds there, and its twin."""
	from devsite.cli import begin, prepare

	with begin(home) as state:
		prepare(home, state, progress, browser=True)
		sites.ensure(home, state, progress, TEST_SITE)
		if sites.is_old(state, TEST_SITE, TEST_TWIN):
			with progress.step("Users for the tests"):
				sites.run_python(home, "tests.seed")
		sites.ensure_twin(home, state, progress, TEST_SITE, TEST_TWIN)


def run_measured(home: Home) -> int:
	"""The whole suite with its coverage, that of the served processes included."""
	folder = home.run / "coverage"
	shutil.rmtree(folder, ignore_errors=True)
	folder.mkdir()
	settings = {"RTC_COVERAGE": folder}
	state, installed = State(home.root / "state.json"), what_installs()
	known = state.get("lifecycle") == installed
	if known:
		print(f"{LIFECYCLE} is left out: nothing that installs or migrates has changed since it passed.")
	pytest = ["-m", "pytest", *SIDE_BY_SIDE, *LONGEST_FIRST, *([f"--ignore={LIFECYCLE}"] if known else [])]
	if tests := in_bench(home, [*coverage.command(folder), *pytest], settings):
		return tests
	state.set(lifecycle=installed)
	return in_bench(home, ["-m", "devsite.coverage"], settings)


def what_installs() -> str:
	"""Changes with the files by which the app is installed, migrated or removed, and with the test of it."""
	test = (REPO / "tests" / "install").glob("*.py")
	return appstate.schema() + appstate.digest([*test, REPO / "pyproject.toml"])


def run_lint(home: Home, progress, fix: bool = False) -> int:
	"""ruff's rules and its format, over the whole repository."""
	rules = ["-m", "ruff", "check", "--quiet", *(["--fix"] if fix else []), "."]
	form = ["-m", "ruff", "format", "--quiet", *([] if fix else ["--check"]), "."]
	with progress.step("Lint"):
		return max(in_bench(home, rules), in_bench(home, form))


def in_bench(home: Home, arguments: list[str], settings: dict | None = None) -> int:
	"""Runs the bench's Python in the repository."""
	variables = {MARK: "", "RTC_BENCH": home.bench, "RTC_HOME": home.root, **(settings or {})}
	variables = {key: str(value) for key, value in variables.items()}
	command = [str(home.python), *arguments]
	return subprocess.run(command, cwd=REPO, env={**environment(home), **variables}).returncode


def lint(home: Home, arguments: list[str]) -> int:
	from devsite.cli import require_bench

	require_bench(home)
	return run_lint(home, Progress(), fix="--fix" in arguments)


def run_measure(home: Home, arguments: list[str]) -> int:
	"""Runs the benchmarks below tests/measure, once there are some."""
	if not (REPO / "tests" / "measure" / "__main__.py").is_file():
		print("There are no benchmarks yet: tests/measure is missing.")
		return 0
	make_ready(home, Progress())
	tools.install_locust(home, Progress())
	return in_bench(home, ["-m", "tests.measure", *arguments])
