"""`python -m tests.faults PEOPLE ROUNDS`: prints the figures as JSON; in a process of its own, on a site of its own."""

import json
import sys

from devsite.testing import home_of_tests
from tests.faults import scenario
from tests.faults.stage import stage

if __name__ == "__main__":
	people, rounds = map(int, sys.argv[1:3])
	real = home_of_tests()
	with stage(real.run / "faults", real) as made:
		print(json.dumps(scenario.play(made, people, rounds)))
