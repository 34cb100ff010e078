"""What a script of the forms gives, run by Node as a browser would: the page speaks Italian.

What Python and the scripts have to answer alike stands in tests/cases/js, and is read by tests/js too.
"""

import json
import subprocess
from pathlib import Path

from devsite.system import find

SCRIPTS = Path(__file__).parents[2] / "rtc_conciliation" / "public" / "js"
CASES = Path(__file__).parents[1] / "cases" / "js"
FRAME = """
globalThis.document = { documentElement: { lang: "it" } };
globalThis.window = { location: { origin: "http://rtc.test" } };
globalThis.__ = (text) => text;
const given = JSON.parse(await new Promise((done) => { let all = ""; process.stdin.on("data", (part) => (all += part)).on("end", () => done(all)); }));
const script = await import("./%s");
process.stdout.write(JSON.stringify(given.map((arguments_) => (%s)(script, ...arguments_))));
"""


def read_cases(name: str):
	return json.loads((CASES / name).read_text(encoding="utf-8"))


def run(script: str, function: str, calls: list[list]) -> list:
	"""What the JavaScript `function` (script, ...arguments) gives for each of `calls`, lists of arguments."""
	done = subprocess.run(
		[find("node") or "node", "--input-type=module", "--eval", FRAME % (script, function)],
		input=json.dumps(calls),
		capture_output=True,
		check=False,
		text=True,
		timeout=60,
		cwd=SCRIPTS,
	)
	assert done.returncode == 0, done.stderr
	return json.loads(done.stdout)
