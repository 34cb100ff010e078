"""How a draft is saved: once, whole, and with what others saved at the same time."""

import hashlib

import frappe
from frappe import _
from frappe.utils import escape_html

from rtc_conciliation.access.fields import allow
from rtc_conciliation.applications import drafts, merge, partner_confirmations, unread_values
from rtc_conciliation.applications.drafts import COLUMNS, DOCTYPE, refuse_values
from rtc_conciliation.common import clock, findings
from rtc_conciliation.common.files.records import get_file_names
from rtc_conciliation.common.inputs import require
from rtc_conciliation.common.rows import copy_document, list_links
from rtc_conciliation.common.web.retry import retry

#: how often a save that met another one begins anew
TRIES = 4
#: rows that are the call's have no key of the browser: this is what tells them
TOLD_BY = {"declarations": "declaration", "attachments": "document"}


class OtherPersonError(frappe.PermissionError):
	"""The session is somebody else's than the page."""


def save_draft(application: dict | str, base: dict | str | None = None) -> dict:
	"""Keeps the values as a draft of the session's user, in one transaction; see `to_form` for what it gives.

	`base` is what the form had from the site before the person wrote: with it, what somebody else saved in the
	meantime is merged, and a field that both changed comes back as a conflict. Without it a draft that changed
	since `modified` is refused. A `key` that the browser made keeps a repeated first save from making two drafts.
	"""
	frappe.has_permission(DOCTYPE, "create", throw=True)
	return save(drafts.parse_values(application), None if base is None else drafts.parse_values(base))


def save(values: dict, base: dict | None) -> dict:
	validate_person(values)
	# The same first save, repeated, came first: nothing of this one is stored yet, and the draft is read anew.
	met = () if base is None else (frappe.UniqueValidationError,)
	return retry(lambda: save_values(values, base), TRIES, met)


def validate_person(values: dict) -> None:
	"""A page that stayed open must not save for whoever logged in later on the same computer."""
	person = values.get("person")
	if person and person != frappe.session.user:
		frappe.throw(
			_("This page is of {0}, but you are logged in as {1}. Log in again as {0} to save it.").format(
				frappe.bold(escape_html(str(person)[:140])), frappe.bold(frappe.session.user)
			),
			OtherPersonError,
			title=_("Another Person"),
		)


def save_values(values: dict, base: dict | None) -> dict:
	key = make_hash(frappe.session.user, values["key"]) if values.get("key") else None
	name = drafts.clean_value("name", values["name"]) if values.get("name") else find_draft(key)
	if not name:
		return insert(values, key)
	# Whoever saves the same draft at this moment waits here, and reads then what this save has written.
	doc = frappe.get_doc(DOCTYPE, name, for_update=True)
	doc.check_permission("write")
	doc.flags.read_to_save = copy_document(doc)
	others = str(doc.modified) != str(values.get("modified") or "")
	if values.get("modified") and base is None:
		doc.modified = drafts.clean_value("modified", values["modified"])
	before = drafts.get_values(doc)
	if base is None:
		merged = merge.Merged(name_rows(doc, values, before))
	else:
		merged = merge.merge(keep_fields(base), name_rows(doc, values, before), before)
	if base is None or is_different(merged.values, before):
		called, links = doc.call, list_links(doc)
		drafts.fill(doc, merged.values)
		drafts.validate_call(doc.call, called)
		unread_values.set_dead_links_aside(doc, links, list_links(doc))
		doc.flags.ignore_links = list_links(doc) <= links  # core asks for each again, a query a link
		allow(doc, unread_values.FIELD)
		write(doc)
	told = None if others or "call" in values else merged.values.keys()
	return to_form(doc, values, merged, told, others)


def insert(values: dict, key: str | None) -> dict:
	doc = frappe.new_doc(DOCTYPE)
	doc.client_key = key
	allow(doc, "client_key", unread_values.FIELD)
	values = {**values, **name_rows(doc, values, {})}
	drafts.fill(doc, values)
	drafts.validate_call(doc.call, None)
	unread_values.set_dead_links_aside(doc, set(), list_links(doc))
	write(doc)
	return to_form(doc, values, merge.Merged(values), None)


def write(doc) -> None:
	"""A draft may have rows that are not finished: the rules tell them. Its history begins when it is sent."""
	require(doc, "call", _("Choose the call first; the draft is saved then."))
	require(doc, "title", _("Write the title first; the draft is saved then."))
	doc.flags.ignore_mandatory = True
	doc.save(ignore_version=True)


def find_draft(key: str | None) -> str | None:
	return frappe.db.get_value(DOCTYPE, {"client_key": key}) if key else None


def name_rows(doc, values: dict, before: dict) -> dict:
	"""The form's values of `doc`, each row with a name: the same for the same key, however often it is sent."""
	found = {}
	for fieldname in drafts.get_fieldnames():
		if fieldname not in values:
			continue
		rows = values[fieldname]
		if fieldname in COLUMNS:
			if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
				refuse_values()
			drafts.validate_count(doc.meta, fieldname, rows)
			stored = before.get(fieldname, [])
			rows = merge.name_rows(rows, {row["name"] for row in stored}, make_namer(doc, fieldname, stored))
		found[fieldname] = rows
	return found


def keep_fields(base: dict) -> dict:
	"""What of `base` is fields and tables."""
	return {
		field: [row for row in value if isinstance(row, dict)] if isinstance(value, list) else value
		for field, value in base.items()
		if field not in COLUMNS or isinstance(value, list)
	}


def make_namer(doc, table: str, stored: list[dict]):
	by_text = {row[TOLD_BY[table]]: row["name"] for row in reversed(stored)} if table in TOLD_BY else {}

	def name_of(row: dict) -> str | None:
		if row.get("key"):
			return make_name(doc, table, row["key"])
		told = row.get(TOLD_BY.get(table))
		return by_text.get(told) if isinstance(told, str) else None

	return name_of


def make_hash(*parts) -> str:
	return hashlib.sha256(
		"\n".join(str(part)[:140] for part in parts).encode("utf-8", "replace")
	).hexdigest()[:32]


def is_different(values: dict, stored: dict) -> bool:
	"""Is there anything to write?"""
	return any(
		[row["name"] for row in value] != [row["name"] for row in stored[field]]
		or any(merge.is_different(old, new) for old, new in zip(stored[field], value, strict=True))
		if isinstance(value, list)
		else not merge.is_same(value, stored[field])
		for field, value in values.items()
	)


def to_form(doc, values: dict, merged: merge.Merged, fieldnames, others: bool = False) -> dict:
	"""What the form is told of a save:

	{"name", "modified", "saved_at", "values", "files", "keys", "others", "conflicts", "changed", "confirmations", "unread"} and what `drafts.to_form`
	gives. "others" says whether the draft was saved since the form had it. "values" are those that were sent, and all of them where somebody else saved, "files" {address: name} then; "keys" {table: {key: name}}.
	"""
	return {
		"name": doc.name,
		"modified": str(doc.modified),
		"saved_at": clock.now().strftime("%H:%M"),
		"rows": {table: [row.name for row in doc.get(table)] for table in COLUMNS},
		"values": drafts.get_values(doc, fieldnames),
		"files": get_file_names(DOCTYPE, doc.name) if others else {},
		"keys": get_keys(doc, values),
		"others": others,
		"conflicts": merged.conflicts,
		"changed": [describe_change(doc, change) for change in merged.changed],
		"confirmations": partner_confirmations.to_form(doc),
		"unread": unread_values.to_form(doc),
		**drafts.to_form(findings.get_stored_report(doc), doc.meta),
	}


def get_keys(doc, values: dict) -> dict[str, dict[str, str]]:
	stored = {row.name for row in doc.get_all_children()}
	return {
		table: {
			str(row["key"]): name
			for row in values[table]
			if row.get("key") and (name := make_name(doc, table, row["key"])) in stored
		}
		for table in COLUMNS
		if table in values
	}


def make_name(doc, table: str, key) -> str | None:
	seed = doc.client_key or doc.name
	return make_hash(seed, table, key) if seed else None


def describe_change(doc, change: dict) -> str:
	"""Where somebody else's text came in: the label of a field, or of a table with the number of its row."""
	if "table" not in change:
		return _(doc.meta.get_label(change["field"]))
	label = _(doc.meta.get_label(change["table"]))
	row = next((row for row in doc.get(change["table"]) if row.name == change["name"]), None)
	if row is None:
		return _("{0}: a row was removed").format(label)
	number = _("{0}, row {1}").format(label, row.idx)
	return f"{number}, {_(row.meta.get_label(change['field']))}" if change["field"] else number
