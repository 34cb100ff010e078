"""The versions of a Plan, for its form."""

import frappe

from rtc_conciliation.documents import plan, plan_compare


@frappe.whitelist()
def compare(before: str, after: str) -> str:
	"""HTML of what changed from one Plan to another; a draft is taken as it stands now."""
	docs = [frappe.get_doc("RTC Plan", name) for name in (before, after)]
	for doc in docs:
		doc.check_permission("read")
	data = plan_compare.compare(*(plan.assemble_document(doc) for doc in docs))
	return frappe.render_template("rtc_conciliation/templates/includes/plan_compare.html", {"data": data})
