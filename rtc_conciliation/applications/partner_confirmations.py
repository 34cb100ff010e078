"""The confirmation that partners give to an application: kept on their rows, by the app alone.

An applicant's save never carries these fields: they are read from the table, with a lock, because a partner may have
answered since the form was opened. The mailed token is random and only its digest is kept.
"""

from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import format_datetime, get_datetime

from rtc_conciliation.common import clock, findings, tokens
from rtc_conciliation.rules.application import confirmation as rule
from rtc_conciliation.rules.plain_text import as_typed, disarm

APPLICATION, ROW = "RTC Application", "RTC Application Partner"
VALID_DAYS = 14
#: what only the mailed link, and the asking for it, write
FIELDS = (
	"confirmation_state",
	"confirmation_name",
	"confirmation_office",
	"confirmation_asked_on",
	"confirmation_answered_on",
	"confirmation_reason",
	"confirmation_content",
	"confirmation_digest",
	"confirmation_expires_on",
)
BLANK = dict.fromkeys(FIELDS)


def restore_confirmations(doc) -> None:
	"""Put on every row of `doc` what is stored of it; what the sender wrote there is dropped."""
	stored = get_stored_rows(doc.name) if not doc.is_new() else {}
	for row in doc.partners:
		row.update(get_confirmation(row, stored.get(row.name)))


def load_confirmations(doc, application: str, names: list[str | None]) -> None:
	"""The same for rows in memory, made from the rows of `application` that are called `names`."""
	stored = get_stored_rows(application, lock=False)
	for row, name in zip(doc.partners, names, strict=False):
		row.update(get_confirmation(row, stored.get(name)))


def get_confirmation(row, stored) -> dict:
	if stored is None:
		return BLANK
	values = {field: stored[field] for field in FIELDS}
	if stored.confirmation_state == rule.ASKED and row.contact_email != stored.contact_email:
		return BLANK  # it was asked of an address that is not the partner's
	return values


def get_stored_rows(application: str, lock: bool = True) -> dict:
	table = frappe.qb.DocType(ROW)
	query = (
		frappe.qb.from_(table)
		.select(table.name, table.contact_email, *(table[field] for field in FIELDS))
		.where((table.parent == application) & (table.parenttype == APPLICATION))
	)
	rows = (query.for_update() if lock else query).run(as_dict=True)
	return {row.name: row for row in rows}


def set_states(doc) -> None:
	"""A confirmation lapses when the part that it was given for changes, and holds again when that is put back."""
	for row in doc.partners:
		row.confirmation_state = rule.get_state(vars(row))


def make_token(row, closing) -> tuple[str, dict]:
	"""(token, what the row keeps of it); the link before counts no more."""
	token, now = tokens.make_token(), clock.now()
	return token, {
		**BLANK,
		"confirmation_state": rule.ASKED,
		"confirmation_asked_on": now,
		"confirmation_digest": tokens.make_digest(token),
		"confirmation_expires_on": min(now + timedelta(days=VALID_DAYS), get_datetime(closing)),
	}


def find(token: str):
	"""(application, row) of a token that can still be used; (None, None) for every other, whatever is wrong with it."""
	if not token:
		return None, None
	columns = ["name", "parent", "confirmation_expires_on"]
	found = frappe.db.get_value(
		ROW, {"confirmation_digest": tokens.make_digest(token)}, columns, as_dict=True
	)
	if not found or not found.confirmation_expires_on:
		return None, None
	if get_datetime(found.confirmation_expires_on) < clock.now():
		return None, None
	doc = frappe.get_doc(APPLICATION, found.parent)
	row = next((row for row in doc.partners if row.name == found.name), None)
	if doc.docstatus or row is None or row.confirmation_state != rule.ASKED:
		return None, None
	return doc, row


def lock(token: str) -> None:
	"""The application of a token stays as it is until the answer is kept."""
	parent = frappe.db.get_value(ROW, {"confirmation_digest": tokens.make_digest(token)}, "parent")
	if parent:
		frappe.db.get_value(APPLICATION, parent, "name", for_update=True)


def answer(doc, row, state: str, name: str, office: str, reason: str = "") -> None:
	"""Keep the partner's answer; its token is used up."""
	write(
		row,
		{
			"confirmation_state": state,
			"confirmation_name": disarm(name),
			"confirmation_office": disarm(office),
			"confirmation_reason": disarm(reason) or None,
			"confirmation_answered_on": clock.now(),
			"confirmation_content": rule.get_content(row.as_dict()) if state == rule.CONFIRMED else None,
			"confirmation_digest": None,
			"confirmation_expires_on": None,
		},
	)
	check_again(doc)
	text = (
		_("{0} confirmed its part: {1}, {2}.")
		if state == rule.CONFIRMED
		else _("{0} declined to take part: {1}, {2}.")
	)
	shown = (frappe.utils.escape_html(value) for value in (row.organisation_name, name, office))
	doc.add_comment("Info", text.format(*shown))


def write(row, values: dict) -> None:
	"""Not by saving: a guest may not edit the record, and the applicant who has it open shall lose nothing."""
	row.db_set(values, update_modified=False)


def check_again(doc) -> None:
	"""The findings of the rules as they are with the rows just written; as above, not by saving."""
	findings.store_report(doc, doc.check())
	kept_with_it = {field: doc.get(field) for field in ("findings", "blocking_findings")}
	doc.db_set(kept_with_it, update_modified=False)


def to_form(doc) -> list[dict]:
	"""Where each partner but the lead stands, in the reader's language; texts not escaped."""
	return [describe_row(row) for row in doc.partners if row.role != rule.LEAD]


def describe_row(row) -> dict:
	state = row.confirmation_state or rule.NOT_ASKED
	labels = {
		rule.NOT_ASKED: _("Not asked yet"),
		rule.ASKED: _("Asked, no answer yet"),
		rule.CONFIRMED: _("Confirmed"),
		rule.DECLINED: _("Declined"),
		rule.CHANGED: _("Changed since it confirmed: ask again"),
	}
	when = row.confirmation_answered_on or row.confirmation_asked_on
	return {
		"row": row.name,
		"name": as_typed(row.organisation_name or ""),
		"email": row.contact_email or "",
		"state": state,
		"label": labels[state],
		"when": format_datetime(when, "d MMM yyyy, HH:mm") if when else "",
		"by": as_typed(", ".join(filter(None, (row.confirmation_name, row.confirmation_office)))),
		"reason": as_typed(row.confirmation_reason or ""),
	}
