"""What a script of the forms gives, run by Node as a browser would: the page speaks Italian."""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from devsite.system import find

SCRIPTS = Path(__file__).parents[2] / "rtc_conciliation" / "public" / "js" / "web_form"
FRAME = """
globalThis.document = { documentElement: { lang: "it" } };
globalThis.window = { location: { origin: "http://rtc.test" } };
globalThis.__ = (text) => text;
const given = JSON.parse(await new Promise((done) => { let all = ""; process.stdin.on("data", (part) => (all += part)).on("end", () => done(all)); }));
const script = await import("./%s");
process.stdout.write(JSON.stringify(given.map((arguments_) => (%s)(script, ...arguments_))));
"""


def run(script: str, function: str, calls: list[list]) -> list:
	"""What the JavaScript `function` (script, ...arguments) gives for each of `calls`, lists of arguments."""
	done = subprocess.run(
		[find("node") or "node", "--input-type=module", "--eval", FRAME % (script, function)],
		input=json.dumps(calls),
		capture_output=True,
		check=False,
		text=True,
		timeout=60,
		cwd=modules(),
	)
	assert done.returncode == 0, done.stderr
	return json.loads(done.stdout)


@cache
def modules() -> str:
	"""The scripts in a folder that says that they are modules; bundles need no such word."""
	folder = Path(mkdtemp(prefix="rtc-scripts-"))
	shutil.copytree(SCRIPTS, folder, dirs_exist_ok=True)
	(folder / "package.json").write_text('{"type": "module"}')
	return str(folder)
