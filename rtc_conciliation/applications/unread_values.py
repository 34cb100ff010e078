"""What was typed and cannot be stored as it is: kept as text beside its field, so that all the rest of a draft is saved.

The field itself is empty then. The form gets the text back, here or on another computer, with what is wrong with it, the
rules report it, and nothing of it can be sent (`rules.application.unread_values`).
"""

import json

import frappe
from frappe import _
from frappe.utils import cint

from rtc_conciliation.common import inputs
from rtc_conciliation.rules.application.lead import is_email
from rtc_conciliation.rules.application.texts import count_characters
from rtc_conciliation.rules.application.unread_values import FIELD
from rtc_conciliation.rules.plain_text import as_typed, disarm
from rtc_conciliation.rules.values import to_day

#: characters of one such text; more is refused as too long
LONGEST = 100_000
TOO_LONG, NO_NUMBER, NO_EMAIL, NO_DATE, NO_CHOICE = "long", "number", "email", "date", "choice"


def get_texts(row) -> dict[str, str]:
	"""Field → what was typed in it, of a record or of a row of one; empty for most."""
	return parse_texts(vars(row).get(FIELD))


def parse_texts(kept) -> dict[str, str]:
	return frappe.parse_json(kept) if kept else {}


def drop(row, fieldnames) -> None:
	"""These fields were written anew."""
	if left := get_texts(row):
		store_texts(row, {field: text for field, text in left.items() if field not in fieldnames})


def store_texts(row, texts: dict[str, str]) -> None:
	plain = {field: disarm(text) for field, text in texts.items()}
	row.set(FIELD, json.dumps(plain, ensure_ascii=False) if plain else None)


def set_aside(doc) -> None:
	"""Takes out of `doc` and its rows what cannot be stored, and keeps it as it was typed."""
	rows = [row for row in (doc, *doc.get_all_children()) if row.meta.has_field(FIELD)]
	if any(is_enormous(row) for row in rows):
		return  # refused as a whole, with all that is too long
	for row in rows:
		set_aside_of(row)


def is_enormous(row) -> bool:
	texts = (row.get(df.fieldname) for df in row.meta.fields if not df.read_only)
	return any(isinstance(text, str) and len(text) > LONGEST for text in texts)


def set_aside_of(row) -> None:
	found = {}
	for df in row.meta.fields:
		value = row.get(df.fieldname)
		if value in (None, "") or df.read_only or not find_problem(row, df, value):
			continue
		found[df.fieldname] = str(value)
		row.set(
			df.fieldname,
			str(value)[: inputs.get_longest(df)] if df.fieldname == row.meta.title_field else None,
		)
	if found:
		store_texts(row, {**get_texts(row), **found})


def set_dead_links_aside(doc, known: set[tuple], linked: set[tuple]) -> None:
	"""Of the links that are in `linked` and not in `known`, those that lead nowhere."""
	found = [
		(row, df)
		for row in (doc, *doc.get_all_children())
		if row.meta.has_field(FIELD)
		for df in row.meta.get_link_fields()
		if not df.read_only and (row.name, df.fieldname, row.get(df.fieldname)) in linked - known
	]
	names: dict[str, set[str]] = {}
	for row, df in found:
		names.setdefault(df.options, set()).add(row.get(df.fieldname))
	dead = {doctype: list_dead_names(doctype, wanted) for doctype, wanted in names.items()}
	for row, df in found:
		name = row.get(df.fieldname)
		if name in dead[df.options]:
			row.set(df.fieldname, None)
			store_texts(row, {**get_texts(row), df.fieldname: str(name)})


def list_dead_names(doctype: str, names: set[str]) -> set[str]:
	"""Those of `names` that no record has. The database takes capitals and accents for the same, as core does."""
	found = frappe.get_all(doctype, {"name": ("in", list(names))}, pluck="name", limit_page_length=0)
	if len(found) >= len(names):
		return set()
	return {name for name in names if not frappe.db.exists(doctype, name)}


def find_problem(row, df, value) -> str:
	"""What keeps `value` from being stored in the field `df`; empty where nothing does."""
	if df.fieldtype in inputs.NUMERIC:
		return NO_NUMBER if inputs.find_number_problem(row, df) else ""
	if df.fieldtype == "Date":
		return "" if to_day(value) else NO_DATE
	if df.fieldtype == "Select":
		return "" if value in (df.options or "").split("\n") else NO_CHOICE
	if df.fieldtype == "Data" and df.options == "Email" and not is_email(value):
		return NO_EMAIL
	most = inputs.get_longest(df)
	return TOO_LONG if most and count_characters(value) > most else ""


def restore_typed(values: dict) -> dict:
	"""`values` of a record or row for the rules: what was typed stands in its field, its names in `FIELD`."""
	texts = parse_texts(values.get(FIELD))
	return {**values, **texts, FIELD: tuple(texts)} if texts else values


def to_form(doc) -> list[dict]:
	"""[{"table", "name", "idx", "field", "text"}]: what the form says at each field whose value waits; "text" not escaped."""
	return [
		{
			"table": row.get("parentfield") or "",
			"name": row.name or "",
			"idx": cint(row.idx) if row.get("parentfield") else 0,
			"field": field,
			"text": describe_value(row, row.meta.get_field(field), typed),
		}
		for row in (doc, *doc.get_all_children())
		for field, typed in get_texts(row).items()
		if row.meta.has_field(field)
	]


def describe_value(row, df, typed: str) -> str:
	said = as_typed(typed)[:80]
	kind = NO_CHOICE if df.fieldtype == "Link" else get_kind(row, df, typed)
	if kind == NO_NUMBER:
		return inputs.describe_number(df, said)
	if kind == NO_EMAIL:
		return _("“{0}” is not one e-mail address. Write one alone, such as ente@pec.example.it.").format(
			said
		)
	if kind == TOO_LONG:
		return _("{0} characters: at most {1} are kept here. Shorten the text.").format(
			inputs.format_number(count_characters(typed)), inputs.format_number(inputs.get_longest(df))
		)
	if kind == NO_DATE:
		return _("“{0}” is not a day. Write it like 31/12/2026.").format(said)
	return _("“{0}” can no longer be chosen. Choose one from the list.").format(said)


def get_kind(row, df, typed: str) -> str:
	probe = frappe._dict({df.fieldname: typed, "parentfield": row.get("parentfield"), "idx": row.idx})
	return find_problem(probe, df, typed)
