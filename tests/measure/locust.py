"""Runs a file of tests/load with locust, which lives in an environment of its own: it wants another Werkzeug."""

import json
import os
import subprocess
from pathlib import Path

from devsite.testing import home_of_tests, paths


def run(name: str, address: str, users: int, seconds: int, **settings) -> list[dict]:
	"""One {"name", "rps", "p95", "requests", "failures"} for each kind of request (a second, ms, numbers)."""
	program = home_of_tests().tools / "locust" / "bin" / "locust"
	file = Path(paths().repo, "tests", "load", f"{name}.py")
	options = f"--headless -u {users} -r {users} -t {seconds}s --json --exit-code-on-error 0".split()
	variables = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
	done = subprocess.run(
		[str(program), "-f", str(file), "-H", address, *options],
		env={**variables, **settings},
		capture_output=True,
		text=True,
	)
	assert done.returncode == 0, done.stderr[-2000:]
	return [figures(row) for row in json.loads(done.stdout)]


def figures(row: dict) -> dict:
	times = {float(time): number for time, number in row["response_times"].items()}
	return {
		"name": row["name"],
		"rps": row["num_requests"] / max(row["last_request_timestamp"] - row["start_time"], 1),
		"p95": percentile(times, 0.95),
		"requests": row["num_requests"],
		"failures": row["num_failures"],
	}


def percentile(times: dict[float, int], share: float) -> float:
	wanted, seen = sum(times.values()) * share, 0
	for time in sorted(times):
		seen += times[time]
		if seen >= wanted:
			return time
	return 0.0
