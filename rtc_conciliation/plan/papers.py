"""The Plan, prepared for its templates: plain data, unescaped, no query left to them."""

from frappe import _

from rtc_conciliation.common.papers import fields
from rtc_conciliation.common.papers.kinds import Kind, tell_awaited_state
from rtc_conciliation.plan import assemble

PLAN = "RTC Plan"


def rtc_plan_paper(doc) -> dict:
	"""The Plan as frozen, or as it stands while it is a draft, with what was added after its approval."""
	return {
		**assemble.assemble_document(doc),
		"draft": not doc.docstatus,
		"state": _(doc.workflow_state) if doc.workflow_state else "",
		"digest": (doc.digest or "") if doc.docstatus else "",
		"sending": fields.get_pairs(doc, "protocol_number", "protocol_date"),
		"sent": bool(doc.protocol_number),
	}


def get_step(doc) -> None:
	"""Its pages are made by its approval, and kept by it."""


PAPERS = {PLAN: Kind("RTC Plan", get_step, tell_awaited_state, at_step=False, drafts=True, own_pages=True)}
