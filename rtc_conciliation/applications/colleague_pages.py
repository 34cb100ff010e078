"""Who works at an application: invited by mail, joined by whoever reads that mail, revoked by the applicant.

The token of an invitation is random and only its digest is kept. Opening the link shows a button: programs that
follow the links of a mail accept nothing.
"""

import frappe
from frappe import _
from frappe.sessions import get_csrf_token
from frappe.utils import cint, format_datetime, get_fullname, quoted

from rtc_conciliation.access import colleagues
from rtc_conciliation.access.roles import APPLICANT
from rtc_conciliation.applications.colleague_mail import ROUTE
from rtc_conciliation.common import clock, tokens
from rtc_conciliation.common.rate_limits import count
from rtc_conciliation.rules.plain_text import as_typed

DOCTYPE = colleagues.DOCTYPE
TEMPLATE = "rtc_conciliation/templates/applications/invitation.html"
UNKNOWN, LOGIN, OTHER, NO_ROLE, ASK, JOINED = "unknown", "login", "other", "no role", "ask", "joined"


class NotYoursError(frappe.PermissionError):
	pass


def list_colleagues(application: str) -> dict:
	"""Who works at `application`, and what the session's user may do about it.

	{"applicant": {"name", "email"}, "may_invite": 0|1, "me": colleague's name or "", "people": [{"name", "email",
	"full_name", "may_send", "state", "state_label", "since"}]}; state is invited, joined or expired.
	"""
	frappe.get_doc(colleagues.APPLICATION, application).check_permission("read")
	user, stored = frappe.session.user, colleagues.get_applicant(application)
	rows = frappe.get_all(
		DOCTYPE,
		filters={"application": application, "revoked_on": ("is", "not set")},
		fields=["name", "email", "user", "may_send", "accepted_on", "expires_on"],
		order_by="creation asc",
		limit_page_length=0,
	)
	return {
		"applicant": {"name": get_fullname(stored.applicant), "email": stored.applicant},
		"may_invite": int(
			colleagues.is_applicant(application, user) and not colleagues.is_decided(application)
		),
		"me": next((row.name for row in rows if row.user == user and row.accepted_on), ""),
		"people": [describe_person(row) for row in rows],
	}


def describe_person(row) -> dict:
	state, label = "invited", _("Invited, not joined yet")
	if row.accepted_on:
		state, label = "joined", _("Invitation accepted")
	elif frappe.utils.get_datetime(row.expires_on) < clock.now():
		state, label = "expired", _("The invitation expired")
	return {
		"name": row.name,
		"email": row.email,
		"full_name": get_fullname(row.user) if row.user else "",
		"may_send": row.may_send,
		"state": state,
		"state_label": label,
		"since": format_datetime(row.accepted_on, "d MMMM yyyy") if row.accepted_on else "",
	}


def invite_colleague(application: str, email: str, may_send: int = 0) -> dict:
	"""Mails an invitation in the name of the applicant; {"mailed", "link", **listed}.

	The link is told to them too, to be handed over where the mail is lost: without the invited address it opens nothing.
	"""
	require_applicant(application)
	count("colleague", 30, 3600)
	values = {"application": application, "email": email, "may_send": cint(may_send)}
	doc = frappe.get_doc({"doctype": DOCTYPE, **values}).insert()
	return {"mailed": doc.flags.mailed, "link": doc.flags.link, **list_colleagues(application)}


def change_colleague(colleague: str, may_send: int) -> dict:
	"""The applicant gives or takes the leave to send; returns `list_colleagues`."""
	doc = frappe.get_doc(DOCTYPE, colleague)
	require_applicant(doc.application)
	# Not by saving: applicants have no write on these records, whose other fields are not theirs.
	doc.db_set("may_send", cint(bool(cint(may_send))))
	note(doc, _("Leave to send: {0}").format(_("Yes") if doc.may_send else _("No")))
	return list_colleagues(doc.application)


def revoke_colleague(colleague: str) -> dict:
	"""The applicant takes a colleague or an invitation back, or the colleague leaves; {} to who left."""
	doc = frappe.get_doc(DOCTYPE, colleague)
	left = doc.user == frappe.session.user
	if not left:
		require_applicant(doc.application)
	if not doc.revoked_on:
		# Not by saving: as above; the digest goes too, so that the link opens nothing.
		doc.db_set({"revoked_on": clock.now(), "token_digest": None})
		note(doc, _("The colleague left.") if left else _("Revoked by the applicant."))
	return {} if left else list_colleagues(doc.application)


def note(doc, text: str) -> None:
	doc.add_comment("Info", text)


def require_applicant(application: str) -> None:
	"""Refuse everybody but who began the application; the same words whether or not it is there."""
	if not colleagues.is_applicant(application, frappe.session.user):
		frappe.throw(
			_("Only who began an application decides who works at it."),
			NotYoursError,
			title=_("Not Permitted"),
		)


# -- the page of the link


def find(token: str):
	"""The open invitation of a token, or None: used, revoked, expired and invented ones look the same."""
	name = token and frappe.db.get_value(DOCTYPE, {"token_digest": tokens.make_digest(token)})
	doc = frappe.get_doc(DOCTYPE, name) if name else None
	return doc if doc and doc.is_open() else None


def get_state(doc) -> str:
	user = frappe.session.user
	if not doc:
		return UNKNOWN
	if user == "Guest":
		return LOGIN
	if doc.email not in {user.lower(), (frappe.db.get_value("User", user, "email") or "").lower()}:
		return OTHER
	return ASK if APPLICANT in frappe.get_roles(user) else NO_ROLE


def accept(doc) -> None:
	# Not by saving: who is invited may not write this record, and becomes its user by this step alone.
	doc.db_set({"user": frappe.session.user, "accepted_on": clock.now(), "token_digest": None})
	note(doc, _("The invitation was accepted by {0}.").format(frappe.session.user))


def page() -> tuple[str, int]:
	"""(HTML, status) of the link: GET shows a button to whom it is for, POST accepts."""
	count("invitation", 60, 600)
	token = str(frappe.form_dict.get("token") or "")[:200]
	doc = find(token)
	state = get_state(doc)
	if state == ASK and frappe.request.method == "POST":
		accept(doc)
		state = JOINED
	here = f"/{ROUTE}?token={quoted(token)}"
	title = call = ""
	if doc:
		title, call = frappe.db.get_value("RTC Application", doc.application, ("title", "call"))
		title, call = as_typed(title), frappe.get_cached_value("RTC Call", call, "title")
	html = frappe.render_template(
		TEMPLATE,
		{
			"title": _("Invitation to an Application"),
			"state": state,
			"token": token,
			"doc": doc,
			"project": title,
			"call": call,
			"inviter": get_fullname(doc.owner) if doc else "",
			"until": format_datetime(doc.expires_on, "d MMMM yyyy, HH:mm") if doc else "",
			"user": frappe.session.user,
			"csrf_token": get_csrf_token() if frappe.session.user != "Guest" else "",
			"login": f"/login?redirect-to={frappe.utils.quote(here, safe='')}",
			"closed": cint(frappe.get_website_settings("disable_signup")),
			"edit": f"/domanda/{quoted(doc.application)}/edit" if doc else "",
			"language": frappe.local.lang,
		},
	)
	return html, 404 if state == UNKNOWN else 200


PAGES = {ROUTE: page}
