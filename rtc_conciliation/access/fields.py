"""What of a record is not its sender's: fields that the form only shows are the app's own, whoever sends what.

Core looks at `read_only` in the browser alone. The list of what may be sent is thus the DocType's own definition: one
place for the form and for the server. What only some roles write stands with the record (`OFFICE_FIELDS`).
"""

import frappe
from frappe import _
from frappe.model import no_value_fields, table_fields
from frappe.utils import cast, cint

from rtc_conciliation.access.states import STATE

#: a step of the workflow comes as this field, and `states.guard` judges it
STEP = frozenset({STATE})
#: what a row that is sent answers to; all else of it comes from there
KEYS = frozenset(
	{
		("RTC Application Declaration", "declaration"),
		("RTC Ranking Entry", "application"),
		("RTC Review Score", "criterion"),
	}
)


class AppFieldError(frappe.PermissionError):
	"""A field of a submitted record that the app alone writes."""


def allow(doc, *fieldnames: str) -> None:
	"""The app itself has written these fields of `doc`, or all of them; no request can say this."""
	doc.flags.by_the_app = frozenset(fieldnames) or True


def is_of_app(df) -> bool:
	"""Is the field `df` written by the app alone?"""
	if df.fieldtype in no_value_fields and df.fieldtype not in table_fields:
		return False
	return bool(df.read_only) and df.fieldname not in STEP and (df.parent, df.fieldname) not in KEYS


def restore(doc) -> None:
	"""Put back what the sender of `doc` cannot write: as it is stored, or as a new record begins."""
	by_the_app = doc.flags.by_the_app or frozenset()
	if by_the_app is True or frappe.session.user == "Administrator":
		return
	before = doc.get_doc_before_save()
	restore_fields(doc, before, by_the_app)
	for table in doc.meta.get_table_fields():
		if is_of_app(table):
			continue
		stored = {row.name: row for row in before.get(table.fieldname)} if before else {}
		for row in doc.get(table.fieldname):
			restore_fields(row, stored.get(row.name), by_the_app)


def restore_fields(doc, before, by_the_app: frozenset[str]) -> None:
	sealed = before and cint(before.docstatus) == cint(doc.docstatus) == 1
	for df in doc.meta.fields:
		if not is_of_app(df) or df.fieldname in by_the_app:
			continue
		if sealed:
			refuse_change(doc, before, df)
		else:
			doc.set(df.fieldname, before.get(df.fieldname) if before else get_initial_value(df))


def refuse_change(doc, before, df) -> None:
	"""In a record that was submitted nothing is put back without a word; of most fields core itself refuses a change."""
	then, now = (cast(df.fieldtype, one.get(df.fieldname)) for one in (before, doc))
	if df.allow_on_submit and then != now:
		frappe.throw(
			_("{0} is written by the program and not changed by hand.").format(frappe.bold(_(df.label))),
			AppFieldError,
			title=_("Field Locked"),
		)


def get_initial_value(df):
	"""The value that `df` has in a new record."""
	if df.fieldtype in table_fields:
		return []
	return cast(df.fieldtype, df.default) if df.default else None
