import frappe

from rtc_conciliation import setup

MODULE = "RTC Conciliation"

#: what other DocTypes keep about our records: DocType → field that names ours
TRACES = {
	"Version": "ref_doctype",
	"Comment": "reference_doctype",
	"Communication": "reference_doctype",
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
	for name in frappe.get_all("File", filters={"attached_to_doctype": ("in", doctypes)}, pluck="name"):
		frappe.delete_doc("File", name, force=True)
	for doctype, fieldname in TRACES.items():
		frappe.db.delete(doctype, {fieldname: ("in", doctypes)})
	for doctype in doctypes:
		if series := series_of(doctype):
			frappe.db.delete("Series", {"name": ("like", f"{series}%")})
	setup.remove()


def series_of(doctype: str) -> str:
	"""The fixed beginning of the names of `doctype`, for example RTC-APP-."""
	field = frappe.get_meta(doctype).get_field("naming_series")
	return field.options.split(".")[0] if field else ""
