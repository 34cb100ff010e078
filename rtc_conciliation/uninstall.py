import frappe

from rtc_conciliation import setup
from rtc_conciliation.access.sql import MODULE

APP = "rtc_conciliation"

#: what other DocTypes keep about our records: DocType → field that names ours
TRACES = {
	"Version": "ref_doctype",
	"Comment": "reference_doctype",
	"Communication": "reference_doctype",
	"Email Queue": "reference_doctype",
	"Workflow Action": "reference_doctype",
	"ToDo": "reference_type",
	"DocShare": "share_doctype",
	"View Log": "reference_doctype",
	"Notification Log": "document_type",
	"Document Follow": "ref_doctype",
	"User Permission": "allow",
	"Custom DocPerm": "parent",
	"Custom Field": "dt",
	"Property Setter": "doc_type",
}


def before_uninstall():
	doctypes = frappe.get_all("DocType", filters={"module": MODULE, "custom": 0}, pluck="name")
	remove_files(doctypes)
	remove_traces(doctypes)
	remove_series(doctypes)
	frappe.db.delete("Singles", {"doctype": ("in", doctypes)})
	remove_onboarding_steps()
	remove_portal_items()
	remove_desk_icons()
	remove_jobs()
	setup.remove()


def remove_files(doctypes: list[str]) -> None:
	for name in frappe.get_all("File", filters={"attached_to_doctype": ("in", doctypes)}, pluck="name"):
		frappe.delete_doc("File", name, force=True)


def remove_traces(doctypes: list[str]) -> None:
	for doctype, fieldname in TRACES.items():
		remove_rows(doctype, {fieldname: ("in", doctypes)})


def remove_rows(doctype: str, filters: dict) -> None:
	names = frappe.get_all(doctype, filters=filters, pluck="name")
	for table in frappe.get_meta(doctype).get_table_fields():
		frappe.db.delete(table.options, {"parenttype": doctype, "parent": ("in", names or [""])})
	frappe.db.delete(doctype, filters)


def remove_series(doctypes: list[str]) -> None:
	"""The counters of names such as RTC-APP-2026-00001."""
	for doctype in doctypes:
		meta = frappe.get_meta(doctype)
		field = meta.get_field("naming_series")
		prefix = (field.options if field else meta.autoname or "").split(".")[0]
		if prefix.startswith("RTC-"):
			frappe.db.delete("Series", {"name": ("like", f"{prefix}%")})


def remove_onboarding_steps() -> None:
	"""Core takes back the Module Onboarding by its module; its steps have none."""
	for onboarding in frappe.get_all("Module Onboarding", filters={"module": MODULE}, pluck="name"):
		for row in frappe.get_doc("Module Onboarding", onboarding).steps:
			frappe.delete_doc("Onboarding Step", row.step, force=True, ignore_missing=True)


def remove_portal_items() -> None:
	"""Core copies `standard_portal_menu_items` into Portal Settings and leaves them there."""
	items = frappe.get_hooks("standard_portal_menu_items", app_name=APP)
	frappe.db.delete("Portal Menu Item", {"route": ("in", [item["route"] for item in items])})


def remove_desk_icons() -> None:
	"""Core 16 looks for them by another name than they have, and leaves them until the next migrate."""
	for doctype in ("Desktop Icon", "Workspace Sidebar"):
		if frappe.db.exists("DocType", doctype):
			remove_rows(doctype, {"app": APP})


def remove_jobs() -> None:
	"""Core takes back the jobs of the apps that there are with the next migrate only; until then each of ours fails."""
	jobs = frappe.get_all("Scheduled Job Type", {"method": ("like", f"{APP}.%")}, pluck="name")
	for name in jobs:
		frappe.delete_doc("Scheduled Job Type", name, force=True)
	frappe.db.delete("Scheduled Job Log", {"scheduled_job_type": ("in", jobs or [""])})
