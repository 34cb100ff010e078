"""Partners confirm their part of an application by a mailed link; the applicant asks them to.

Opening the link shows what is confirmed and changes nothing: programs that follow the links of mails answer nothing.
"""

import frappe
from frappe import _
from frappe.utils import format_datetime, get_datetime, get_url

from rtc_conciliation.access import states
from rtc_conciliation.applications import partner_confirmations as confirmations
from rtc_conciliation.common import clock, italian, mails
from rtc_conciliation.common.rate_limits import count
from rtc_conciliation.rules import typed_text
from rtc_conciliation.rules.application import confirmation as rule
from rtc_conciliation.rules.application.lead import is_email
from rtc_conciliation.rules.plain_text import as_typed

ROUTE = "partenariato/conferma"
TEMPLATE = "rtc_conciliation/templates/applications/partner_confirmation.html"
#: between two mails to the same partner
PAUSE_SECONDS = 120
#: characters of what a partner writes
MOST = {"name": 140, "office": 140, "reason": 1000}


class NoDraftError(frappe.ValidationError):
	"""Confirmations are asked for a draft, as long as its call is open."""


def ask_partners(application: str, row: str = "") -> dict:
	"""Mail a link to the partner `row` of a draft, or to all who were not asked or have to confirm again.

	Returns {"confirmations": as `told`, "asked": [name], "refused": [{"name", "reason"}], "notice": text or ""}.
	"""
	doc = frappe.get_doc(confirmations.APPLICATION, application)
	doc.check_permission("write")
	validate_draft(doc)
	chosen = [one for one in doc.partners if one.role != rule.LEAD and (one.name == row or not row)]
	if not row:
		chosen = [one for one in chosen if one.confirmation_state not in (rule.ASKED, rule.CONFIRMED)]
	asked, refused, notice = [], [], ""
	for one in chosen:
		if reason := get_refusal(one):
			refused.append({"name": read_text(one.organisation_name), "reason": reason})
		elif mail(doc, one):
			asked.append(read_text(one.organisation_name))
		else:
			notice = _("This site cannot send mail at the moment: nobody was asked. Tell the office.")
			break
	if asked:
		confirmations.check_again(doc)
	if asked and frappe.are_emails_muted():
		notice = _("Mail is switched off on this site: the partners do not get the link. Tell the office.")
	return {"confirmations": confirmations.to_form(doc), "asked": asked, "refused": refused, "notice": notice}


def validate_draft(doc) -> None:
	call = frappe.get_cached_doc("RTC Call", doc.call)
	if doc.docstatus or get_datetime(call.closing) < clock.now():
		frappe.throw(
			_(
				"Partners confirm a draft, until its call closes. This application was sent, or its call is over."
			),
			NoDraftError,
			title=_("Too Late to Ask"),
		)
	states.guard_edit(doc, states.definition(doc.doctype), doc.get(states.STATE))


def get_refusal(row) -> str:
	if row.confirmation_state == rule.CONFIRMED:
		return _("It has confirmed already.")
	if not is_email(row.contact_email):
		return _("Its contact e-mail is missing or wrong: fill it in and save.")
	asked_on = row.confirmation_asked_on if row.confirmation_state == rule.ASKED else None
	if asked_on and (clock.now() - get_datetime(asked_on)).total_seconds() < PAUSE_SECONDS:
		return _("A link was mailed a moment ago: wait two minutes before you send another one.")
	return ""


def mail(doc, row) -> bool:
	"""Queue the mail and keep the link's digest; False where the site cannot send."""
	call = frappe.get_cached_doc("RTC Call", doc.call)
	programme = frappe.get_cached_doc("RTC Programme", doc.programme or call.programme)
	token, values = confirmations.make_token(row, call.closing)
	link = get_url(f"/{ROUTE}?token={token}")
	with italian.use_italian():
		sent = mails.send(
			[row.contact_email],
			_("Confirm the part of {0} in the project “{1}”").format(
				read_text(row.organisation_name), read_text(doc.title)
			),
			reply_to=doc.contact_email or doc.pec or None,
			template="rtc_partner_confirmation",
			args={
				"partner": read_text(row.organisation_name),
				"lead": read_text(doc.lead_name),
				"title": read_text(doc.title),
				"call": read_text(call.title),
				"ats": programme.ats_name,
				"link": link,
				"until": format_datetime(values["confirmation_expires_on"], "d MMMM yyyy, HH:mm"),
				"required": call.requires_partner_confirmation,
			},
			reference_doctype=doc.doctype,
			reference_name=doc.name,
		)
		if sent and frappe.are_emails_muted():  # a site for trying: nobody would ever get the link
			doc.add_comment(
				"Info", _("Mail is muted on this site. The link of confirmation: {0}").format(link)
			)
	if sent:
		confirmations.write(row, values)
	return sent


def page() -> tuple[str, int]:
	"""(HTML, status) of the link: GET shows, POST decides."""
	count("partner confirmation", 30, 600)
	form = frappe.form_dict
	token = str(form.get("token") or "")[:200]
	posted = frappe.request.method == "POST"
	if posted:
		confirmations.lock(token)
	doc, row = confirmations.find(token)
	if doc is None:
		return render_page({"unknown": True}), 404
	written = {field: typed_text.clean_line(str(form.get(field) or "")) for field in MOST}
	problem = decide(doc, row, form, written) if posted else ""
	if posted and not problem:
		return render_page({"done": form.get("decision"), "partner": read_text(row.organisation_name)}), 200
	return render_page(
		{**describe_part(doc, row), "token": token, "written": written, "problem": problem}
	), 200


def decide(doc, row, form, written: dict) -> str:
	"""Keep the answer; what is wrong with it otherwise."""
	if form.get("seen") != rule.get_content(row.as_dict()):
		return _(
			"The lead has changed your part while you were reading: this is how it is now. Read it again."
		)
	if form.get("decision") not in ("confirm", "decline"):
		return _("Choose whether you confirm or decline.")
	if not written["name"] or not written["office"]:
		return _("Write who answers: name and office.")
	if any(len(written[field]) > most for field, most in MOST.items()):
		return _(
			"Nothing is cut, so write it shorter: name and office of {0} characters, the reason of {1}."
		).format(MOST["name"], MOST["reason"])
	confirms = form.get("decision") == "confirm"
	if not confirms and not written["reason"]:
		return _("Write why you decline: the lead reads it.")
	state = rule.CONFIRMED if confirms else rule.DECLINED
	confirmations.answer(
		doc, row, state, written["name"], written["office"], "" if confirms else written["reason"]
	)
	tell_applicant(doc, row)
	return ""


def tell_applicant(doc, row) -> None:
	people = mails.get_applicant_addresses(doc, pec=False)
	if not people:
		return
	confirmed = row.confirmation_state == rule.CONFIRMED
	with italian.use_italian():
		subject = _("{0} confirmed its part") if confirmed else _("{0} declined to take part")
		mails.send(
			people,
			subject.format(read_text(row.organisation_name)),
			template="rtc_partner_answered",
			args={
				"told": confirmations.describe_row(row),
				"confirmed": confirmed,
				"title": read_text(doc.title),
				"link": get_url(f"/domanda/{doc.name}/edit"),
			},
			reference_doctype=doc.doctype,
			reference_name=doc.name,
		)


def describe_part(doc, row) -> dict:
	"""What the partner reads before it answers; texts not escaped."""
	call = frappe.get_cached_doc("RTC Call", doc.call)
	programme = frappe.get_cached_doc("RTC Programme", doc.programme or call.programme)
	return {
		"partner": read_text(row.organisation_name),
		"project": [
			(_("Project Title"), read_text(doc.title)),
			(_("Lead Body"), read_text(doc.lead_name)),
			(_("Call"), read_text(call.title)),
			(_("Health agency"), programme.ats_name),
		],
		"abstract": read_text(doc.abstract),
		"part": [
			(_("Partner"), read_text(row.organisation_name)),
			(_("Tax Code"), row.tax_code or italian.NOTHING),
			(_("Role"), _(row.role)),
			(_("Activities"), read_text(row.activities) or italian.NOTHING),
			(_("Budget Managed"), italian.rtc_euro(row.budget or 0)),
			(_("Co-financing in Cash"), italian.rtc_euro(row.cofinancing_cash or 0)),
			(_("Co-financing in Kind"), italian.rtc_euro(row.cofinancing_in_kind or 0)),
		],
		"commitment": read_text(call.partner_commitment)
		or _(
			"The body takes part in the project with the role, the activities and the amounts shown here, knows the "
			"call, authorises the lead body to send the application and, if the project is funded, commits itself to "
			"carry out its part and to sign the partnership agreement."
		),
		"until": format_datetime(row.confirmation_expires_on, "d MMMM yyyy, HH:mm"),
		"seen": rule.get_content(row.as_dict()),
		"contact": doc.contact_email or doc.pec or "",
	}


def render_page(context: dict) -> str:
	return frappe.render_template(
		TEMPLATE,
		{
			"title": _("Part of a Partner"),
			"csrf_token": frappe.session.data.get("csrf_token") or "",
			"language": frappe.local.lang,
			**context,
		},
	)


def read_text(value) -> str:
	"""Core keeps "<" as "&lt;"; templates escape what is shown."""
	return as_typed(value or "")


PAGES = {ROUTE: page}
