"""A new application that begins from an earlier one: its texts, partners, actions and costs.

Files, declarations, confirmations and what the new call does not know stay behind; nothing is stored until the
person saves.
"""

import frappe
from frappe import _

from rtc_conciliation.applications.drafts import COLUMNS, DOCTYPE, get_values
from rtc_conciliation.rules.values import to_day

LEFT_BEHIND = frozenset({"call", "declarations", "attachments", "signature_file", "start_date", "end_date"})
ROW_FILES = frozenset({"name", "agreement_file"})
#: columns whose choices are the call's
OF_CALL = {"area": "areas", "cost_category": "cost_categories", "recipient_category": "recipient_categories"}


def copy_values(name: str, call: dict | None) -> tuple[dict, list[str]]:
	"""(values for the form, what was left out) of the application `name`, for `call` as `open_calls.get_choice` gives it."""
	source = frappe.get_doc(DOCTYPE, name)
	source.check_permission("read")
	meta = source.meta
	left = [_("Declarations"), _("Documents")]
	found = {field: value for field, value in get_values(source).items() if field not in LEFT_BEHIND}
	for table in [table for table in COLUMNS if table not in LEFT_BEHIND]:
		rows = [copy_row(row, call) for row in found.get(table) or []]
		found[table] = [row for row, _lost in rows]
		for column in dict.fromkeys(column for _row, lost in rows for column in lost):
			label = frappe.get_meta(meta.get_field(table).options).get_label(column)
			left.append(f"{_(meta.get_label(table))}: {_(label)}")
	if call:
		found["call"] = call["value"]
	return found, left


def copy_row(row: dict, call: dict | None) -> tuple[dict, list[str]]:
	"""A row for the new call, and its columns that had to stay empty."""
	lost = []
	made = {column: value for column, value in row.items() if column not in ROW_FILES}
	for column, value in list(made.items()):
		if value and call and not is_in_call(column, value, call):
			made[column] = ""
			lost.append(column)
	return made, lost


def is_in_call(column: str, value, call: dict) -> bool:
	if column in OF_CALL:
		return any(one["value"] == value for one in call[OF_CALL[column]])
	if column in ("start_date", "end_date"):
		start, end, when = to_day(call["project_start"]), to_day(call["project_end"]), to_day(value)
		return bool(when and (not start or start <= when) and (not end or when <= end))
	return True
