"""ESLint and Node, as `./rtc lint` calls them, find what is wrong in each kind of script."""

import json

import pytest

from devsite import scanners, scripts
from devsite.progress import Progress
from devsite.testing import home_of_tests

FORMS = "rtc_conciliation/public/js"
DOCTYPE = "rtc_conciliation/rtc_conciliation/doctype/rtc_call/rtc_call.js"
BRANCHES = "".join(f"if (value === {number}) return {number};" for number in range(12))
#: rule → the file that it is broken in, and how
WRONG = {
	"complexity": (f"{FORMS}/common/choice.js", f"export function choose(value) {{ {BRANCHES} return 0; }}"),
	"eqeqeq": (f"{FORMS}/calls/equal.js", "export const equal = (one, other) => one == other;"),
	"max-lines": ("devsite/assets/long.mjs", "console.log();\n" * 401),
	"no-restricted-imports": (
		f"{FORMS}/common/upwards.js",
		'import { Saver } from "../applications/saver.js";\n\nexport default Saver;',
	),
	"no-undef": (DOCTYPE, 'frapp.ui.form.on("RTC Call", {});'),
	"no-unused-vars": ("tests/js/unused.test.mjs", 'import test from "node:test";'),
	"no-var": (
		"rtc_conciliation/templates/network/old.js",
		"var found = document.body; found.hidden = true;",
	),
}
RIGHT = {
	f"{FORMS}/network/right.js": 'import { el } from "../common/dom.js";\n\nexport const line = () => el("p", {}, __("A line"));',
	DOCTYPE: 'frappe.ui.form.on("RTC Call", { onload: (frm) => keep_seconds(frm) });',
	"devsite/realtime/right.cjs": 'module.exports = require("node:path").sep;',
}


@pytest.fixture(scope="module")
def home():
	home = home_of_tests()
	scripts.install(home, Progress())
	return home


def write(folder, files: dict[str, str]) -> None:
	for name, source in files.items():
		path = folder / name
		path.parent.mkdir(parents=True, exist_ok=True)
		path.write_text(source)


@pytest.mark.parametrize("rule", WRONG)
def test_each_rule_finds_its_example(home, tmp_path, capsys, rule):
	name, source = WRONG[rule]
	write(tmp_path, {name: source})
	assert scanners.finish(scripts.begin_lint(home, tmp_path)) == 1
	said = capsys.readouterr().out
	assert rule in said.split() and "1 problem " in said


def test_what_is_right_is_left_alone(home, tmp_path, capsys):
	write(tmp_path, RIGHT)
	assert scanners.finish(scripts.begin_lint(home, tmp_path)) == 0, capsys.readouterr().out


def test_the_versions_are_those_of_the_lock(home):
	wanted = json.loads((scripts.SOURCE / "package.json").read_text())["dependencies"]
	for package, version in wanted.items():
		there = home.tools / "eslint" / "node_modules" / package / "package.json"
		assert json.loads(there.read_text())["version"] == version


def test_a_test_that_fails_is_told(home, tmp_path, capsys):
	said = 'import test from "node:test";\n\ntest("never so", () => {\n\tthrow new Error("planted");\n});\n'
	write(tmp_path, {"tests/js/wrong.test.mjs": said})
	assert scanners.finish(scripts.begin_tests(home, tmp_path)) == 1
	assert "planted" in capsys.readouterr().out
