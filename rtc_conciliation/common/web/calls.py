"""Which of core's methods a request may call, by whatever name it calls them.

Core takes any name that Python finds a whitelisted function under (`frappe.client.search_widget` is the one of
`frappe.desk.search`), while `override_whitelisted_methods` knows one name of each. And it lets every account call what only
the desk needs: some of it asks nobody (pages of the desk, mails without a record, counts of any column).
"""

import frappe
from frappe import _

from rtc_conciliation.common.web.arguments import get_called_names
from rtc_conciliation.common.web.requests import has_desk

#: the desk's own; no page of the website calls any of it
DESK = (
	"frappe.automation.",
	"frappe.contacts.",
	"frappe.core.doctype.communication.email.make",
	"frappe.core.doctype.data_export.",
	"frappe.core.doctype.data_import.",
	"frappe.core.doctype.prepared_report.",
	"frappe.core.doctype.sms_settings.",
	"frappe.core.doctype.submission_queue.",
	"frappe.core.doctype.user.user.get_all_roles",
	"frappe.core.doctype.user.user.get_email_awaiting",
	"frappe.core.doctype.user.user.get_perm_info",
	"frappe.core.doctype.user.user.get_role_profile",
	"frappe.core.doctype.user.user.get_roles",
	"frappe.core.doctype.user.user.has_email_account",
	"frappe.core.doctype.user_permission.",
	"frappe.core.page.",
	"frappe.custom.",
	"frappe.desk.calendar.",
	"frappe.desk.desktop.",
	"frappe.desk.doctype.",
	"frappe.desk.form.document_follow.get_follow_users",
	"frappe.desk.form.load.get_user_info_for_viewers",
	"frappe.desk.gantt.",
	"frappe.desk.leaderboard.",
	"frappe.desk.listview.set_list_settings",
	"frappe.desk.notifications.",
	"frappe.desk.page.",
	"frappe.desk.treeview.",
	"frappe.email.doctype.auto_email_report.",
	"frappe.email.doctype.email_",
	"frappe.email.doctype.notification.",
	"frappe.email.email_body.",
	"frappe.email.get_",
	"frappe.email.inbox.",
	"frappe.email.relink",
	"frappe.geo.",
	"frappe.modules.",
	"frappe.printing.",
	"frappe.recorder.",
	"frappe.social.",
	"frappe.utils.csvutils.",
	"frappe.utils.diff.",
	"frappe.utils.goal.",
	"frappe.utils.nestedset.",
	"frappe.utils.print_format.print_by_server",
	"frappe.utils.print_format.report_to_pdf",
	"frappe.workflow.doctype.workflow.",
)


def guard() -> None:
	"""`before_request`."""
	for name in get_called_names():
		if path := get_path(name):
			guard_path(path, name)


def guard_path(path: str, name: str) -> None:
	"""`path`: where the method that the request calls `name` is written."""
	overrides = frappe.get_hooks("override_whitelisted_methods", {})
	if path != name and path in overrides:
		refuse_call(path)
	# a decorator may hide where a method is written
	asked = [name, path, *(core for core, ours in overrides.items() if path in ours)]
	if any(one.startswith(DESK) for one in asked) and not has_desk():
		refuse_call(name)


def get_path(name: str) -> str | None:
	"""Where the method of this name is written; None where there is none, which core says itself."""
	try:
		function = frappe.get_attr(name)
	except Exception:  # noqa: BLE001 (a name that leads nowhere is core's to refuse)
		return None
	if not callable(function) or not hasattr(function, "__qualname__"):
		return None
	return f"{function.__module__}.{function.__qualname__}"


def refuse_call(path: str) -> None:
	frappe.throw(
		_("{0} is not called from here.").format(frappe.bold(path)),
		frappe.PermissionError,
		title=_("Not Permitted"),
	)
