"""Web, worker, Redis and MariaDB are killed while people send; `./rtc measure faults` does it longer."""

import json
import os
import subprocess

from devsite.testing import paths

PEOPLE = 8


def test_what_was_acknowledged_outlives_every_process():
	where = paths()
	command = [str(where.python), "-m", "tests.faults", str(PEOPLE), "1"]
	# core 16 opens a log beside the folder it runs in
	there = {"cwd": where.sites, "env": {**os.environ, "PYTHONPATH": str(where.repo)}}
	done = subprocess.run(command, **there, capture_output=True, text=True)
	assert done.returncode == 0, done.stderr[-3000:]
	found = json.loads(done.stdout.strip().splitlines()[-1])
	assert found.pop("acknowledged") == PEOPLE
	assert len(found.pop("killed")) == 6 and found.pop("failures") > 0
	assert not any(found.values()), found
