"""The papers of an application, its own and its receipt, prepared for their templates: plain data, no query left to them.

Texts come unescaped; the templates escape them.
"""

from frappe import _
from frappe.utils import get_datetime, get_url

from rtc_conciliation.applications import progress, receipts
from rtc_conciliation.common import findings
from rtc_conciliation.common.italian import NOTHING, rtc_euro, rtc_number
from rtc_conciliation.common.papers import fields
from rtc_conciliation.common.papers.kinds import Kind, Step
from rtc_conciliation.common.papers.print_data import make_application_header, make_child_table

TEXTS = (
	"abstract context_needs needs_survey continuity objectives innovation local_ties governance "
	"communication_plan timeline risks sustainability"
).split()


TABLES = {
	"partners": (
		("organisation_name", "tax_code", "runts_number", "contact_email", "activities", "agreement_file"),
		("organisation_type", "counts_towards_minimum", "confirmation_state"),
		"role",
		"budget",
		"cofinancing_cash",
		"cofinancing_in_kind",
	),
	"actions": (
		("title", "description", "output"),
		("area", "partner", "territory"),
		"start_date",
		"end_date",
	),
	"recipients": (("recipient_category", "description"), "expected_number"),
	"indicators": ("indicator", "unit", "baseline", "target", "source"),
	"costs": (
		("description", "cost_category", "action", "partner"),
		"year",
		"quantity",
		"unit_cost",
		"vat",
		"amount",
		"charged_to",
	),
}


#: how an outcome reads before there is one
NOT_YET = (NOTHING, rtc_number(0), rtc_euro(0))


def rtc_application_paper(doc) -> dict:
	"""The whole application; amounts and dates already as Italians write them."""
	doc = receipts.restore_sent(doc)
	return {
		"header": make_application_header(doc),
		"request": fields.get_pairs(
			doc, "call", "title", "acronym", "lead_name", "lead_tax_code", "pec", "contact_person", "contact_email",
			"contact_phone", "legal_representative", "legal_representative_tax_code", "legal_representative_powers",
		),
		"period": fields.get_pairs(doc, "start_date", "end_date"),
		"texts": fields.get_pairs(doc, *TEXTS),
		"tables": {name: make_child_table(doc, name, columns) for name, columns in TABLES.items()},
		"totals": fields.get_pairs(
			doc, "total_cost", "requested_contribution", "cofinancing_amount", "cofinancing_percent", "other_income"
		),
		"declarations": make_child_table(doc, "declarations", (("declaration", "text"), "mandatory", "accepted", "accepted_on")),
		"attachments": make_child_table(doc, "attachments", ("document", "mandatory", "file")),
		"agreement": fields.get_pairs(doc, "agreement_state") if doc.agreement_state else [],
		"signature": fields.get_pairs(doc, "signature_file")[0],
		"sending": fields.get_pairs(doc, *list_sending(doc), "digest", "protocol_number", "protocol_date"),
		"outcome": outcome(doc),
		"sent": bool(doc.docstatus and doc.sent_on),
		"findings_html": findings.render_findings(doc),
	}  # fmt: skip


def list_sending(doc) -> tuple[str, ...]:
	"""Of applications older than the versions of the privacy notice nobody knows which was read."""
	known = ("privacy_notice_version",) if doc.privacy_notice_version else ()
	return ("sent_on", "sent_by", *known)


def outcome(doc) -> list[dict]:
	rows = fields.get_pairs(doc, "workflow_state", "score", "granted_amount", "cup", "decision_reason")
	return [row for row in rows if row["value"] not in NOT_YET]


def rtc_receipt_paper(doc) -> dict:
	"""The receipt of an application that was sent."""
	doc = receipts.restore_sent(doc)
	return {
		"header": make_application_header(doc),
		"withdrawn": doc.docstatus == 2,
		"sending": fields.get_pairs(doc, *list_sending(doc), "protocol_number", "protocol_date"),
		"application": fields.get_pairs(
			doc, "title", "lead_name", "lead_tax_code", "pec", "total_cost", "requested_contribution",
			"cofinancing_amount",
		),
		"digest": doc.digest or "",
		"documents": make_child_table(doc, "attachments", ("document", "file")),
		"partners": make_child_table(
			doc, "partners", ("organisation_name", "role", ("confirmation_state", "confirmation_name", "confirmation_answered_on"))
		),
		"files": receipts.sent_files(doc),
		"verify": get_url("/verifica"),
		"follows": progress.list_what_follows(doc) if doc.sent_on else [],
		"signature": fields.get_pairs(doc, "signature_file")[0],
		"declarations": make_child_table(doc, "declarations", ("declaration", "accepted", "accepted_on")),
	}  # fmt: skip


def get_receipt_step(doc) -> Step | None:
	return Step("Submitted", get_datetime(doc.sent_on)) if doc.docstatus and doc.sent_on else None


def tell_before_receipt(doc) -> str:
	return _("open the application {0} and press Send first.").format(doc.name)


#: made after the sending: in the last minute of a call nobody waits for a paper
PAPERS = {
	"RTC Application Receipt": Kind("RTC Application", get_receipt_step, tell_before_receipt, at_step=False)
}
