"""The mailed link with which whoever sent an adhesion from the site shows that the address is its own.

The token is random and only its digest is kept. Opening the link shows a button: programs that follow the links
of a mail confirm nothing.
"""

from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import escape_html, format_datetime, get_datetime, get_url

from rtc_conciliation.access import states
from rtc_conciliation.common import clock, locks, mails, programmes, tokens
from rtc_conciliation.common.italian import use_italian
from rtc_conciliation.common.rate_limits import count
from rtc_conciliation.network import adhesions, pages

DOCTYPE = "RTC Member"
ROUTE = "adesione/conferma"
TEMPLATE = "rtc_conciliation/templates/network/confirmation.html"
MAIL = "rtc_adhesion_received"
VALID_DAYS = 7
CONFIRMED, TO_CONFIRM, UNKNOWN = "confirmed", "to confirm", "unknown"
#: another adhesion of the same body is confirmed already, or came by another way
TWICE = "twice"


class AlreadyConfirmedError(frappe.ValidationError):
	pass


def ask(doc) -> bool:
	"""Mail a new link for `doc`; the one before counts no more. False where the site cannot send mail."""
	token = tokens.make_token()
	values = {
		"confirmation_digest": tokens.make_digest(token),
		"confirmation_expires_on": clock.now() + timedelta(days=VALID_DAYS),
	}
	doc.db_set(values, update_modified=False)
	return send_mail(doc, token)


def send_mail(doc, token: str) -> bool:
	office = frappe.get_cached_doc("RTC Programme", doc.programme)
	link = get_url(f"/{ROUTE}?token={token}")
	if frappe.are_emails_muted():  # a site for trying: nobody would ever get the link
		doc.add_comment("Info", _("Mail is muted on this site. The link of confirmation: {0}").format(link))
	with use_italian():  # the ATS writes in Italian, whoever asks for the mail
		told = mails.send(
			[doc.email],
			_("Adhesion {0}: confirm your e-mail address").format(doc.name),
			reply_to=office.office_email or None,
			template=MAIL,
			args={
				"number": doc.name,
				"organisation": doc.organisation_name,
				"received": format_datetime(doc.received_on, "d MMMM yyyy, HH:mm:ss"),
				"link": link,
				"until": format_datetime(doc.confirmation_expires_on, "d MMMM yyyy, HH:mm"),
				"ats": office.ats_name,
				"contact": office.office_email or office.office_pec or "",
			},
			reference_doctype=DOCTYPE,
			reference_name=doc.name,
		)
	if not told:
		doc.add_comment("Info", _("The link of confirmation was not mailed: this site has no outgoing mail."))
	return told


def send_again(member: str) -> None:
	"""The button of the form, for a mail that was lost or a link that expired."""
	doc = frappe.get_doc(DOCTYPE, member)
	doc.check_permission("write")
	states.guard_attachment(DOCTYPE, member)
	if doc.email_confirmed_on or doc.channel != "Web":
		frappe.throw(
			_(
				"{0} needs no confirmation: its address is confirmed, or it did not come from the site."
			).format(frappe.bold(escape_html(doc.organisation_name))),
			AlreadyConfirmedError,
			title=_("Nothing to Confirm"),
		)
	if ask(doc):
		doc.add_comment(
			"Info", _("A new link of confirmation was mailed to {0}.").format(escape_html(doc.email))
		)
		frappe.msgprint(_("A new link was mailed to {0}.").format(escape_html(doc.email)), alert=True)


def find(token: str, hold: bool = False):
	"""(state, member) of a token; one state for all that is not right, so that guessing tells nothing."""
	columns = [
		"name",
		"organisation_name",
		"email_confirmed_on",
		"confirmation_expires_on",
		"received_on",
		"programme",
		"tax_code",
	]
	row = frappe.db.get_value(
		DOCTYPE, {"confirmation_digest": tokens.make_digest(token)}, columns, as_dict=True
	)
	if not token or not row:
		return UNKNOWN, None
	if row.email_confirmed_on:
		return CONFIRMED, row
	if get_datetime(row.confirmation_expires_on) < clock.now():
		return UNKNOWN, None
	is_twice = adhesions.list_others(row.tax_code, row.programme, row.name, hold)
	return TWICE if is_twice else TO_CONFIRM, row


def confirm(token: str):
	"""Confirm by a token; (state before, member). Of two adhesions of one body only one is confirmed."""
	locks.take_turn(DOCTYPE)
	state, row = find(token, hold=True)
	if state == TO_CONFIRM:
		# Not by saving: a guest may not edit the record, and whoever has it open shall not lose what they write.
		doc = frappe.get_doc(DOCTYPE, row.name)
		doc.db_set("email_confirmed_on", clock.now(), update_modified=False, notify=True)
		doc.add_comment("Info", _("E-mail address confirmed by the mailed link."))
	elif state == TWICE:
		doc = frappe.get_doc(DOCTYPE, row.name)
		doc.add_comment(
			"Info", _("The mailed link was opened, but another adhesion of this body counts already.")
		)
	return state, row


def page() -> tuple[str, int]:
	"""(HTML, status) of the link: GET shows a button, POST confirms."""
	count("confirmation", 30, 600)
	token = str(frappe.form_dict.get("token") or "")[:200]
	posted = frappe.request.method == "POST"
	before, row = confirm(token) if posted else find(token)
	done = posted and before == TO_CONFIRM
	programme = frappe.get_cached_doc("RTC Programme", row.programme) if row else None
	html = frappe.render_template(
		TEMPLATE,
		{
			"title": _("Confirm Your E-mail Address"),
			"token": token,
			"row": row,
			"csrf_token": frappe.session.data.get("csrf_token") or "",
			"done": done,
			"already": before == CONFIRMED,
			"twice": before == TWICE,
			"ask": before == TO_CONFIRM and not posted,
			"received": format_datetime(row.received_on, "d MMMM yyyy, HH:mm") if row else "",
			"office_email": (programme.office_email or "") if programme else "",
			"join": programmes.get_join_address(row.programme) if row else "",
			"network": programmes.get_address(pages.ROUTE, row.programme) if row else f"/{pages.ROUTE}",
			"language": frappe.local.lang,
		},
	)
	return html, 404 if before == UNKNOWN else 200


PAGES = {ROUTE: page}
