"""SQL by which the rows and the files of a record are seen by whoever sees the record.

`condition` is about the record under the name RECORD; an empty one shows all.
"""

import frappe
from frappe.model.db_query import DatabaseQuery

MODULE = "RTC Conciliation"
APP = "rtc_conciliation."
RECORD = "record"
NOTHING = "1=0"


def is_ours(doctype: str | None) -> bool:
	"""Is it a DocType of this app? No error for what is no DocType at all: requests name anything."""
	return bool(doctype) and frappe.db.get_value("DocType", doctype, "module", cache=True) == MODULE


def get_doctypes() -> list[str]:
	"""The names of this app's DocTypes that have records of their own."""
	return frappe.get_all("DocType", {"module": MODULE, "istable": 0, "issingle": 0}, pluck="name")


def get_own_queries() -> dict[str, str]:
	"""The path of this app's condition by DocType, for every DocType in whose lists this app has a say."""
	own = {}
	for doctype, paths in frappe.get_hooks("permission_query_conditions", {}).items():
		ours = [path for path in paths if path.startswith(APP)]
		if ours:
			own[doctype] = ours[-1]
	return own


def is_protected(doctype: str) -> bool:
	"""Has this app a say in who reads which record of `doctype`?"""
	return doctype in get_own_queries()


def get_read_condition(doctype: str, user: str) -> str | None:
	"""The condition that core sets for `user` on `tab{doctype}`; "" for who reads all, None for who reads none."""
	query = DatabaseQuery(doctype, user=user)
	query.conditions = []  # core puts here the names of what is shared with somebody who has no role for it
	try:
		condition = query.build_match_conditions()
	except frappe.PermissionError:
		frappe.clear_last_message()
		return None
	if query.conditions:
		return query.conditions[0]
	if not condition and not frappe.has_permission(doctype, "read", user=user):
		return None
	return condition


def get_files_condition(doctype: str, condition: str) -> str:
	"""`condition` is the one of `doctype` itself, about its own table."""
	return condition and (
		f"ifnull(`tabFile`.`attached_to_doctype`, '') != '{doctype}' or `tabFile`.`attached_to_name` in "
		f"(select `tab{doctype}`.`name` from `tab{doctype}` where {condition})"
	)


def select_names(doctype: str, condition: str, table: str = RECORD) -> str:
	"""`table`: the name that `condition` gives the record, where it stands inside of such a condition itself."""
	return f"(select `{table}`.`name` from `tab{doctype}` as `{table}` where {condition})"
