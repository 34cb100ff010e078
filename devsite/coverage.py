"""Which lines and branches of the app the tests reach, by SlipCover: a tracer takes half as long again as the tests.

Each process writes what it reached into one folder; `report` puts it together."""

import atexit
import json
import os
from pathlib import Path

from devsite.paths import APP, REPO

SOURCE = str(REPO / APP)
RULES = REPO / APP / "rules"
OF_APP, OF_RULES = 90, 100
#: SlipCover takes its probes out of what has been reached so often; to look for all of it costs more than they do
OFTEN = 100_000


def command(folder: Path) -> list[str]:
	"""What stands before `-m pytest` to measure it, and the processes that it shares its tests with."""
	measured = ["--branch", "--threshold", str(OFTEN), "--source", SOURCE]
	return ["-m", "slipcover", *measured, "--json", "--out", str(folder / "tests.json")]


def measure(folder: str) -> None:
	"""Measures this process from here on."""
	import slipcover

	measured = slipcover.Slipcover(branch=True, source=[SOURCE], d_miss_threshold=OFTEN)
	slipcover.ImportManager(measured, slipcover.FileMatcher(sources=[SOURCE])).__enter__()

	def write():
		Path(folder, f"{os.getpid()}.json").write_text(json.dumps(measured.get_coverage()))

	atexit.register(write)


def report(folder: Path) -> int:
	"""Prints what was missed. 0 when every branch of the rules was reached and nine lines in ten of the app, else 2."""
	import slipcover

	first, *others = (json.loads(file.read_text()) for file in sorted(folder.glob("*.json")))
	for other in others:
		slipcover.merge_coverage(first, other)
	slipcover.print_coverage(first, skip_covered=True, missing_width=60)
	ours = percent(first, Path(SOURCE))
	rules = percent(first, RULES)
	print(f"\nCoverage, lines and branches: rules {rules:.1f} % of {OF_RULES}, app {ours:.1f} % of {OF_APP}")
	return 0 if rules >= OF_RULES and ours >= OF_APP else 2


def percent(found: dict, below: Path) -> float:
	"""Of the lines and branches of the files below a folder."""
	kinds = ("executed_lines", "executed_branches", "missing_lines", "missing_branches")
	files = [info for name, info in found["files"].items() if Path(name).resolve().is_relative_to(below)]
	counts = {kind: sum(len(info[kind]) for info in files) for kind in kinds}
	reached = counts["executed_lines"] + counts["executed_branches"]
	return 100 * reached / max(sum(counts.values()), 1)


if __name__ == "__main__":
	raise SystemExit(report(Path(os.environ["RTC_COVERAGE"])))
