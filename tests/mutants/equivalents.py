"""Changes that change nothing anybody could see, each with the reason: no test can notice them."""

import csv
from collections.abc import Iterable
from pathlib import Path

from tests.mutants.source import Key, Mutant

FILE = Path(__file__).with_name("equivalents.csv")


def read() -> dict[Key, str]:
	"""Mutant → why it is none."""
	with FILE.open(encoding="utf-8", newline="") as file:
		rows = list(csv.DictReader(file))
	return {Key(row["module"], row["line"], row["becomes"]): row["reason"] for row in rows}


def list_stale(known: Iterable[Key], found: list[Mutant]) -> list[Key]:
	"""Those that no longer belong to any line of the modules that were looked at."""
	modules, there = {mutant.module for mutant in found}, {mutant.key for mutant in found}
	return [key for key in known if key.module in modules and key not in there]
