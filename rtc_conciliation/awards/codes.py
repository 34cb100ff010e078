"""CUP and COR of the applications that a ranking would fund: typed in its form, or brought from a spreadsheet.

They are needed before the act. Officers and managers enter them while the ranking is not approved; a spreadsheet is
first shown as it was understood, row by row, and only its good rows are written.
"""

from typing import NamedTuple

import frappe
from frappe import _
from frappe.utils import cint, escape_html

from rtc_conciliation.access import awards as access
from rtc_conciliation.access import preparers
from rtc_conciliation.awards import award
from rtc_conciliation.common import cells, locks
from rtc_conciliation.common.italian import use_italian
from rtc_conciliation.common.papers import spreadsheets
from rtc_conciliation.common.web import sheets
from rtc_conciliation.common.web.fields import parse_sent_values
from rtc_conciliation.rules.award import codes as rules
from rtc_conciliation.rules.plain_text import as_typed
from rtc_conciliation.rules.render import render

RANKING = "RTC Ranking"
#: outcomes whose applications may get codes: a later ranking may fund the second
OUTCOMES = ("Funded", "Eligible Not Funded")
MOST = 1000
#: of each group a spreadsheet has one column at least
NEEDED = (("application", "protocol_number"), ("cup", "cor"))
TEXT = {"application": 140, "protocol_number": 140, "lead_name": 500, "application_title": 500, "cup": 60}


class CodesError(frappe.ValidationError):
	pass


class Row(NamedTuple):
	"""What a row says of an application: `row` as its spreadsheet counts, `stored` what the application has."""

	row: int
	application: str
	cup: str
	cor: str
	stored: dict


def list_codes(ranking: str) -> list[dict]:
	"""[{"application", "title", "lead", "outcome", "cup", "cor"}] of what a ranking funds, and may fund later."""
	return [
		{
			"application": row.application,
			"title": as_typed(row.application_title),
			"lead": as_typed(row.lead_name),
			"outcome": _(row.outcome),
			"cup": row.stored.cup or "",
			"cor": row.stored.cor or "",
		}
		for row in get_entries(get_ranking(ranking))
	]


def download_codes(ranking: str) -> None:
	"""The same rows as a workbook to be filled in and brought back."""
	doc = get_ranking(ranking)
	with use_italian():
		columns = get_columns()
		rows = [
			{**row, "cup": row.stored.cup, "cor": row.stored.cor, "outcome": _(row.outcome)}
			for row in get_entries(doc)
		]
		content = spreadsheets.make_workbook(
			{_("Codes"): ([(c["fieldname"], c["label"]) for c in columns], rows)}
		)
	spreadsheets.respond(f"cup-{doc.name}.xlsx", content)


def save_codes(ranking: str, codes: dict | str) -> dict:
	"""Keeps the codes typed in the form, {application: {"cup", "cor"}}; see `to_form`."""
	doc = open_one(ranking)
	given = parse_sent_values(codes)
	if given is None or not all(isinstance(one, dict) for one in given.values()):
		refuse_codes(_("What was sent cannot be read as codes. Reload the page and try again."))
	rows = [
		(number, {"application": name, "cup": make_text(one, "cup"), "cor": make_text(one, "cor")})
		for number, (name, one) in enumerate(given.items(), 1)
	]
	return take_codes(doc, rows, [], write=True)


def import_codes(ranking: str, write: int = 0) -> dict:
	"""Reads the spreadsheet `file` of the request (.xlsx or .csv), and writes its good rows if asked to; see `to_form`, `sheets.read_as`."""
	doc = open_one(ranking)
	understood = understand_request()
	problems = [(one.row, sheets.describe_problem(one, MOST)) for one in understood.problems]
	rows = list(zip(understood.lines, understood.rows, strict=True))
	return {
		**take_codes(doc, rows, problems, write=bool(cint(write))),
		"read_as": sheets.read_as(understood),
	}


def get_ranking(ranking: str):
	doc = frappe.get_doc(RANKING, ranking)
	doc.check_permission("read")
	access.require_office()
	return doc


def open_one(ranking: str):
	approved = cint(locks.hold(RANKING, ranking, "docstatus"))
	doc = get_ranking(ranking)
	if approved:
		refuse_codes(
			_("The ranking {0} is approved: its codes stand in the act.").format(frappe.bold(doc.name))
		)
	return doc


def refuse_codes(message: str) -> None:
	frappe.throw(message, CodesError, title=_("Codes Not Written"))


def make_text(row: dict, field: str) -> str:
	value = row.get(field)
	return value.strip()[:200] if isinstance(value, str) else ""


# -- read


def get_columns() -> list[dict]:
	labels = {
		"application": _("Application"),
		"protocol_number": _("Protocol Number"),
		"lead_name": _("Lead"),
		"application_title": _("Project Title"),
		"outcome": _("Outcome"),
		"cup": "CUP",
		"cor": "COR",
	}
	return [
		{"fieldname": name, "label": label, "kind": "text", "most": TEXT.get(name, 140)}
		if name != "cor"
		else {"fieldname": name, "label": label, "kind": "number", "whole": 1}
		for name, label in labels.items()
	]


def understand_request() -> cells.Understood:
	sent = frappe.request.files.get("file") if frappe.request else None
	if not sent or not sent.filename:
		refuse_codes(_("Choose a file first."))
	return sheets.understand_file(sent, get_columns(), MOST, NEEDED)


# -- held against the ranking


def get_entries(ranking) -> list:
	"""The entries that may get codes, each with `stored`: {"cup", "cor", ...} of its application; one query."""
	rows = [row.as_dict() for row in ranking.entries if row.outcome in OUTCOMES]
	names = [row.application for row in rows] or [""]
	fields = ["name", "title", "cup", "cor", "no_aid_reason", "award_act_number"]
	found = frappe.get_all("RTC Application", {"name": ("in", names)}, fields, limit_page_length=0)
	stored = {one.name: one for one in found}
	for row in rows:
		row.stored = stored[row.application]
	return rows


def take_codes(ranking, given: list[tuple[int, dict]], problems: list[tuple[int, str]], write: bool) -> dict:
	known, read = {}, []
	if write:
		locks.hold_all(award.DOCTYPE, [row.application for row in ranking.entries])
		locks.take_turn(award.DOCTYPE)
	for entry in get_entries(ranking):
		known[cells.make_key(entry.application)] = entry
		if entry.protocol_number:
			known.setdefault(cells.make_key(as_typed(entry.protocol_number)), entry)
	for number, row in given:
		entry = known.get(cells.make_key(row.get("application") or row.get("protocol_number") or ""))
		cup, cor = rules.normalise(row.get("cup")), rules.normalise(row.get("cor"))
		if not cup and not cor:
			continue
		if not entry:
			wanted = escape_html(row.get("application") or row.get("protocol_number") or "")
			said = _("“{0}” is no application that this ranking funds or may fund.").format(wanted)
			problems.append((number, format_row(number, said)))
		elif entry.stored.award_act_number:
			said = _("{0} was awarded already: its codes stand in the act.").format(entry.application)
			problems.append((number, format_row(number, said)))
		else:
			cup, cor = cup or entry.stored.cup or "", cor or entry.stored.cor or ""
			read.append(Row(number, entry.application, cup, cor, entry.stored))
	problems += check_codes(read)
	bad = {number for number, _said in problems}
	good = [row for row in read if row.row not in bad and (row.cup, row.cor) != get_stored_codes(row)]
	if write:
		store_codes(good)
	return to_form(read, good, bad, problems, write)


def check_codes(read: list[Row]) -> list[tuple[int, str]]:
	codes = [rules.Codes(row.row, row.application, row.cup, row.cor) for row in read]
	found = []
	for finding in rules.check_written(
		codes, award.get_taken_codes(code for row in read for code in (row.cup, row.cor))
	):
		number = finding.rows[0].idx
		found.append((number, format_row(number, " ".join(render(finding, translate=_, escape=escape_html)))))
	return found


def format_row(number: int, said: str) -> str:
	return f"<b>{_('row {0}').format(number)}</b>: {said}"


def get_stored_codes(row: Row) -> tuple[str, str]:
	return row.stored.cup or "", row.stored.cor or ""


def store_codes(good: list[Row]) -> None:
	for row in good:
		application = frappe.get_doc(award.DOCTYPE, row.application)
		award.write(application, {"cup": row.cup, "cor": row.cor})
		preparers.record_preparer(award.DOCTYPE, row.application, part=preparers.OF_CODES)


def to_form(read: list[Row], good: list[Row], bad: set[int], problems: list, written: bool) -> dict:
	"""{"rows": [{"row", "application", "title", "cup", "cor", "state"}], "problems": [HTML], "good": n, "written": n}.

	`state` is new, same or bad; problems are in the order of the rows, escaped.
	"""
	new = {row.row for row in good}
	return {
		"rows": [
			{
				"row": row.row,
				"application": row.application,
				"title": as_typed(row.stored.title),
				"cup": row.cup,
				"cor": row.cor,
				"state": "bad" if row.row in bad else "new" if row.row in new else "same",
			}
			for row in read
		],
		"problems": [said for _row, said in sorted(problems)],
		"good": len(good),
		"written": len(good) if written else 0,
	}
