"""Install, migrate twice, uninstall, install again: nothing left behind, nothing lost that should be kept."""

import json
import subprocess

import pytest

from devsite import bench, sites
from devsite.state import State
from devsite.testing import home_of_tests, paths

SITE = "scratch.localhost"
APP = "rtc_conciliation"


@pytest.fixture(scope="module")
def scratch():
	"""A site of Frappe alone, dropped afterwards."""
	home = home_of_tests()
	state = State(home.root / "state.json")
	sites.create(home, state, SITE)
	yield home
	sites.drop(home, state, SITE)


def inside(*functions: str):
	"""Runs them one after the other; what the last of them tells."""
	where = paths()
	command = [str(where.python), "-m", "tests.install.inside", str(where.sites), SITE, *functions]
	done = subprocess.run(command, cwd=where.repo, capture_output=True, text=True)
	assert done.returncode == 0, done.stderr[-3000:]
	return json.loads(done.stdout.strip().splitlines()[-1])


def test_the_whole_life_of_an_installation(scratch):
	before = inside("users", "rows")

	bench.run(scratch, "--site", SITE, "install-app", APP)
	worked = inside("work", "kept")
	assert worked["applications"] == 1 and worked["files"] == 1 and len(worked["areas"]) == 5

	for _ in range(2):
		bench.run(scratch, "--site", SITE, "migrate")
	assert inside("kept") == worked
	assert worked["asst"] == "ASST di prova" and not worked["treviglio"] and not worked["workflow_active"]

	bench.run(scratch, "--site", SITE, "uninstall-app", APP, "--yes", "--no-backup", "--force")
	left = inside("rows")
	assert not (changed := differences(before, left)), "\n".join(changed)
	assert [table for table in left if table.startswith("RTC")] == []

	bench.run(scratch, "--site", SITE, "install-app", APP)
	again = inside("kept")
	assert (
		again["applications"] == 0 and again["areas"] == worked["areas"] and again["roles"] == worked["roles"]
	)
	assert again["workflow_active"] == 1 and again["treviglio"]


def differences(before: dict, after: dict) -> list[str]:
	"""Rows that came or went, as "+table name" and "-table name"."""
	rows = [{(table, name) for table, names in found.items() for name in names} for found in (before, after)]
	return sorted(
		[f"+{table} {name}" for table, name in rows[1] - rows[0]]
		+ [f"-{table} {name}" for table, name in rows[0] - rows[1]]
	)
