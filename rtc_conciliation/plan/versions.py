"""The versions of a Plan, for its form."""

import frappe

from rtc_conciliation.plan import assemble
from rtc_conciliation.plan import compare as plan_compare


def compare_versions(before: str, after: str) -> str:
	"""HTML of what changed from one Plan to another; a draft is taken as it stands now."""
	docs = [frappe.get_doc("RTC Plan", name) for name in (before, after)]
	for doc in docs:
		doc.check_permission("read")
	data = plan_compare.compare_plans(*(assemble.assemble_document(doc) for doc in docs))
	return frappe.render_template("rtc_conciliation/templates/plan/compare.html", {"data": data})
