"""The papers of an adhesion, prepared for their templates: plain data, unescaped, no query left to them."""

from datetime import date, datetime, time

import frappe
from frappe import _
from frappe.utils import add_days, escape_html, getdate

from rtc_conciliation.common import clock, kept_names
from rtc_conciliation.common.papers import fields, letter
from rtc_conciliation.common.papers.kinds import Kind, Step, get_step_of, tell_awaited_state
from rtc_conciliation.common.papers.print_data import make_header
from rtc_conciliation.common.rows import copy_document
from rtc_conciliation.rules.network.membership import ADMITTED, LEFT, REJECTED, status_on
from rtc_conciliation.rules.plain_text import as_typed

MEMBER_NOW, MEMBER_SOON, MEMBER_ONCE, NO_MEMBER = "member", "soon", "former", "none"
CERTIFICATE, REFUSAL = "RTC Adhesion Certificate", "RTC Adhesion Refusal"


def rtc_certificate_paper(doc) -> dict:
	"""The certificate of an adhesion; `membership` is "member", "soon" or "former" on the day of its step.

	In the names of the day on which it was admitted.
	"""
	issuer = kept_names.get_issuer(doc, ADMITTED)
	then = copy_document(doc)
	vars(then).update(issuer["links"])
	day = get_certificate_step(doc).moment.date()
	return {
		"header": make_header(issuer),
		"legal_basis": issuer["legal_basis"],
		"number": doc.name,
		"membership": get_membership(doc, day),
		"name": as_typed(doc.organisation_name or ""),
		"valid_from": doc.valid_from,
		"valid_to": doc.valid_to,
		"issued_on": day,
		"body": fields.get_pairs(
			then, "organisation_name", "organisation_type", "tax_code", "runts_number", "municipality", "territory",
			"legal_representative",
		),
		"act": fields.get_pairs(doc, "act_number", "act_date", "protocol_number", "protocol_date"),
	}  # fmt: skip


def rtc_adhesion_refusal(doc) -> dict:
	"""The letter that tells a body that its adhesion was not admitted, and why."""
	issuer = kept_names.get_issuer(doc, REJECTED)
	return {
		"header": make_header(issuer),
		"contact": issuer["contact"],
		"number": doc.name,
		"day": get_refusal_step(doc).moment,
		"lead": as_typed(doc.organisation_name or ""),
		"attention": doc.legal_representative or "",
		"tax_code": doc.tax_code or "",
		"pec": doc.pec or "",
		"received_on": doc.received_on,
		"act": fields.get_pairs(doc, "act_number", "act_date") if doc.act_number else [],
		"reasons": as_typed(doc.decision_reason or ""),
		"appeal": letter.get_appeal(frappe.get_cached_doc("RTC Programme", doc.programme)),
	}


def get_membership(doc, on_date: date) -> str:
	periods = doc.history()
	if status_on(periods, on_date) == ADMITTED:
		return MEMBER_NOW
	if periods and periods[0].status == ADMITTED and periods[0].start > on_date:
		return MEMBER_SOON
	left = status_on(periods, on_date) in LEFT or (periods and periods[-1].end and periods[-1].end < on_date)
	return MEMBER_ONCE if left else NO_MEMBER


def get_certificate_step(doc) -> Step | None:
	"""The admission, for as long as it holds; then the end of the membership, from the day after the last one."""
	membership = get_membership(doc, clock.now().date())
	if membership == NO_MEMBER:
		return None
	if membership == MEMBER_ONCE:
		end = doc.valid_to or doc.history()[-1].end
		return Step(f"Left {end}", datetime.combine(add_days(getdate(end), 1), time()))
	return get_step_of(doc, ADMITTED, earlier=doc.act_date or doc.valid_from)


def tell_before_certificate(doc) -> str:
	return _("{0} is in the state {1} and does not belong to the network.").format(
		escape_html(doc.organisation_name or doc.name), _(doc.workflow_state or "")
	)


def get_refusal_step(doc) -> Step | None:
	return get_step_of(doc, REJECTED, earlier=doc.act_date) if doc.workflow_state == REJECTED else None


PAPERS = {
	CERTIFICATE: Kind("RTC Member", get_certificate_step, tell_before_certificate, lasting=False),
	REFUSAL: Kind("RTC Member", get_refusal_step, tell_awaited_state),
}
