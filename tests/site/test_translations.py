"""Every string that a person sees has its Italian."""

import ast
import csv
import json
import re
from pathlib import Path

import frappe
from frappe.utils.background_jobs import execute_job

from rtc_conciliation import rules

APP = Path(__file__).resolve().parents[2] / "rtc_conciliation"
IN_SCRIPTS = re.compile(r"""(?<![\w.])__?\(\s*(["'`])((?:(?!\1)[^\\\n]|\\.)+)\1""")
#: keys of standard records whose values are shown
SHOWN = ("label", "description", "title", "success_title", "success_message", "introduction_text", "subtitle")
#: DocTypes whose rows are Italian as they are
ITALIAN = ("fixtures", "data")
PLACEHOLDER = re.compile(r"\{[\w.]*\}")


def own() -> dict[str, str]:
	with open(APP / "translations" / "it.csv", encoding="utf-8", newline="") as file:
		rows = [row for row in csv.reader(file) if row]
	assert all(len(row) >= 2 and row[1].strip() for row in rows), "rows without Italian"
	sources = [row[0] for row in rows]
	assert sorted(set(sources)) == sorted(sources), "the same source twice"
	return {row[0]: row[1] for row in rows}


def in_python(path: Path) -> set[str]:
	found = set()
	for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
		if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
			argument = node.args[0]
			if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
				found.add(argument.value)
			assert not isinstance(argument, ast.JoinedStr), f"f-string in _(): {path}:{node.lineno}"
	return found


def in_record(record: dict) -> set[str]:
	"""Labels, descriptions and Select options of a standard record and of all its rows."""
	found = {record[key] for key in SHOWN if isinstance(record.get(key), str)}
	if record.get("fieldtype") == "Select" and record.get("fieldname") != "naming_series":
		found |= set((record.get("options") or "").split("\n"))
	if record.get("doctype") == "DocType":
		found |= {record["name"]}
	for value in record.values():
		if isinstance(value, list):
			for row in value:
				found |= in_record(row) if isinstance(row, dict) else set()
	return found


def in_workflow(record: dict) -> set[str]:
	return {row[key] for row in record.get("states", []) for key in ("state",)} | {
		row["action"] for row in record.get("transitions", [])
	}


def shown_strings() -> dict[str, str]:
	"""English string → the file it was first seen in."""
	found: dict[str, str] = {}
	for path in sorted(APP.rglob("*")):
		if (
			"node_modules" in path.parts
			or "dist" in path.parts
			or path.parent.name in ITALIAN
			or "demo" in path.parts
		):
			continue
		strings = set()
		if path.suffix == ".py":
			strings = in_python(path)
		elif path.suffix in (".js", ".html"):
			strings = {
				json.loads(f'"{m[1]}"') if '\\"' in m[1] else m[1].replace("\\'", "'")
				for m in IN_SCRIPTS.findall(path.read_text())
			}
		elif path.suffix == ".json" and path.parent.parent.parent.name == "rtc_conciliation":
			record = json.loads(path.read_text(encoding="utf-8"))
			strings = in_workflow(record) if record.get("doctype") == "Workflow" else in_record(record)
		for text in strings:
			found.setdefault(text.strip(), str(path.relative_to(APP)))
	for text in rules.messages():
		found.setdefault(text, "rules")
	return {text: where for text, where in found.items() if re.search(r"[A-Za-z]{2}", text)}


def test_every_shown_string_has_its_italian():
	# core's own words too: what it says of them differs from version to version, and is not always what we mean
	known = own().keys()
	missing = {text: where for text, where in shown_strings().items() if text and text not in known}
	assert not missing, "\n".join(
		f"{where}: {text}" for text, where in sorted(missing.items(), key=lambda i: i[1])
	)


def test_placeholders_are_kept():
	wrong = [
		s
		for s, italian in own().items()
		if sorted(PLACEHOLDER.findall(s)) != sorted(PLACEHOLDER.findall(italian))
	]
	assert not wrong


def test_every_row_is_found():
	"""Core changes what it looks up (tags go, blanks at the ends go), and its own rows must not win over ours."""
	frappe.local.lang = "it"
	lost = {text: frappe._(text) for text, italian in own().items() if frappe._(text) != italian.strip()}
	assert not lost


def test_no_string_to_translate_holds_a_tag():
	tagged = [
		text for text in {*shown_strings(), *own()} if re.search(r"</?[a-z][^>]*>", text, re.IGNORECASE)
	]
	assert not tagged


def test_a_minute_ago_is_no_day():
	frappe.local.lang = "it"
	assert frappe._("1 minute ago") == "1 minuto fa"


def test_a_job_speaks_the_language_of_the_site():
	frappe.db.set_default("lang", "it")
	frappe.local.lang = "en"
	said = execute_job(frappe.local.site, lambda: frappe._("Yes"), None, "probe", {}, is_async=False)
	assert said == "Sì"


#: where core speaks to who applies: its own Italian differs from release to release, and 16 has next to none
MET = (
	"core/doctype/user/user.py",
	"model/base_document.py",
	"model/document.py",
	"public/js/frappe/file_uploader/FileUploader.vue",
	"public/js/frappe/form/controls/attach.js",
	"public/js/frappe/form/controls/date.js",
	"public/js/frappe/request.js",
	"public/js/frappe/web_form/web_form.js",
	"rate_limiter.py",
	"templates/includes/login/login.js",
	"utils/password_strength.py",
	"website/doctype/web_form/templates/web_form.html",
	"website/doctype/web_form/web_form.py",
	"www/404.html",
	"www/login.html",
	"www/message.html",
	"www/update-password.html",
)
#: said to who administers or programs a site, or the same in Italian
NOT_MET = re.compile(
	r"[Aa]mend|DocType|[Dd]ocstatus|LDAP|Frappe|Fetch From|Google Drive|impersonat|developer mode|[Ss]ystem Manager|IP flag|"
	r"^(Administrator|Email Account|Invalid Override|Please setup|Role has been|Suggested Username|User (Image|\{0\} cannot)|"
	r"Username|Value for \{0\} cannot be a list|Welcome email|XMLHttpRequest|Options not set|Not a valid User|SMS|"
	r"Document Queued|Only draft|Action Failed|Copy error|Thank you for spending|.*discarded|Cannot Update After Submit|"
	r".*after submission|The value of the field|Report$|Set Chart|.*camera|Password$)"
)


def said_by_core(path: Path) -> set[str]:
	text = path.read_text(encoding="utf-8") if path.is_file() else ""
	return {re.sub(r"\\(.)", r"\1", match[1]) for match in IN_SCRIPTS.findall(text)}


def test_what_core_says_to_who_applies_is_italian():
	frappe.local.lang = "it"
	known, core = own(), Path(frappe.__file__).parent
	said = {text: where for where in MET for text in said_by_core(core / where)}
	english = {
		text: where
		for text, where in said.items()
		if text not in known and not NOT_MET.search(text) and frappe._(text) == text and " " in text
	}
	assert not english, "\n".join(f"{where}: {text}" for text, where in sorted(english.items()))
	for text in ("Forgot Password?", "or", "{0} is not a valid Email Address"):
		assert frappe._(text) != text
