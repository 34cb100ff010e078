"""What is wrong with a form that was sent, all at once: to a person in words, to its page by field."""

import frappe
from frappe import _


class FieldsError(frappe.ValidationError):
	"""Fields of a public form are to be corrected; the answer names them."""


def refuse_fields(problems: dict[str, str]) -> None:
	"""FieldsError where there are `problems` (field → HTML); the answer has them as `fields` too."""
	if not problems:
		return
	frappe.local.response["fields"] = problems
	frappe.throw(list(problems.values()), FieldsError, title=_("To be corrected"), as_list=True)
