"""Who reads, changes and takes away files: with a record of ours as the record says, else as core says."""

import frappe

from rtc_conciliation.access import sql, states

ATTACH = ("Attach", "Attach Image")
#: DocTypes of ours whose files need not be private, and why
OPEN = {"RTC Call": "the forms that a call asks for are downloaded by everybody from its page"}
READING = frozenset({"read", "select", "print", "email", "export", "report"})
#: how the desk names a record that was not saved yet
UNSAVED = "new-"


def is_governed(doctype: str | None) -> bool:
	"""Are the files of `doctype` private, and do they follow the record's state? Any DocType of ours but OPEN."""
	return sql.is_ours(doctype) and doctype not in OPEN


def file_has_permission(doc, ptype: str = "read", user: str | None = None) -> bool:
	"""What was sent stays as it was sent, and other files of a record follow its state; the rest is as core has it.

	Asked of the row as it is stored: what a request sends along is no proof of whose it is. Core is not asked, since
	some releases let everybody write and delete what is public, and all let an owner read on after they left a record.
	"""
	user = user or frappe.session.user
	if user == "Administrator" or isinstance(doc, str):
		return True
	fields = ("owner", "is_private", "is_folder", "file_url", "attached_to_doctype", "attached_to_name")
	file = doc.name and frappe.db.get_value("File", doc.name, fields, as_dict=True)
	if not file:
		return bool(doc.is_new())  # how a row may begin is said where it is inserted
	if ptype in READING:
		return may_read(file, user)
	return may_write(file, user) and may_change(file) and not is_paper(doc.name)


def may_read(file, user: str) -> bool:
	"""`file`: a stored row of File."""
	if not file.is_private or user == "Administrator":
		return True
	if is_governed(file.attached_to_doctype) and is_attached(file):
		return has_record(file, "read", user)
	return is_owner(file, user) or has_record(file, "read", user)


def may_write(file, user: str) -> bool:
	if is_governed(file.attached_to_doctype) and is_attached(file):
		return has_record(file, "write", user)
	if is_owner(file, user) or has_record(file, "write", user):
		return True
	return is_of_website(file) and is_site_manager(user)


def is_of_website(file) -> bool:
	"""Public and of no record."""
	return not file.is_private and not file.is_folder and not is_attached(file)


def keeps_website(name: str | None, ptype: str, user: str) -> bool:
	"""May `user` do `ptype` with the stored File `name`, because they keep the site and it is a file of the website?"""
	if ptype not in ("write", "delete") or not is_site_manager(user):
		return False
	fields = ("is_private", "is_folder", "attached_to_doctype", "attached_to_name")
	file = name and frappe.db.get_value("File", name, fields, as_dict=True)
	return bool(file) and is_of_website(file) and bool(frappe.has_permission("File", ptype, user=user))


def is_owner(file, user: str) -> bool:
	return user != "Guest" and file.owner == user


def has_record(file, ptype: str, user: str) -> bool:
	if not is_attached(file):
		return False
	return bool(frappe.has_permission(file.attached_to_doctype, ptype, file.attached_to_name, user=user))


def is_attached(file) -> bool:
	"""To a record that there is; the desk attaches to one before it is saved."""
	doctype, name = file.attached_to_doctype, file.attached_to_name
	return bool(doctype and name and frappe.db.exists("DocType", doctype) and frappe.db.exists(doctype, name))


def is_site_manager(user: str) -> bool:
	return user == "Administrator" or "System Manager" in frappe.get_roles(user)


def may_change(file) -> bool:
	"""Does the state of the record, if it is one of ours, let its files change?"""
	if not is_governed(file.attached_to_doctype) or not is_attached(file):
		return True
	record = frappe.get_doc(file.attached_to_doctype, file.attached_to_name)
	if record.docstatus and any(row.get(field) == file.file_url for row, field in attach_fields(record)):
		return False
	if any(row.get("closed") and row.get(field) == file.file_url for row, field in attach_fields(record)):
		return False  # minutes of a sitting that are closed
	if not record.meta.has_field(states.STATE):
		return True
	return states.may_edit(states.definition(record.doctype), record.get(states.STATE))


def is_paper(name: str) -> bool:
	"""Was it issued by the site? Such a file stays as it is, whatever the state of its record."""
	return bool(frappe.db.exists("RTC Paper", {"file": name}))


def guard_attachment(doctype: str, name: str) -> None:
	"""A file may be added to the record, as far as its state is concerned."""
	if is_governed(doctype) and frappe.get_meta(doctype).has_field(states.STATE):
		states.guard_attachment(doctype, name)


def attach_fields(doc):
	"""(row, fieldname) of every Attach field of `doc` and of its rows."""
	for row in (doc, *doc.get_all_children()):
		for df in row.meta.fields:
			if df.fieldtype in ATTACH:
				yield row, df.fieldname


def file_query(user: str | None = None) -> str:
	"""Core lists the files of every DocType that a user may read; here those of the records that they see."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	conditions = [sql.get_files_condition(doctype, query(user)) for doctype, query in queries()]
	return " and ".join(f"({condition})" for condition in conditions if condition)


def queries() -> list[tuple[str, object]]:
	"""(DocType, its query of this app) of every DocType whose records are seen by some only."""
	return [
		(doctype, frappe.get_attr(path))
		for doctype, path in sql.get_own_queries().items()
		if doctype not in ("File", "Tag Link") and not frappe.get_meta(doctype).istable
	]
