"""What `./rtc test` leaves out: only what passed here on the very same inputs."""

import json
import os
import subprocess
import sys

import pytest

from devsite import selection
from devsite.paths import REPO
from devsite.state import State

CALLS, ACCOUNT, RULES = (
	"tests/site/calls/test_calls.py",
	"tests/site/applications/test_account.py",
	"tests/rules/application/test_budget.py",
)


@pytest.fixture
def repository(tmp_path, monkeypatch):
	"""A small one with the same folders."""
	for file in (
		*("tests/conftest.py", CALLS, ACCOUNT, RULES, "tests/install/test_ports.py", selection.LIFECYCLE),
		*(
			"rtc_conciliation/hooks.py",
			"rtc_conciliation/common/mails.py",
			"rtc_conciliation/public/form.js",
		),
		*("devsite/cli.py", "pyproject.toml", "docs/it/members.csv", "docs/it/plan.md"),
	):
		(tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
		(tmp_path / file).write_text("first")
	for module in (selection, selection.appstate):
		monkeypatch.setattr(module, "REPO", tmp_path)
	for function in (selection.appstate.schema, selection.appstate.code):
		monkeypatch.setattr(function, "__defaults__", (tmp_path / "rtc_conciliation",))
	return tmp_path


@pytest.fixture
def changed(repository, bare_home):
	"""`changed(file)`: what runs after everything has passed and then that file has changed."""
	passed = {file: {"inputs": digest} for file, digest in selection.inputs(bare_home).items()}

	def after(file: str) -> set[str]:
		(repository / file).write_text("second")
		return set(selection.choose(passed, selection.inputs(bare_home), {})[0])

	return after


SITE = {CALLS, ACCOUNT, RULES}
INSTALL = "tests/install/test_ports.py"


@pytest.mark.parametrize(
	("file", "run"),
	[
		("docs/it/plan.md", {RULES}),
		("docs/it/members.csv", {*SITE, INSTALL}),
		(CALLS, {CALLS, RULES}),
		("tests/conftest.py", {*SITE, INSTALL}),
		("rtc_conciliation/common/mails.py", SITE),
		("rtc_conciliation/public/form.js", SITE),
		("rtc_conciliation/hooks.py", {*SITE, selection.LIFECYCLE}),
		("devsite/cli.py", {*SITE, INSTALL}),
		("pyproject.toml", {*SITE, INSTALL, selection.LIFECYCLE}),
	],
)
def test_what_runs_after_a_change(changed, file, run):
	assert changed(file) == run


def test_on_another_day_the_calls_are_tested_again(changed, monkeypatch):
	monkeypatch.setattr(selection, "today", lambda: "2031-01-01")
	assert changed("docs/it/plan.md") == SITE


def test_what_failed_or_never_ran_is_run(repository, bare_home):
	now = selection.inputs(bare_home)
	state = State(bare_home.root / "state.json")
	selection.remember(
		state, {CALLS: {"passed": False, "seconds": 2}, ACCOUNT: {"passed": True, "seconds": 9}}, now
	)
	known = State(bare_home.root / "state.json").get("tests")
	run, left_out = selection.choose(known, now, known)
	assert left_out == [ACCOUNT]
	assert set(run) == {CALLS, RULES, INSTALL, selection.LIFECYCLE}
	everything, none = selection.choose({}, now, known)
	assert not none and everything[:3] == [selection.LIFECYCLE, ACCOUNT, CALLS]  # the longest first


def test_coverage_is_judged_when_all_that_is_measured_runs():
	assert selection.judges_coverage([])
	assert selection.judges_coverage([selection.LIFECYCLE])
	assert not selection.judges_coverage([selection.LIFECYCLE, CALLS])


def test_the_record_of_a_run(tmp_path):
	"""A file counts as passed when all of it ran and none of it failed or was skipped."""
	told = {
		"good": "def test_a(): pass\ndef test_b(): pass\n",
		"bad": "def test_a(): pass\ndef test_b(): assert False\n",
		"skipped": "import pytest\ndef test_a(): pass\n@pytest.mark.skip\ndef test_b(): pass\n",
		"leaking": "import pytest\n@pytest.fixture\ndef x():\n\tyield\n\tassert False\ndef test_a(x): pass\n",
	}
	for name, text in told.items():
		(tmp_path / f"test_{name}.py").write_text(text)
	target = tmp_path / "tested.json"
	options = ["-n1", "--dist=loadfile", "-p", "devsite.recorder", "-p", "no:cacheprovider", "-c", os.devnull]
	subprocess.run(
		[sys.executable, "-m", "pytest", "-q", *options, f"--rootdir={tmp_path}", str(tmp_path)],
		cwd=REPO,
		env={**os.environ, "RTC_TESTED": str(target), "PYTEST_ADDOPTS": ""},
		capture_output=True,
	)
	found = {file: result["passed"] for file, result in json.loads(target.read_text()).items()}
	assert found == {
		"test_good.py": True,
		"test_bad.py": False,
		"test_skipped.py": False,
		"test_leaking.py": False,
	}
