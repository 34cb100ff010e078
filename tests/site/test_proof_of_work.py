"""The check against robots finds its number, and whoever types meanwhile is never kept waiting."""

import hashlib
import json
import shutil
import subprocess

import pytest

from devsite.paths import REPO

SCRIPTS = REPO / "rtc_conciliation/public/js/common"
SALT, MOST = "a1b2?expires=1796000000&issued=1795990000&", 50_000
#: turns: how often something else had its turn; computed: ms; longest: the longest time without one
RUN = """
import { search } from "./proof.js";
let turns = 0, last = performance.now(), longest = 0, began = last;
const look = () => { const at = performance.now(); longest = Math.max(longest, at - last); last = at; turns += 1; };
const clock = setInterval(look, 1);
const done = (found) => { clearInterval(clock); console.log(JSON.stringify({ found, turns, longest, ms: performance.now() - began })); };
await search(JSON.parse(process.argv[2])).then(done, (error) => done(error.message));
"""


@pytest.fixture
def solve(tmp_path):
	for name in ("proof.js", "sha256.js"):
		shutil.copy(SCRIPTS / name, tmp_path)
	(tmp_path / "package.json").write_text('{"type": "module"}')
	(tmp_path / "run.mjs").write_text(RUN)

	def run(number: int) -> dict:
		challenge = hashlib.sha256(f"{SALT}{number}".encode()).hexdigest()
		asked = json.dumps({"challenge": challenge, "salt": SALT, "maxnumber": MOST})
		done = subprocess.run(
			["node", "run.mjs", asked], cwd=tmp_path, capture_output=True, text=True, check=True
		)
		return json.loads(done.stdout)

	return run


def test_it_finds_the_number_and_lets_the_page_go_on(solve):
	told = solve(40_000)
	assert told["found"] == 40_000
	# a slice is 12 ms; what a busy machine adds is no work of ours
	assert told["turns"] >= told["ms"] / 60 and told["longest"] < 0.5 * told["ms"]


@pytest.mark.parametrize("number", [0, 1, 511])
def test_small_numbers(solve, number):
	assert solve(number)["found"] == number


def test_a_number_that_is_too_large_is_not_found(solve):
	assert solve(MOST + 1)["found"] == "no solution"
