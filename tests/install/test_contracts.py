"""The contracts on imports hold, and each goes red when somebody breaks it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from devsite import scanners
from devsite.paths import REPO
from devsite.progress import Progress
from devsite.testing import home_of_tests

RULES, FLOORS, CIRCLES = "Rules are pure", "From the records down", "No circles"
#: (contract, file of the app, the import that breaks it)
WRONG = (
	(RULES, "rules/money.py", "import frappe"),
	(RULES, "rules/application/lead.py", "from rtc_conciliation.common import identity"),
	(FLOORS, "access/roles.py", "from rtc_conciliation.common import mails"),
	(FLOORS, "common/mails.py", "from rtc_conciliation.awards import award"),
	(FLOORS, "calls/defaults.py", "from rtc_conciliation.plan import deadline"),
	(FLOORS, "plan/papers.py", "from rtc_conciliation.setup import roles"),
	(FLOORS, "plan/papers.py", "from rtc_conciliation.rtc_conciliation.doctype.rtc_plan import rtc_plan"),
	(CIRCLES, "calls/template.py", "from rtc_conciliation.calls import defaults"),
	("Clock and shipped lists", "common/clock.py", "from rtc_conciliation.access import roles"),
	("What makes the bench", None, "from rtc_conciliation import hooks"),
)


@pytest.fixture(scope="module")
def tool() -> Path:
	home = home_of_tests()
	scanners.install(home, Progress())
	return home.tools / "scanners" / "bin" / "lint-imports"


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
	"""What the contracts are about, to be spoilt."""
	folder = tmp_path_factory.mktemp("repository")
	for package in ("rtc_conciliation", "devsite"):
		only_python = shutil.ignore_patterns(
			"node_modules", "public", "translations", "templates", "__pycache__"
		)
		shutil.copytree(REPO / package, folder / package, ignore=only_python)
	shutil.copy(REPO / "pyproject.toml", folder)
	return folder


def ask(tool: Path, folder: Path) -> tuple[int, str]:
	command = [tool, "--no-cache", "--no-logo"]
	environment = {**os.environ, "PYTHONPATH": "", "COLUMNS": "200"}
	done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
	return done.returncode, done.stdout


def test_the_contracts_hold(tool, repository):
	code, said = ask(tool, repository)
	assert code == 0, said


@pytest.mark.parametrize(("contract", "file", "line"), WRONG)
def test_a_wrong_import_is_told(tool, repository, contract, file, line):
	path = repository / ("rtc_conciliation" if file else "devsite") / (file or "ports.py")
	before = path.read_text()
	path.write_text(f"{before}\n{line}\n")
	try:
		code, said = ask(tool, repository)
	finally:
		path.write_text(before)
	broken = [row for row in said.splitlines() if "BROKEN" in row]
	assert code == 1 and any(contract in row for row in broken), said
