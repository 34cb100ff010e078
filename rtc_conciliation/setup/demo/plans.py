"""The Plan: a first version approved and sent to the Region, and the draft that goes on from it."""

import frappe
from frappe.model.document import Document

from rtc_conciliation.plan.template import get_sections
from rtc_conciliation.setup.demo.acting import acting, edit, make, step
from rtc_conciliation.setup.demo.data import plan as data
from rtc_conciliation.setup.demo.data.users import DIRECTOR, MANAGER, OFFICER
from rtc_conciliation.setup.demo.papers import upload


def make_sent(programme: str) -> None:
	values = {
		"title": data.TITLE,
		"programme": programme,
		"reference_date": data.REFERENCE_DATE,
		"sections": sections(),
		"community_outcome": data.OUTCOME,
	}
	plan = make("RTC Plan", values, OFFICER, data.DRAFTED_ON)
	plan = step(plan, "Send to the Comitato", OFFICER, data.PROPOSED_ON)
	plan = edit(plan, MANAGER, data.APPROVED_ON, **data.ACT)
	plan = step(plan, "Approve", DIRECTOR, data.APPROVED_ON)
	with acting(MANAGER, data.SENT_ON):
		receipt = upload(*data.RECEIPT)
	plan = edit(plan, MANAGER, data.SENT_ON, **data.PROTOCOL, pec_receipt=receipt)
	step(plan, "Mark as Sent", MANAGER, data.SENT_ON)


def make_next(programme: str) -> None:
	sent = sent_plan(programme)
	with acting(OFFICER):
		name = sent.make_new_version()
	draft = frappe.get_doc("RTC Plan", name)
	edit(draft, OFFICER, community_outcome=data.OUTCOME + data.NEXT_OUTCOME)


def sent_plan(programme: str) -> Document:
	return frappe.get_doc("RTC Plan", {"programme": programme, "workflow_state": "Sent"})


def sections() -> list[dict]:
	"""The sections of the standard template with the demo's texts."""
	return [{**row, "content": data.TEXTS.get(row["title"], row["content"])} for row in get_sections()]
