"""An adhesion on one screen: what the office looks at before it admits or refuses, and the decision on what was seen."""

import frappe
from frappe import _
from frappe.model.workflow import apply_workflow
from frappe.utils import escape_html, get_fullname

from rtc_conciliation.access import preparers, states
from rtc_conciliation.common.files import signatures
from rtc_conciliation.common.files.documents import describe_document
from rtc_conciliation.common.files.records import get_file_names
from rtc_conciliation.common.italian import rtc_minute
from rtc_conciliation.common.web.fields import parse_sent_values
from rtc_conciliation.network import adhesions
from rtc_conciliation.network.mergers import find_organisation

RECEIVED, UNDER_REVIEW = "Received", "Under Review"
#: steps taken from the screen: the state out of which, and what is written with them
STEPS = {
	"Start Review": (RECEIVED, ()),
	"Admit": (UNDER_REVIEW, ("valid_from", "act_number", "act_date")),
	"Reject": (UNDER_REVIEW, ("decision_reason",)),
}
GOOD, LOOK, BAD = "green", "orange", "red"
SIGNATURES = {
	signatures.BY_REPRESENTATIVE: GOOD,
	signatures.ALTERED: BAD,
	signatures.BY_ANOTHER: BAD,
	signatures.AFTER_END: BAD,
	signatures.BEFORE_BEGIN: BAD,
}


class StepTakenError(frappe.ValidationError):
	"""Somebody else was quicker, or the adhesion is not any more what was seen."""


def describe_check(doc) -> dict:
	"""{"facts": [{"colour", "text"}], "documents", "actions", "own"} for the form's `onload`; {} once it is decided."""
	if doc.workflow_state not in (RECEIVED, UNDER_REVIEW):
		return {}
	names = get_file_names(doc.doctype, doc.name)
	form = describe_document(_("Signed Adhesion Form"), names, doc.adhesion_form or "")
	return {
		"facts": [{"colour": colour, "text": text} for colour, text in list_facts(doc)],
		"documents": [form] if form else [],
		"actions": states.list_actions(doc.doctype, doc.workflow_state, STEPS),
		"own": preparers.is_preparer(doc, frappe.session.user),
	}


def list_facts(doc) -> list[tuple[str, str]]:
	"""(colour, sentence), not escaped: each says what was found, and what to do where something is missing."""
	return [of_address(doc), of_form(doc), of_copies(doc), of_organisation(doc), of_protocol(doc)]


def of_address(doc) -> tuple[str, str]:
	if doc.channel != "Web":
		return GOOD, _("It came by {0}.").format(_(doc.channel))
	if doc.email_confirmed_on:
		return GOOD, _("It came from the site; {0} confirmed it on {1}.").format(
			doc.email, rtc_minute(doc.email_confirmed_on)
		)
	return BAD, _("It came from the site and {0} has not confirmed it: send the link again.").format(
		doc.email
	)


def of_form(doc) -> tuple[str, str]:
	if not doc.adhesion_form:
		return LOOK, _("There is no signed form. Attach it under Form and Admission, if it came otherwise.")
	if not doc.signature_state:
		return LOOK, _("The signature of the form is being checked.")
	text = _("Signature of the form: {0}. Legal representative: {1}.")
	return SIGNATURES.get(doc.signature_state, LOOK), text.format(
		_(doc.signature_state), doc.legal_representative
	)


def of_copies(doc) -> tuple[str, str]:
	others = adhesions.list_others(doc.tax_code, doc.programme, doc.name, hold=False)
	if not others:
		return GOOD, _("No other adhesion to this programme has the tax code {0}.").format(doc.tax_code)
	text = _("The tax code {0} is in {1} too, in the state {2}: discard the one that is a copy.")
	return BAD, text.format(doc.tax_code, others[0].name, _(others[0].workflow_state))


def of_organisation(doc) -> tuple[str, str]:
	known = doc.organisation or find_organisation(doc.tax_code)
	if not known:
		return GOOD, _("A new organisation: it is registered with the admission.")
	title = frappe.db.get_value("RTC Organisation", known, "organisation_name")
	colour = GOOD if (title or "").casefold() == doc.organisation_name.casefold() else LOOK
	return colour, _("The tax code is that of an organisation already registered: {0}.").format(title)


def of_protocol(doc) -> tuple[str, str]:
	if doc.protocol_number:
		return GOOD, _("Protocol {0}.").format(doc.protocol_number)
	return LOOK, _("The protocol number is missing.")


def take_step(member: str, action: str, seen: str, values: dict | str) -> str:
	"""The state after `action`, one of STEPS; `seen` is when the adhesion that was read was last changed.

	`values` are what the step needs, others of them are ignored. Raises StepTakenError and what the step itself refuses.
	"""
	frappe.has_permission(adhesions.DOCTYPE, "write", throw=True)
	given = parse_sent_values(values)
	if action not in STEPS or given is None:
		frappe.throw(_("There is no such step. Reload the page."), frappe.ValidationError)
	begins_in, fields = STEPS[action]
	doc = frappe.get_doc(adhesions.DOCTYPE, member, for_update=True)
	doc.check_permission("write")
	if doc.workflow_state != begins_in or str(doc.modified) != seen:
		refuse_late(doc)
	written = {field: given[field] for field in fields if isinstance(given.get(field), str)}
	if written:
		doc.update(written)
		doc.save()
	return apply_workflow(doc, action).workflow_state


def refuse_late(doc) -> None:
	frappe.throw(
		_(
			"Nothing was changed: {0} has changed the adhesion meanwhile, and it is in the state {1}. It is shown as it is now: read it, then decide."
		).format(escape_html(get_fullname(doc.modified_by)), frappe.bold(_(doc.workflow_state))),
		StepTakenError,
		title=_("Adhesion Changed"),
	)
