"""What was written before texts were disarmed is disarmed as it lies. What was sent keeps its kept content and digest."""

import frappe

from rtc_conciliation.common.plain_texts import (
	CODE,
	MODULE,
	SAID_OF_THEMSELVES,
	WRITTEN,
	keep_of_core,
	keep_ours,
)
from rtc_conciliation.rules.plain_text import disarm

#: records of core in which people without the desk write
OF_CORE = ("Comment", "Communication", "ToDo", "User", "Contact", "Notification Log")
HELD_BY_THE_DATABASE = WRITTEN | {"Long Text", "Read Only", "Autocomplete", "Attach", "Attach Image"}


def execute() -> None:
	for doctype in frappe.get_all(
		"DocType", {"module": MODULE, "issingle": 0, "is_virtual": 0}, pluck="name"
	):
		clean(doctype, keep_ours)
	for doctype in OF_CORE:
		clean(doctype, keep_person if doctype in ("User", "Contact") else keep_of_core)


def keep_person(df, value: str) -> str:
	return disarm(value).replace('"', "”") if df.fieldname in SAID_OF_THEMSELVES else keep_of_core(df, value)


def clean(doctype: str, keep) -> None:
	fields = [df for df in frappe.get_meta(doctype).fields if is_text(df) and not df.is_virtual]
	if not fields:
		return
	table = frappe.qb.DocType(doctype)
	suspect = None
	for df in fields:
		holds = table[df.fieldname].like("%<%") | table[df.fieldname].like("%&%")
		suspect = holds if suspect is None else suspect | holds
	rows = (
		frappe.qb.from_(table)
		.select(table.name, *[table[df.fieldname] for df in fields])
		.where(suspect)
		.run(as_dict=True)
	)
	for row in rows:
		kept = {df.fieldname: keep(df, row[df.fieldname]) for df in fields if row[df.fieldname]}
		changed = {fieldname: value for fieldname, value in kept.items() if value != row[fieldname]}
		if changed:
			frappe.db.set_value(doctype, row.name, changed, update_modified=False)


def is_text(df) -> bool:
	return df.fieldtype in HELD_BY_THE_DATABASE and df.fieldtype not in CODE
