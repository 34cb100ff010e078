"""`./rtc test`: lint, then pytest in the bench's Python, on a site that only tests use."""

import subprocess

from devsite import processes, sites
from devsite.paths import REPO, TEST_SITE, Home
from devsite.progress import Progress
from devsite.tools import MARK, environment


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
	from devsite.cli import begin, prepare

	with begin(home) as state:
		prepare(home, state, progress)
		sites.ensure(home, state, progress, TEST_SITE)


def run_measured(home: Home) -> int:
	"""The whole suite with its coverage, that of the served processes included; what is missed is listed.

	Every branch of the rules, and nine lines in ten of the app."""
	for old in home.run.glob("coverage*"):
		old.unlink()
	settings = {"COVERAGE_FILE": home.run / "coverage", "RTC_COVERAGE": REPO / "pyproject.toml"}
	tests = run_side_by_side(home, settings)
	report = ["-m", "coverage", "report", "--skip-covered", "--show-missing"]
	in_bench(home, ["-m", "coverage", "combine", "--quiet"], settings)
	rules = in_bench(home, [*report, "--include=*/rtc_conciliation/rules/*", "--fail-under=100"], settings)
	app = in_bench(home, [*report, "--fail-under=90"], settings)
	return tests or rules or app


def run_side_by_side(home: Home, settings: dict) -> int:
	"""Tests that need the test site, and beside them those that do not; the others' output comes after."""
	pytest = ["-m", "coverage", "run", "-m", "pytest"]
	log = home.logs / "tests-beside.log"
	with open(log, "w") as output:
		beside = start_in_bench(home, [*pytest, "tests/rules", "tests/install"], settings, output)
		here = in_bench(home, [*pytest, "tests/site", "tests/browser"], settings)
		there = beside.wait()
	print(log.read_text(errors="replace"), flush=True)
	return here or there


def run_lint(home: Home, progress, fix: bool = False) -> int:
	"""ruff's rules and its format, over the whole repository."""
	rules = ["-m", "ruff", "check", "--quiet", *(["--fix"] if fix else []), "."]
	form = ["-m", "ruff", "format", "--quiet", *([] if fix else ["--check"]), "."]
	with progress.step("Lint"):
		return max(in_bench(home, rules), in_bench(home, form))


def in_bench(home: Home, arguments: list[str], settings: dict | None = None) -> int:
	"""Runs the bench's Python in the repository."""
	return start_in_bench(home, arguments, settings).wait()


def start_in_bench(home: Home, arguments: list[str], settings: dict | None = None, output=None):
	variables = {MARK: "", "RTC_BENCH": home.bench, "RTC_TEST_SITE": TEST_SITE, "RTC_HOME": home.root}
	variables |= settings or {}
	return subprocess.Popen(
		[str(home.python), *arguments],
		cwd=REPO,
		env={**environment(home), **{key: str(value) for key, value in variables.items()}},
		stdout=output,
		stderr=subprocess.STDOUT if output else None,
	)


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
	return in_bench(home, ["-m", "tests.measure", *arguments])
