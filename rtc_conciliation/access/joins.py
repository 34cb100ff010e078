"""A list that reads through a Link shows nothing of a record that would refuse its reader.

Core asks a joined DocType's roles only (`fields=["application.title"]`, on version 15); version 16 asks the record too.
Where core does not, the joined table is narrowed to what the reader may read: other records are as if they were not there.
"""

from functools import wraps
from threading import Lock

import frappe
from frappe.model.db_query import DatabaseQuery

from rtc_conciliation.access import sql

#: narrowed twice, by two requests that begin a process, a join would not be found again and every such list be refused
closing = Lock()


def close() -> None:
	"""`before_request` and `before_job`: make it so, once in a process. Sites without this app are left alone."""
	with closing:
		if not hasattr(DatabaseQuery.prepare_args, "narrows_joins"):
			DatabaseQuery.prepare_args = narrow(DatabaseQuery.prepare_args)


def narrow(prepare_args):
	@wraps(prepare_args)
	def prepare_and_narrow(self):
		args = prepare_args(self)
		if not self.flags.ignore_permissions:
			for link in self.link_tables:
				args.tables = narrow_join(args.tables, link, self.user)
		return args

	prepare_and_narrow.narrows_joins = True
	return prepare_and_narrow


def narrow_join(tables: str, link, user: str) -> str:
	"""`tables`, the FROM clause, with the table of one `link` narrowed; raises PermissionError where it is not found."""
	if not sql.is_protected(link.doctype):
		return tables
	condition = sql.get_read_condition(link.doctype, user)
	if condition == "":
		return tables
	joined = f" {link.table_name} {link.table_alias} on ("
	if joined not in tables:
		raise frappe.PermissionError(link.doctype)
	seen = f"(select * from {link.table_name} where {condition or sql.NOTHING})"
	return tables.replace(joined, f" {seen} {link.table_alias} on (")
