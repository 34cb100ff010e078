"""Mail addresses, telephone numbers and websites of our records: a refusal names each field and says how to mend it.

Core refuses them too, a little later: one at a time, without the field, and partly in English.
"""

import frappe
from frappe import _
from frappe.utils import (
	escape_html,
	split_emails,
	validate_email_address,
	validate_phone_number,
	validate_url,
)

from rtc_conciliation.access.sql import MODULE


class FieldFormatError(frappe.ValidationError):
	pass


def validate(doc, method=None) -> None:
	"""`validate` of every DocType of ours, its rows included; what core accepts is accepted."""
	if doc.meta.module != MODULE:
		return
	problems = [text for row in (doc, *doc.get_all_children()) for text in find_problems(row).values()]
	if problems:
		frappe.throw(problems, FieldFormatError, title=_("To be corrected"), as_list=True)


def find_problems(row) -> dict[str, str]:
	"""Field → what is wrong with it, HTML."""
	fields = [df for df in row.meta.get_data_fields() if df.options in CHECKS and row.get(df.fieldname)]
	wrong = [df for df in fields if not CHECKS[df.options](str(row.get(df.fieldname)))]
	return {df.fieldname: describe_problem(row, df) for df in wrong}


def describe_problem(row, df) -> str:
	value, label = escape_html(str(row.get(df.fieldname))[:140]), _(df.label)
	if row.get("parentfield"):
		label = _("Row {0}, {1}").format(row.idx, label)
	texts = {
		"Email": _("{0}: “{1}” is no e-mail address. Write one such as name@example.org, without spaces."),
		"Phone": _("{0}: “{1}” is no telephone number. Write digits, with + and the prefix if it is abroad."),
		"URL": _("{0}: “{1}” is no address of a website. Write it whole, such as https://www.example.org."),
	}
	return texts[df.options].format(frappe.bold(label), value)


def is_email(value: str) -> bool:
	if value in frappe.STANDARD_USERS:
		return True  # core says whether it may stand there
	return all(validate_email_address(address) for address in split_emails(value))


CHECKS = {"Email": is_email, "Phone": validate_phone_number, "URL": validate_url}
