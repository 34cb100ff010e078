"""What looks for holes in the source finds them: a rule that finds nothing any more would say nothing."""

import contextlib
import io
import re
import shutil

import pytest

from devsite import scanners
from devsite.paths import REPO
from devsite.progress import Progress
from devsite.testing import home_of_tests

#: rule → what it is to find, in a file of the app
WRONG = {
	"parser-in-the-web-process": "from pypdf import PdfReader",
	"workbook-in-the-web-process": "openpyxl.load_workbook(path)",
	"process": "import subprocess",
	"text-as-program": "frappe.render_template(doc.content, {})",
	"guests-without-a-limit": "@frappe.whitelist(allow_guest=True, methods=['GET'])\ndef shown(a: str) -> str:\n\treturn a",
	"all-rows-to-the-caller": "@frappe.whitelist()\ndef listed(a: str) -> list:\n\treturn frappe.get_all('File')",
	"permissions-off": "doc.flags.ignore_permissions = True",
	"host-of-the-request": "link = frappe.request.host_url",
	"outside-request": "import requests",
}
#: rule of djlint → a template that breaks it
TEMPLATES = {
	"H013": '<img src="{{ logo }}">',
	"H025": "<ul><li>{{ name }}</li></ul></div>",
	"H037": '<p class="a" class="b">{{ name }}</p>',
	"H043": '<form method="post"><button class="button">{{ _("Send") }}</button></form>',
	"H047": '<a href="{{ address }}" aria-hidden="true">{{ name }}</a>',
	"H053": '<p id="name">{{ name }}</p><p id="name">{{ name }}</p>',
	"T038": "{% if name %}<p>{{ name }}</p>",
}
#: what is deliberate, or right
TEMPLATE = """\
{% if names %}<h2 id="names">{{ _("Names") }}</h2><ul style="margin: 0">
{%- for name in names %}<li><a href="/rete">{{ name | e }}</a></li>{% endfor %}</ul>{% endif %}
"""
RIGHT = """\
import frappe
from openpyxl import Workbook


@frappe.whitelist(allow_guest=True)
@limited("shown", 10)
def shown(name: str) -> str:
	return frappe.render_template("rtc_conciliation/templates/a.html", {})


@frappe.whitelist()
def listed(name: str) -> list:
	frappe.has_permission("File", "read", throw=True)
	return frappe.get_all("File")
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory):
	"""What all say of a folder with everything wrong in it."""
	folder = tmp_path_factory.mktemp("app")
	for rule, source in WRONG.items():
		(folder / f"{rule.replace('-', '_')}.py").write_text(f"import frappe\n\n\n{source}\n")
	(folder / "right.py").write_text(RIGHT)
	(folder / "page.html").write_text("<p>{{ text | safe }}</p><button>{{ text }}</button>\n")
	(folder / "weak.py").write_text("import hashlib\n\nhashlib.md5(b'x')\n")
	home = home_of_tests()
	scanners.install(home, Progress())
	told = io.StringIO()
	with contextlib.redirect_stdout(told):
		codes = [scanners.finish(process) for process in scanners.begin(home, str(folder))]
	assert all(codes)
	return told.getvalue()


def test_every_rule_finds_its_example(said):
	rules = set(re.findall(r"- id: (\S+)", scanners.RULES.read_text()))
	assert rules == {*WRONG, "html-as-it-comes"}
	assert {rule for rule in rules if f".{rule}" not in said} == set()


def test_what_is_right_is_left_alone_and_bandit_looks_too(said):
	assert "right.py" not in said
	assert "weak.py" in said and "B324" in said


@pytest.fixture(scope="module")
def said_of_templates(tmp_path_factory):
	folder = tmp_path_factory.mktemp("templates")
	for rule, source in TEMPLATES.items():
		(folder / f"{rule}.html").write_text(source + "\n")
	(folder / "right.html").write_text(TEMPLATE)
	home = home_of_tests()
	scanners.install(home, Progress())
	told = io.StringIO()
	with contextlib.redirect_stdout(told):
		assert scanners.finish(scanners.begin_on_templates(home, str(folder))) == 1
	return told.getvalue()


@pytest.mark.parametrize("rule", TEMPLATES)
def test_what_is_wrong_in_a_template_is_found(said_of_templates, rule):
	assert f"{rule}.html" in said_of_templates and f"{rule} 1:" in said_of_templates


def test_what_is_deliberate_in_a_template_passes(said_of_templates):
	assert "right.html" not in said_of_templates


def test_an_annotation_that_does_not_hold_is_told(tmp_path, capsys):
	rules = tmp_path / "rtc_conciliation" / "rules"
	rules.mkdir(parents=True)
	shutil.copy(REPO / "pyproject.toml", tmp_path)
	for folder in (rules.parent, rules):
		(folder / "__init__.py").touch()
	file = rules / "terms.py"
	home = home_of_tests()
	scanners.install(home, Progress())
	right = (
		"from datetime import date\n\n\ndef is_over(today: date, due: date | None) -> bool:\n\treturn {}\n"
	)
	file.write_text(right.format("due is not None and today > due"))
	assert scanners.finish(scanners.begin_types(home, tmp_path)) == 0
	file.write_text(right.format("today > due"))
	assert scanners.finish(scanners.begin_types(home, tmp_path)) == 1
	assert "terms.py:5" in capsys.readouterr().out


def test_only_the_app_s_own_dependencies_are_audited():
	found = dict(scanners.installed(home_of_tests()))
	assert "pyhanko" in found and "frappe" not in found and "pytest" not in found


def test_out_of_reach_the_audit_says_so(capsys, monkeypatch):
	monkeypatch.setattr(scanners, "ADVISORIES", ("127.0.0.1", 9))
	assert scanners.audit(home_of_tests(), Progress()) == 0
	assert "not audited" in capsys.readouterr().out
