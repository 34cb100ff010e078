"""Methods of core that tell more of a record of this app than the record itself tells its reader.

Each stands in `override_whitelisted_methods`, asks what core does not ask, and leaves other apps' records to core.
"""

import json

import frappe
from frappe import _, share
from frappe.client import is_document_amended as is_amended
from frappe.desk import desktop, listview, notifications, search
from frappe.desk.doctype.workspace import workspace
from frappe.desk.form import document_follow, linked_with, load, save
from frappe.email import inbox
from frappe.email import relink as core_relink
from frappe.utils import cint, goal
from frappe.website.doctype.web_form import web_form
from frappe.workflow.doctype.workflow import workflow

from rtc_conciliation.access import history
from rtc_conciliation.access.sql import is_ours, is_protected
from rtc_conciliation.common.rate_limits import limited
from rtc_conciliation.common.web import arguments

#: of the records that hang on one, as core has it
MOST_COUNTED = 100


@frappe.whitelist()
def get_link_title(doctype: str, docname: str) -> str | None:
	"""The title of a record for who may read it, its bare name for others."""
	if is_ours(doctype) and not is_readable(doctype, docname):
		return docname
	return search.get_link_title(doctype, docname)


@frappe.whitelist(allow_guest=True)
@limited("link options", 120)
def get_link_options(
	web_form_name: str, doctype: str, allow_read_on_all_link_options: bool | str = False
) -> str | list:
	"""Our web forms bring their own options: of our records this tells what a list would tell."""
	if not is_ours(doctype):
		return web_form.get_link_options(web_form_name, doctype, allow_read_on_all_link_options)
	return "\n".join(frappe.get_list(doctype, pluck="name", limit_page_length=0))


@frappe.whitelist()
def get_group_by_count(doctype: str, current_filters: str, field: str) -> list:
	"""Core counts the assignments of all records that fit the filters, and tells by that what the filters ask."""
	filters = arguments.read_json(current_filters, list, dict)
	if field == "assigned_to" and is_ours(doctype):
		names = frappe.get_list(doctype, filters=filters, pluck="name", limit_page_length=0)
		if not names:
			return []
		current_filters = json.dumps([[doctype, "name", "in", names]])
	elif is_ours(doctype) and field not in frappe.get_meta(doctype).get_valid_columns():
		arguments.refuse_unreadable()
	return listview.get_group_by_count(doctype, current_filters, field)


@frappe.whitelist()
def get_open_count(doctype: str, name: str, items: str | list | None = None) -> dict:
	"""Core counts whatever names the record, drafts of others too: here what the reader's own list would show."""
	frappe.get_doc(doctype, name).check_permission("read")  # core 16 answers 500 where it refuses by itself
	wanted = [one for one in arguments.read_json(items, list) if isinstance(one, str)] if items else None
	found = notifications.get_open_count(doctype, name, wanted)
	told = found.get("count")
	if isinstance(told, dict):  # the snapshot of before version 15 has the list alone
		told = told["external_links_found"]
	links = frappe.get_meta(doctype).get_dashboard_data() if told else {}
	for link in told or ():
		linked = link.get("doctype") or link["name"]
		if is_ours(linked):
			link.update({"count": number_of(linked, name, links), "open_count": 0})
	return found


def number_of(doctype: str, name: str, links: dict) -> int:
	"""At most as many as core counts; what no role of the reader opens is none."""
	fieldname = links.get("non_standard_fieldnames", {}).get(doctype, links.get("fieldname"))
	if not frappe.has_permission(doctype, "read") or not frappe.get_meta(doctype).has_field(fieldname):
		return 0
	names = frappe.get_list(doctype, filters={fieldname: name}, pluck="name", limit_page_length=MOST_COUNTED)
	return len(names)


@frappe.whitelist()
def getdoc(doctype: str, name: str) -> list | None:
	if not name:
		arguments.refuse_unreadable()
	found = load.getdoc(doctype, name)
	history.narrow_docinfo()
	return found


@frappe.whitelist()
def get_docinfo(doc: dict | str | None = None, doctype: str | None = None, name: str | None = None) -> None:
	"""Core takes a `doc` here from its own code only: sent by somebody it would be asked no permission."""
	load.get_docinfo(doctype=doctype, name=name)
	history.narrow_docinfo()


@frappe.whitelist()
def get_communications(doctype: str, name: str, start: int | str = 0, limit: int | str = 20) -> list:
	if is_ours(doctype) and not history.reads_what_others_wrote():
		return []
	return load.get_communications(doctype, name, start, limit)


@frappe.whitelist(methods=["POST", "PUT"])
def savedocs(doc: str, action: str) -> None:
	arguments.require_record(doc)
	save.savedocs(doc, action)
	history.narrow_docinfo()


@frappe.whitelist(methods=["POST", "PUT"])
def cancel(
	doctype: str | None = None,
	name: str | None = None,
	workflow_state_fieldname: str | None = None,
	workflow_state: str | None = None,
) -> None:
	save.cancel(doctype, name, workflow_state_fieldname, workflow_state)
	history.narrow_docinfo()


@frappe.whitelist(methods=["POST", "PUT"])
def discard(doctype: str, name: str | int) -> None:
	"""Version 16 alone has it; a record of this app goes by its workflow."""
	if is_ours(doctype):
		frappe.throw(
			_("This record is not discarded: use the buttons under Actions."), frappe.PermissionError
		)
	save.discard(doctype, name)


@frappe.whitelist()
def get_submitted_linked_docs(
	doctype: str, name: str, ignore_doctypes_on_cancel_all: str | None = None
) -> dict | list:
	"""What hangs on a record is told by its name, unasked: to the office alone."""
	if is_ours(doctype):
		require_office(doctype, name)
	return linked_with.get_submitted_linked_docs(doctype, name)


def require_office(doctype: str, name: str) -> None:
	frappe.get_doc(doctype, name).check_permission("read")
	if not history.reads_what_others_wrote():
		frappe.throw(_("Only the office sees what hangs on this record."), frappe.PermissionError)


def is_readable(doctype: str, name: str) -> bool:
	return bool(frappe.db.exists(doctype, name) and frappe.has_permission(doctype, "read", doc=name))


# -- what core asks nobody about


@frappe.whitelist()
def get_workflow_state_count(doctype: str, workflow_state_field: str, states: str | list) -> list | None:
	"""Core groups all records by whatever column it is given: for who designs workflows."""
	frappe.has_permission("Workflow", "write", throw=True)
	return workflow.get_workflow_state_count(doctype, workflow_state_field, states)


@frappe.whitelist()
def get_monthly_goal_graph_data(
	title: str,
	doctype: str,
	docname: str,
	goal_value_field: str,
	goal_total_field: str,
	goal_history_field: str,
	goal_doctype: str,
	goal_doctype_link: str,
	goal_field: str,
	date_field: str,
	aggregation: str = "sum",
	filters: str | dict | None = None,
) -> dict:
	"""Core 15 takes the greatest value of any column of any record that its filters name."""
	if is_ours(goal_doctype) or is_protected(goal_doctype):
		arguments.refuse_unreadable()
	arguments.require_doctype(goal_doctype)
	return frappe.call(goal.get_monthly_goal_graph_data, **locals())


@frappe.whitelist()
def get_tagged_docs(doctype: str, tag: str) -> list:
	"""The names (one in a row) of those that the user may read."""
	filters = {"_user_tags": ("like", tag)}
	return frappe.get_list(doctype, filters=filters, fields=["name"], as_list=True, limit_page_length=0)


@frappe.whitelist()
def get_users(doctype: str, name: str) -> list:
	"""With whom a record is shared: the office sees all, others what is shared with themselves."""
	if not is_ours(doctype):
		frappe.get_doc(doctype, name).check_permission("read")
		return share.get_users(doctype, name)
	sees_all = history.reads_what_others_wrote()
	return [
		row for row in share.get_users(doctype, name) if sees_all or row.get("user") == frappe.session.user
	]


@frappe.whitelist()
def is_document_amended(doctype: str, docname: str):
	if is_ours(doctype) and not is_readable(doctype, docname):
		return False
	return is_amended(doctype, docname)


@frappe.whitelist()
def get_follow_users(doctype: str, doc_name: str) -> list:
	if is_ours(doctype):
		require_office(doctype, doc_name)
	return document_follow.get_follow_users(doctype, doc_name)


@frappe.whitelist()
def update_onboarding_step(name: str, field: str, value: int | str) -> None:
	"""A step is done or left out; its texts, which the desk shows as they are, belong to who writes onboarding."""
	if field not in ("is_complete", "is_skipped"):
		frappe.has_permission("Onboarding Step", "write", throw=True)
	desktop.update_onboarding_step(name, field, cint(value) if field.startswith("is_") else value)


@frappe.whitelist()
def save_page(
	public: int | str, new_widgets: str, blocks: str, title: str | None = None, name: str | None = None
) -> dict:
	"""Core 15 finds a page of the desk by its title, core 16 by its name."""
	own = "" if cint(public) else f"-{frappe.session.user}"
	require_page(name or f"{title}{own}")
	given = {"public": public, "new_widgets": new_widgets, "blocks": blocks, "title": title, "name": name}
	return frappe.call(
		workspace.save_page, **{key: value for key, value in given.items() if value is not None}
	)


@frappe.whitelist()
def update_page(
	name: str,
	title: str,
	icon: str | None = None,
	indicator_color: str | None = None,
	parent: str | None = None,
	public: int | str = 0,
) -> dict | None:
	require_page(name)
	return frappe.call(workspace.update_page, **locals())


def require_page(name: str) -> None:
	"""Everybody changes their own pages of the desk, the Workspace Manager all."""
	own = frappe.db.get_value("Workspace", {"name": name, "public": 0}, "for_user") == frappe.session.user
	if not own and "Workspace Manager" not in frappe.get_roles():
		frappe.throw(
			_("Need Workspace Manager role to edit private workspace of other users"), frappe.PermissionError
		)


# -- mails that came in or went out


@frappe.whitelist()
def relink(name: str, reference_doctype: str | None = None, reference_name: str | None = None) -> None:
	"""A mail is moved by who may change it, to a record that they may read."""
	require_mail(name)
	if reference_doctype and reference_name:
		frappe.get_doc(reference_doctype, reference_name).check_permission("read")
	core_relink(name, reference_doctype, reference_name)


@frappe.whitelist()
def mark_as_closed_open(communication: str, status: str) -> None:
	require_mail(communication)
	inbox.mark_as_closed_open(communication, status)


@frappe.whitelist()
def move_email(communication: str, email_account: str) -> None:
	require_mail(communication)
	inbox.move_email(communication, email_account)


@frappe.whitelist()
def mark_as_trash(communication: str) -> None:
	require_mail(communication)
	inbox.mark_as_trash(communication)


@frappe.whitelist()
def mark_as_spam(communication: str, sender: str) -> None:
	require_mail(communication)
	inbox.mark_as_spam(communication, sender)


def require_mail(name: str) -> None:
	frappe.get_doc("Communication", name).check_permission("write")
