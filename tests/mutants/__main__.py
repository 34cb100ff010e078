"""`python -m tests.mutants [module] [--sample N]`: how many small mistakes in the rules their tests notice.

Needs cosmic-ray beside pytest and hypothesis, and no Frappe. `module` is a folder or a file of rtc_conciliation/rules,
as in "call" or "call/thresholds". A sample is the same each time.
"""

import argparse
import random
import sys
from collections import Counter

from tests.mutants import equivalents, runs
from tests.mutants.source import Mutant, list_mutants

LEAST = 95  # percent
SEED = 5464


def main(arguments: list[str]) -> int:
	parser = argparse.ArgumentParser(prog="./rtc test --mutants")
	parser.add_argument("module", nargs="?", default="", help="for example call, or call/thresholds")
	parser.add_argument("--sample", type=int, help="that many of them, the same each time")
	options = parser.parse_args(arguments)
	found = list_mutants(options.module.removesuffix(".py"))
	if not found:
		print(f"There is no module {options.module} in rtc_conciliation/rules, or nothing in it to change.")
		return 2
	known = equivalents.read()
	for row in equivalents.list_stale(known, found):
		print(f"No longer there, take it from {equivalents.FILE.name}: {' | '.join(row)}")
	asked = possible = [mutant for mutant in found if mutant.key not in known]
	if options.sample and options.sample < len(possible):
		asked = sorted(random.Random(SEED).sample(possible, options.sample))
	runs.prepare()
	if not runs.passes_as_it_is():
		print("The tests of the rules fail without any change: mend that first.")
		return 2
	besides = len(found) - len(possible)
	print(f"{len(asked)} of {len(possible)} changes, besides {besides} that change nothing", flush=True)
	return tell(try_all(asked))


def try_all(asked: list[Mutant]) -> list[tuple[Mutant, bool]]:
	"""Each with whether a test noticed it; prints those that none did."""
	tried = []
	for number, mutant in enumerate(asked, 1):
		noticed = runs.is_noticed(mutant)
		tried.append((mutant, noticed))
		if not noticed:
			print(f"not noticed: {mutant}", flush=True)
		if number % 50 == 0:
			print(f"{number} of {len(asked)} tried", flush=True)
	return tried


def tell(tried: list[tuple[Mutant, bool]]) -> int:
	"""Prints how many were noticed, for each folder and in all; 1 when they are too few."""
	all_of, noticed_of = Counter(), Counter()
	for mutant, noticed in tried:
		for name in (mutant.folder, "all"):
			all_of[name] += 1
			noticed_of[name] += noticed
	for name, count in all_of.items():
		share = 100 * noticed_of[name] / count
		print(f"{name:16}{noticed_of[name]:5} of {count:5} noticed, {share:5.1f} %")
	return int(100 * noticed_of["all"] < LEAST * all_of["all"])


if __name__ == "__main__":
	sys.exit(main(sys.argv[1:]))
