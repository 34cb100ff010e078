"""The questions of a call's application form, to be read by everybody before signing up."""

import frappe
from frappe import _
from frappe.utils import get_url, quoted

from rtc_conciliation.applications.drafts import COLUMNS, WEB_FORM
from rtc_conciliation.calls.open_calls import get_choice
from rtc_conciliation.calls.pages import QUESTIONS
from rtc_conciliation.common.inputs import format_number
from rtc_conciliation.common.web import fields

TEMPLATE = "rtc_conciliation/templates/applications/questions.html"
#: tables whose rows are the call's own: shown as such, not as columns to fill in
OF_THE_CALL = ("declarations", "attachments")


def render(name: str) -> str:
	"""The page of a published call; whether it is one has been asked before."""
	call = get_choice(name)
	context = {
		"title": _("Questions of the form"),
		"call": call,
		"steps": steps(call),
		"apply": f"/domanda/new?call={quoted(name)}",
		"sheet": f"/bandi/{quoted(name)}",
		"canonical": get_url(f"/bandi/{quoted(name)}/domande"),
		"language": frappe.local.lang,
	}
	return frappe.render_template(TEMPLATE, context)


def steps(call: dict) -> list[dict]:
	"""[{"label", "sections": [{"label", "description", "questions", "declarations", "documents"}]}], empty ones left out."""
	form = frappe.get_cached_doc("Web Form", WEB_FORM)
	lists = fields.get_shared_lists()
	found = []
	for page in fields.get_pages(form, COLUMNS):
		sections = [section_of(section, page, {**lists, **call}, call) for section in page["sections"]]
		sections = [one for one in sections if one["questions"] or one["declarations"] or one["documents"]]
		if sections:
			found.append({"label": page["label"], "sections": sections})
	return found


def section_of(section: dict, page: dict, lists: dict, call: dict) -> dict:
	names = {field["fieldname"] for field in section["fields"]}
	return {
		"label": section["label"] if section["label"] != page["label"] else "",
		"description": section["description"],
		"questions": [
			question(field, lists, call)
			for field in section["fields"]
			if field["fieldname"] not in ("call", *OF_THE_CALL)
			and not field["hidden"]
			and field["kind"] != "html"
		],
		"declarations": call["declarations"] if "declarations" in names else [],
		"documents": call["documents"] if "attachments" in names else [],
	}


def question(field: dict, lists: dict, call: dict, table: str = "") -> dict:
	"""{"label", "description", "answer", "choices", "columns"} of a field; the columns of a table are questions too."""
	choices = field.get("options") or lists.get(field.get("options_from") or "") or []
	name = field["fieldname"]
	return {
		"label": field["label"],
		"description": field["description"],
		"answer": answer(
			field["kind"], call["limits"].get(table, {}).get(name), name in call["needed"].get(table, ())
		),
		"choices": [choice["label"] for choice in choices],
		"columns": [
			question(column, lists, call, name) for column in field.get("columns", ()) if not column["hidden"]
		],
	}


def answer(kind: str, most: int | None, is_needed: bool) -> str:
	if kind == "long" and most and is_needed:
		return _("some lines of text, at most {0} characters; it has to be written").format(
			format_number(most)
		)
	if kind == "long" and most:
		return _("some lines of text, at most {0} characters").format(format_number(most))
	return {
		"long": _("some lines of text"),
		"line": _("one line of text"),
		"date": _("a date"),
		"number": _("a number"),
		"money": _("an amount in euro"),
		"file": _("a file"),
		"choice": _("a choice among:"),
		"table": _("as many rows as you need, each with:"),
	}.get(kind, "")


CALL_PAGES = {QUESTIONS: render}
