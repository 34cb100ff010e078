"""The certificate of an adhesion, prepared for its template: plain data, unescaped, no query left to it."""

from datetime import date

from frappe import _

from rtc_conciliation.common import clock, kept_names
from rtc_conciliation.common.papers import fields
from rtc_conciliation.common.papers.print_data import make_header
from rtc_conciliation.common.rows import copy_document
from rtc_conciliation.rules.network.membership import ADMITTED, LEFT, status_on

MEMBER_NOW, MEMBER_ONCE, NO_MEMBER = "member", "former", "none"


def rtc_certificate_paper(doc) -> dict:
	"""The certificate of an adhesion; `get_membership` is "member", "former" or "none".

	In the names of the day on which it was admitted.
	"""
	issuer = kept_names.get_issuer(doc, "Admitted")
	then = copy_document(doc)
	vars(then).update(issuer["links"])
	today = clock.now().date()
	return {
		"header": make_header(issuer),
		"legal_basis": issuer["legal_basis"],
		"number": doc.name,
		"membership": get_membership(doc, today),
		"state": _(doc.workflow_state) if doc.workflow_state else "",
		"name": doc.organisation_name or "",
		"valid_from": doc.valid_from,
		"valid_to": doc.valid_to,
		"issued_on": today,
		"body": fields.get_pairs(
			then, "organisation_name", "organisation_type", "tax_code", "runts_number", "municipality", "territory",
			"legal_representative",
		),
		"act": fields.get_pairs(doc, "act_number", "act_date", "protocol_number", "protocol_date"),
	}  # fmt: skip


def get_membership(doc, on_date: date) -> str:
	periods = doc.history()
	if status_on(periods, on_date) == ADMITTED:
		return MEMBER_NOW
	left = status_on(periods, on_date) in LEFT or (periods and periods[-1].end and periods[-1].end < on_date)
	return MEMBER_ONCE if left else NO_MEMBER
