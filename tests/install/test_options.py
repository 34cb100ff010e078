"""What `./rtc test` takes for itself, and what it hands on to pytest."""

import os
import subprocess
import sys

import pytest

from devsite import checks
from devsite.paths import REPO

PATCHED = """
import sqlparse
from jinja2 import Environment
from devsite import quick
before = Environment.compile, sqlparse.format
quick.keep_what_is_worked_out()
print((Environment.compile, sqlparse.format) != before)
"""


@pytest.fixture
def called(monkeypatch, bare_home):
	"""`called(argument …)`: what is run, with what."""
	taken = []
	monkeypatch.setattr(checks.mutants, "run", lambda _home, rest: taken.append(("mutants", rest)) or 0)
	monkeypatch.setattr(
		checks, "run_all", lambda _home, rest, plain: taken.append(("plain" if plain else "tests", rest)) or 0
	)

	def run(*arguments: str) -> tuple[str, list[str]]:
		checks.run_tests(bare_home, list(arguments))
		return taken.pop()

	return run


@pytest.mark.parametrize(
	("arguments", "run"),
	[
		((), ("tests", [])),
		(("--all",), ("tests", ["--all"])),
		(("tests/site/test_desk.py", "-k", "home"), ("tests", ["tests/site/test_desk.py", "-k", "home"])),
		(("--plain",), ("plain", [])),
		(("--plain", "tests/site/test_desk.py"), ("plain", ["tests/site/test_desk.py"])),
		(("--mutants",), ("mutants", [])),
		(("--mutants", "call", "--sample", "300"), ("mutants", ["call", "--sample", "300"])),
	],
)
def test_its_own_options_reach_no_pytest(called, arguments, run):
	assert called(*arguments) == run


@pytest.mark.parametrize(("plain", "patched"), [("", "True"), ("1", "False")])
def test_plain_leaves_core_as_it_is(plain, patched):
	settings = {**os.environ, "RTC_PLAIN": plain}
	said = subprocess.run(
		[sys.executable, "-c", PATCHED], cwd=REPO, env=settings, check=True, capture_output=True, text=True
	)
	assert said.stdout.strip() == patched
