"""The mailed link with which somebody joins those who write an application. Only the digest of its token is kept."""

from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import format_datetime, get_fullname, get_url

from rtc_conciliation.common import clock, mails, tokens
from rtc_conciliation.common.italian import use_italian
from rtc_conciliation.rules.plain_text import as_typed

ROUTE = "invito"
TEMPLATE = "rtc_colleague_invited"
VALID_DAYS = 14


def invite(doc) -> bool:
	"""Mail a new link for the colleague `doc`; False where the site cannot send mail."""
	token = tokens.make_token()
	# Not by saving: the digest is above what the applicant who invites may write.
	doc.db_set(
		{"token_digest": tokens.make_digest(token), "expires_on": clock.now() + timedelta(days=VALID_DAYS)},
		update_modified=False,
	)
	link = get_url(f"/{ROUTE}?token={token}")
	doc.flags.link = link
	title, call = frappe.db.get_value("RTC Application", doc.application, ("title", "call"))
	with use_italian():
		doc.flags.mailed = mails.send(
			[doc.email],
			_("You are invited to work at the application {0}").format(doc.application),
			template=TEMPLATE,
			args={
				"inviter": get_fullname(frappe.session.user),
				"inviter_email": frappe.session.user,
				"title": as_typed(title or ""),  # core keeps "<" as "&lt;"; the template escapes
				"call": frappe.get_cached_value("RTC Call", call, "title"),
				"may_send": doc.may_send,
				"link": link,
				"email": doc.email,
				"until": format_datetime(doc.expires_on, "d MMMM yyyy, HH:mm"),
			},
			reference_doctype=doc.doctype,
			reference_name=doc.name,
		)
	return doc.flags.mailed
