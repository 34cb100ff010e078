"""What a save changes of a call, as it is published: each field and row, from what to what, in Italian."""

import frappe
from frappe import _
from frappe.model import no_value_fields, table_fields
from frappe.utils import cint, strip_html_tags

from rtc_conciliation.access import states
from rtc_conciliation.common.inputs import validate_numbers
from rtc_conciliation.common.italian import (
	NOTHING,
	rtc_day,
	rtc_euro,
	rtc_minute,
	rtc_number,
	rtc_percent,
	use_italian,
)
from rtc_conciliation.common.papers.plain_values import to_day, to_moment, to_plain_number
from rtc_conciliation.common.web.fields import parse_sent_values
from rtc_conciliation.rules.call.changes import Change, cut_to_difference, list_changes

TABLE = "amendments"
#: what changes without an act: nobody relies on it in the call
FREE = frozenset(
	{
		states.STATE,
		"contact_email",
		"filling_hours",
		"draft_reminder_days",
		"formal_checks",
		"integration_days",
		"spread_alert",
		"hide_applicants",
		"ranking",
	}
)
NOT_AMENDED = FREE | {TABLE}
#: what names a row, where its first column alone does not
NAMED_BY = {"reserves": ("kind", "area", "territory")}
NUMBERS = frozenset({"Currency", "Float", "Percent"})
TO_TEXT = {"Date": to_day, "Datetime": to_moment, "Text Editor": lambda value: strip_html_tags(value or "")}
SHOWN = {
	"Currency": rtc_euro,
	"Date": rtc_day,
	"Datetime": rtc_minute,
	"Float": rtc_number,
	"Percent": rtc_percent,
}


def preview(call: str, values: dict | str) -> list[str]:
	"""What an amendment to `values` of a call, as its form has them, would publish: a line for each change."""
	stored = frappe.get_doc("RTC Call", call)
	stored.check_permission("write")
	try:
		found = list_of_save(stored, fill_in(call, parse_sent_values(values) or {}), NOT_AMENDED)
	except (ArithmeticError, AttributeError, TypeError, ValueError):
		frappe.throw(
			_("What is in the form cannot be read. Check its numbers and dates, then try again."),
			title=_("Amendment Refused"),
		)
	with use_italian():
		return describe(stored, found).splitlines()


def fill_in(call: str, values: dict):
	"""The call as it is stored with `values` in place of its own."""
	doc = frappe.get_doc("RTC Call", call)
	doc.update({df.fieldname: values[df.fieldname] for df in doc.meta.fields if df.fieldname in values})
	validate_numbers(doc)
	return doc


def list_of_save(before, call, besides: frozenset[str]) -> list[Change]:
	"""What `call` changes of what is stored, without the fields in `besides`; the order of rows counts too."""
	fields = [df.fieldname for df in call.meta.fields if has_value(df) and df.fieldname not in besides]
	tables = {name: get_keys(call, name) for name in fields if is_table(call.meta.get_field(name))}
	return list_changes(to_texts(before, fields), to_texts(call, fields), fields, tables)


def has_value(df) -> bool:
	return is_table(df) or df.fieldtype not in no_value_fields


def is_table(df) -> bool:
	return df.fieldtype in table_fields


def get_keys(call, table: str) -> tuple[str, ...]:
	return NAMED_BY.get(table) or (next(filter(has_value, get_columns(call, table))).fieldname,)


def get_columns(call, table: str) -> list:
	return frappe.get_meta(call.meta.get_field(table).options).fields


def to_texts(doc, fields: list[str]) -> dict:
	return {name: to_text(doc, doc.meta.get_field(name)) for name in fields}


def to_text(doc, df):
	"""The value of a field as one text whatever type it came in; of a table its rows."""
	value = doc.get(df.fieldname)
	if is_table(df):
		columns = [column for column in get_columns(doc, df.fieldname) if has_value(column)]
		return [{column.fieldname: to_text(row, column) for column in columns} for row in value or ()]
	if df.fieldtype in ("Check", "Int"):
		return str(cint(value))
	if df.fieldtype in NUMBERS:
		return to_plain_number(value)
	return TO_TEXT.get(df.fieldtype, lambda text: str(text or ""))(value)


def describe(call, changes: list[Change]) -> str:
	"""A line for each change, in the language of the moment."""
	return "\n".join(describe_change(call, change) for change in changes)


def describe_change(call, change: Change) -> str:
	df = call.meta.get_field(change.field)
	label = _(df.label)
	if change.order:
		return _("{0}, order: {1} → {2}").format(label, change.before, change.after)
	if change.column:
		column = next(one for one in get_columns(call, change.field) if one.fieldname == change.column)
		df, label = column, f"{label}, {_(change.row)}, {_(column.label)}"
	elif change.row:
		words = _("{0}: added “{1}”") if change.after else _("{0}: removed “{1}”")
		return words.format(label, _(change.row))
	before, after = cut_to_difference(change.before, change.after)
	return _("{0}: {1} → {2}").format(label, show(df, before), show(df, after))


def show(df, text: str) -> str:
	if df.fieldtype == "Check":
		return _("Yes") if cint(text) else _("No")
	if df.fieldtype in SHOWN:
		return SHOWN[df.fieldtype](text)
	if df.fieldtype in ("Attach", "Attach Image"):
		text = text.rsplit("/", 1)[-1]
	return (_(text) if df.fieldtype in ("Link", "Select") and text else text) or NOTHING
