"""`before_validate` of our records: what people typed is kept without what nobody sees (`rules.typed_text`)."""

from frappe.utils import cint

from rtc_conciliation.access.sql import MODULE
from rtc_conciliation.rules import typed_text

BY_OPTION = {"Email": typed_text.clean_address, "URL": typed_text.clean_site}
LONG = frozenset({"Text", "Small Text"})


def tidy_document(doc, method=None) -> None:
	"""Of a record that was sent nothing is touched any more: it is what it was."""
	if doc.meta.module != MODULE or cint(doc.docstatus) > 1 or is_sent(doc):
		return
	for row in (doc, *doc.get_all_children()):
		tidy_row(row)


def tidy_row(row) -> None:
	for df in row.meta.fields:
		value = vars(row).get(df.fieldname)
		if type(value) is not str or not value:
			continue
		kept = tidy_value(df, value)
		if kept != value:
			row.set(df.fieldname, kept)


def tidy_value(df, value: str) -> str:
	if df.fieldtype == "Data":
		return BY_OPTION.get(df.options, typed_text.clean_line)(value)
	return typed_text.clean_text(value) if df.fieldtype in LONG else value


def is_sent(doc) -> bool:
	before = doc.get_doc_before_save()
	return bool(before and cint(before.docstatus))
