"""Web, worker, Redis and MariaDB are killed three times each while 90 applicants save and send."""

import json
import subprocess

from devsite.testing import paths

PEOPLE, ROUNDS = 90, 3
WRONG = ("lost", "texts lost", "half", "not as sent", "not told once", "rows without their record")


def measure() -> list[dict]:
	where = paths()
	command = [str(where.python), "-m", "tests.faults", str(PEOPLE), str(ROUNDS)]
	done = subprocess.run(command, cwd=where.repo, capture_output=True, text=True)
	assert done.returncode == 0, done.stderr[-3000:]
	found = json.loads(done.stdout.strip().splitlines()[-1])
	rows = [{"what": what, "unit": "", "value": len(found[what]), "limit": 0} for what in WRONG]
	acknowledged = {"what": "sends acknowledged", "unit": "", "value": found["acknowledged"], "limit": PEOPLE}
	kills = {"what": "kills", "unit": "", "value": len(found["killed"]), "limit": 6 * ROUNDS}
	return [{**acknowledged, "at_least": True}, {**kills, "at_least": True}, *rows]
