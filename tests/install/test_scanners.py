"""What looks for holes in the source finds them: a rule that finds nothing any more would say nothing."""

import contextlib
import io
import re

import pytest

from devsite import scanners
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
	"""What both say of a folder with everything wrong in it."""
	folder = tmp_path_factory.mktemp("app")
	for rule, source in WRONG.items():
		(folder / f"{rule.replace('-', '_')}.py").write_text(f"import frappe\n\n\n{source}\n")
	(folder / "right.py").write_text(RIGHT)
	(folder / "page.html").write_text("<p>{{ text | safe }}</p>")
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


def test_only_the_app_s_own_dependencies_are_audited():
	found = dict(scanners.installed(home_of_tests()))
	assert "pyhanko" in found and "frappe" not in found and "pytest" not in found


def test_out_of_reach_the_audit_says_so(capsys, monkeypatch):
	monkeypatch.setattr(scanners, "ADVISORIES", ("127.0.0.1", 9))
	assert scanners.audit(home_of_tests(), Progress()) == 0
	assert "not audited" in capsys.readouterr().out
