"""`python -m tests.measure [name …]`: runs the `measure()` of every other module here, or of those named.

Each returns {"what", "unit", "value", "limit", "at_least"?} rows; they are printed as a table and kept as JSON
in the folder `measures` below the home of the bench.
"""

import importlib
import json
import os
import pkgutil
import sys
from pathlib import Path

import tests.measure as here
from tests.conftest import connected


def main(wanted: list[str]) -> int:
	modules = [m.name for m in pkgutil.iter_modules(here.__path__) if m.name not in ("__main__", "locust")]
	with connected():
		print(f"{'measure':24}{'what':48}{'value':>12}{'limit':>12}")
		rows = [row for name in modules if not wanted or name in wanted for row in measured(name)]
	folder = Path(os.environ.get("RTC_HOME", ".rtc")) / "measures"
	folder.mkdir(parents=True, exist_ok=True)
	(folder / "measures.json").write_text(
		json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
	)
	return int(any(fails(row) for row in rows))


def measured(name: str) -> list[dict]:
	rows = [{"measure": name, **row} for row in importlib.import_module(f"tests.measure.{name}").measure()]
	for row in rows:
		value, limit = f"{row['value']:.1f} {row['unit']}", f"{sign(row)} {row['limit']} {row['unit']}"
		print(f"{row['measure']:24}{row['what']:48}{value:>12}{limit:>12}")
	return rows


def sign(row: dict) -> str:
	return "≥" if row.get("at_least") else "≤"


def fails(row: dict) -> bool:
	return row["value"] < row["limit"] if row.get("at_least") else row["value"] > row["limit"]


if __name__ == "__main__":
	sys.exit(main(sys.argv[1:]))
