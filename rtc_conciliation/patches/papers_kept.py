"""The PDFs that were kept at an approval before papers had a row of their own get one: they are checked like the others.

What else went out before is written down when it is asked for first, with the day of its step.
"""

import frappe
from frappe.utils import get_datetime

from rtc_conciliation.awards.ranking_pdf import DECISION
from rtc_conciliation.common.papers import issued
from rtc_conciliation.common.papers.kinds import Step
from rtc_conciliation.plan.papers import PLAN

#: DocType → the kind of its kept PDF
KEPT = {"RTC Plan": PLAN, "RTC Ranking": DECISION}


def execute() -> None:
	for doctype, kind in KEPT.items():
		filters = {"docstatus": (">", 0), "pdf_file": ("is", "set")}
		for name in frappe.get_all(doctype, filters, pluck="name", limit_page_length=0):
			doc = frappe.get_doc(doctype, name)
			if not issued.find_latest(doc, kind):
				keep_row(doc, kind)


def keep_row(doc, kind: str) -> None:
	where = {"file_url": doc.pdf_file, "attached_to_doctype": doc.doctype, "attached_to_name": doc.name}
	file = frappe.db.get_value("File", where, ["name", "creation"], as_dict=True)
	if not file:
		return
	moment = get_datetime(doc.get("approved_on") or file.creation)
	row = issued.make_row(doc, kind, Step("", moment), 1, doc.digest or "")
	row.update({"file": file.name, "file_digest": doc.pdf_digest})
	row.db_insert()
