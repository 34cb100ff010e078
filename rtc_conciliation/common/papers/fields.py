"""The fields of a record with their labels, ready for paper: translated, in Italian figures, not yet escaped."""

import frappe
from frappe import _

from rtc_conciliation.common.files.records import get_file_name as name_at
from rtc_conciliation.common.files.records import get_file_names
from rtc_conciliation.common.italian import NOTHING, format_value
from rtc_conciliation.rules.plain_text import as_typed

#: values that are words of ours and have a translation; what people typed has none
WORDS = ("Select",)
LONG = ("Text", "Small Text", "Long Text")


def get_pairs(doc, *fieldnames: str) -> list[dict]:
	"""[{"label", "value"}] in the order asked for."""
	return [{"label": get_label(doc.meta, name), "value": format_field(doc, name)} for name in fieldnames]


def get_label(meta, fieldname: str) -> str:
	return _(meta.get_label(fieldname))


def format_field(doc, fieldname: str) -> str:
	df = doc.meta.get_field(fieldname)
	value = doc.get(fieldname)
	if df.fieldtype == "Check":
		return _("Yes") if value else _("No")
	if df.fieldtype in ("Attach", "Attach Image"):
		return get_file_name(doc, value) if value else NOTHING
	if df.fieldtype in WORDS or df.options == "Workflow State":
		return _(value) if value else NOTHING
	return as_typed(format_value(value, df))


def get_file_name(doc, address: str) -> str:
	"""Of a file that `doc`, a record or a row of one, names; all names of the record are asked once."""
	record = (doc.get("parenttype") or doc.doctype, doc.get("parent") or doc.name)
	known = frappe.flags.setdefault("rtc_file_names", {})
	if address not in known.get(record, ()):
		known[record] = get_file_names(*record)
	return name_at(known[record], address)


def make_table(rows: list, meta, columns: tuple) -> dict:
	"""A table for paper: {"columns": [{"label", "number"}], "rows": [[cell]]}.

	A column is a fieldname, or a tuple whose first field is followed by the others in small print; a cell is
	{"text", "notes": [{"label", "value"}], "number"}. Empty notes are left out.
	"""
	columns = [column if isinstance(column, tuple) else (column,) for column in columns]
	return {
		"columns": [
			{"label": get_label(meta, names[0]), "number": is_number(meta, names[0])} for names in columns
		],
		"rows": [[make_cell(row, names) for names in columns] for row in rows],
	}


def make_cell(row, names: tuple) -> dict:
	first, *others = names
	notes = [note for note in get_pairs(row, *others) if note["value"] != NOTHING]
	return {"text": format_field(row, first), "notes": notes, "number": is_number(row.meta, first)}


def is_number(meta, fieldname: str) -> bool:
	return meta.get_field(fieldname).fieldtype in ("Currency", "Percent", "Float", "Int")
