"""`./rtc test`: lint, then pytest in the bench's Python, on a site that only tests use."""

import json
import shutil
import subprocess

from devsite import (
	coverage,
	mutants,
	preparation,
	processes,
	scanners,
	scripts,
	selection,
	services,
	sites,
	tools,
)
from devsite.paths import REPO, TEST_SITE, TEST_TWINS, Home
from devsite.progress import Progress
from devsite.state import State
from devsite.tools import MARK, environment

#: a file's tests stay together, on the site of their process
SIDE_BY_SIDE = (
	f"-n{1 + len(TEST_TWINS)}",
	"--dist=loadfile",
	"--no-loadscope-reorder",
	"-p",
	"devsite.recorder",
)
EVERYTHING, PLAIN, MUTANTS = "--all", "--plain", "--mutants"


def run_tests(home: Home, arguments: list[str]) -> int:
	"""The mistakes tried on the rules, or every check."""
	if MUTANTS in arguments:
		return mutants.run(home, [word for word in arguments if word != MUTANTS])
	return run_all(home, [word for word in arguments if word != PLAIN], plain=PLAIN in arguments)


def run_all(home: Home, arguments: list[str], plain: bool = False) -> int:
	"""Runs every check; what it had to start, it stops again. `plain`: on a core that nothing makes quicker."""
	progress = Progress()
	settings = {tools.PLAIN: "1"} if plain else {}
	were_running = bool(processes.running(home, "services"))
	try:
		make_ready(home, progress)
		lint = run_lint(home, progress)
		with services.quick(home, State(home.root / "state.json")):
			if arguments in ([], [EVERYTHING]):
				tests = run_suite(home, settings, everything=bool(arguments) or plain)
			else:
				tests = in_bench(home, ["-m", "pytest", *arguments], settings)
	finally:
		processes.stop(home, "tests")
		if not were_running:
			processes.stop(home, "services")
	if lint:
		progress.say("rtc: the lint above failed. ./rtc lint --fix mends most of it.")
	return tests or lint


def make_ready(home: Home, progress) -> None:
	"""The test site with what every test finds there, and its twins."""
	with preparation.begin(home) as state:
		preparation.prepare(home, state, progress, browser=True)
		with services.quick(home, state):
			make_sites(home, state, progress)


def make_sites(home: Home, state: State, progress) -> None:
	with sites.assets_beside(home, state, progress):
		sites.ensure(home, state, progress, TEST_SITE)
	if any(sites.is_old(state, TEST_SITE, twin) for twin in TEST_TWINS):
		with progress.step("Users for the tests"):
			sites.run_python(home, "tests.seed")
	for twin in TEST_TWINS:
		sites.ensure_twin(home, state, progress, TEST_SITE, twin)


def run_suite(home: Home, plain: dict, everything: bool = False) -> int:
	"""All tests but those that have nothing new to say; with their coverage when all of the app's are among them."""
	state = State(home.root / "state.json")
	now, known = selection.inputs(home), state.get("tests") or {}
	files, left_out = selection.choose({} if everything else known, now, known)
	if left_out:
		print(selection.tell(left_out))
	folder, tested = home.run / "coverage", home.run / "tested.json"
	tested.unlink(missing_ok=True)
	settings, before = {"RTC_TESTED": tested, **plain}, []
	if measured := selection.judges_coverage(left_out):
		shutil.rmtree(folder, ignore_errors=True)
		folder.mkdir()
		settings["RTC_COVERAGE"], before = folder, coverage.command(folder)
	failed = in_bench(home, [*before, "-m", "pytest", *SIDE_BY_SIDE, *files], settings)
	if tested.is_file() and not plain:
		selection.remember(state, json.loads(tested.read_text()), now)
	if not measured:
		print("Coverage was not judged: it is when all tests of the app run.")
	return failed or (in_bench(home, ["-m", "devsite.coverage"], settings) if measured else 0)


def run_lint(home: Home, progress, fix: bool = False) -> int:
	"""ruff's rules and its format over the whole repository, what the source must not do, ESLint and tests/js over its
	scripts, what looks for holes in the app and in its dependencies, the contracts on imports.
	"""
	rules = ["-m", "ruff", "check", "--quiet", *(["--fix"] if fix else []), "."]
	form = ["-m", "ruff", "format", "--quiet", *([] if fix else ["--check"]), "."]
	scanners.install(home, progress)
	scripts.install(home, progress)
	with progress.step("Lint"):
		looking = [*scanners.begin(home), *scanners.begin_on_repository(home)]
		looking += [scripts.begin_lint(home, fix=fix), scripts.begin_tests(home)]
		source = ["-m", "pytest", "--quiet", "--no-header", "tests/rules/test_source.py"]
		here = [in_bench(home, command) for command in (rules, form, source)]
		codes = [*here, *map(scanners.finish, looking)]
	return max(*codes, scanners.audit(home, progress))


def in_bench(home: Home, arguments: list[str], settings: dict | None = None) -> int:
	"""Runs the bench's Python in the repository."""
	variables = {MARK: "", "RTC_BENCH": home.bench, "RTC_HOME": home.root, **(settings or {})}
	variables = {key: str(value) for key, value in variables.items()}
	command = [str(home.python), *arguments]
	return subprocess.run(command, cwd=REPO, env={**environment(home), **variables}).returncode


def lint(home: Home, arguments: list[str]) -> int:
	preparation.require_bench(home)
	return run_lint(home, Progress(), fix="--fix" in arguments)


def run_measure(home: Home, arguments: list[str]) -> int:
	"""Runs the benchmarks below tests/measure, once there are some."""
	if not (REPO / "tests" / "measure" / "__main__.py").is_file():
		print("There are no benchmarks yet: tests/measure is missing.")
		return 0
	make_ready(home, Progress())
	tools.install_locust(home, Progress())
	return in_bench(home, ["-m", "tests.measure", *arguments])
