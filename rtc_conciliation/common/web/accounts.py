"""Core's methods that tell who has an account, let one begin what its roles do not allow, or keep a tag as markup.

`override_whitelisted_methods` of hooks.py puts these in their place; they are called by core's names.
"""

import json

import frappe
from frappe import _
from frappe.core.doctype.user import user as core
from frappe.desk import search
from frappe.desk.doctype.tag import tag as core_tags
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.website.doctype.web_form import web_form as core_form

from rtc_conciliation.access.roles import has_desk
from rtc_conciliation.access.sql import MODULE
from rtc_conciliation.common.rate_limits import limited
from rtc_conciliation.common.web.arguments import read_json, require_doctype
from rtc_conciliation.rules.plain_text import disarm

#: of one address; people of one office share it
SIGN_UPS = 30
WEB_FORMS = 300
HOUR = 60 * 60
TOO_MANY = 429


@frappe.whitelist(allow_guest=True, methods=["POST"])
@limited("sign-up", SIGN_UPS, HOUR)
def sign_up(email: str, full_name: str, redirect_to: str = "") -> tuple[int, str]:
	"""The same answer whether the address has an account or not; who has one gets the mail to set its password."""
	known = frappe.db.get_value("User", {"email": email}, ["name", "enabled"], as_dict=True)
	if not known or core.is_signup_disabled():
		core.sign_up(email, full_name, redirect_to)
	elif known.enabled:
		send_reset(known.name)
	frappe.local.response.pop("exc_type", None)
	if EmailAccount.find_outgoing():
		return 1, _("Please check your email for verification")
	return 2, _("Please ask your administrator to verify your sign-up")


@frappe.whitelist(allow_guest=True, methods=["POST"])
@limited("reset of a password", SIGN_UPS, HOUR)
def reset_password(user: str) -> None:
	"""The same answer for every name; core's limit by address stays."""
	send_reset(user, TOO_MANY)
	frappe.msgprint(
		_("If this address has an account, a mail with the instructions is on its way."),
		title=_("Password Email Sent"),
	)


def send_reset(user: str, told: int | None = None) -> None:
	"""Whatever core says of the account is not passed on; only an error of the status `told` is."""
	frappe.form_dict.user = user  # core's limit calls with what the request sent
	try:
		core.reset_password(user=user)
	except (frappe.OutgoingEmailError, frappe.ValidationError) as error:
		if told and getattr(error, "http_status_code", None) == told:
			raise
	frappe.clear_messages()
	for key in ("http_status_code", "exc_type"):
		frappe.local.response.pop(key, None)


@frappe.whitelist()
def get_names_for_mentions(search_term: str) -> list:
	return search.get_names_for_mentions(search_term) if has_desk(frappe.session.user) else []


@frappe.whitelist()
def user_query(
	doctype: str,
	txt: str,
	searchfield: str,
	start: int,
	page_len: int,
	filters: str | dict | list | None = None,
):
	require_desk()
	return core.user_query(doctype, txt, searchfield, start, page_len, frappe.parse_json(filters) or {})


@frappe.whitelist()
def search_link(
	doctype: str,
	txt: str,
	query: str | None = None,
	filters: str | dict | list | None = None,
	page_length: int = 10,
	searchfield: str | None = None,
	reference_doctype: str | None = None,
	ignore_user_permissions: bool = False,
	link_fieldname: str | None = None,
):
	guard_search(doctype, query)
	return frappe.call(search.search_link, **locals())


@frappe.whitelist()
def search_widget(
	doctype: str,
	txt: str,
	query: str | None = None,
	searchfield: str | None = None,
	start: int = 0,
	page_length: int = 10,
	filters: str | dict | list | None = None,
	filter_fields: str | list | None = None,
	as_dict: bool = False,
	reference_doctype: str | None = None,
	ignore_user_permissions: bool = False,
	link_fieldname: str | None = None,
):
	guard_search(doctype, query)
	return frappe.call(search.search_widget, **locals())


def guard_search(doctype: str, query: str | None) -> None:
	"""Without the desk nobody chooses a user, nor a method that searches."""
	if doctype == "User" or query:
		require_desk()


@frappe.whitelist()
def add_tag(tag: str, dt: str, dn: str, color: str | None = None) -> str:
	"""The desk shows tags as they are stored, inside attributes too."""
	require_desk()
	require_doctype(dt)
	frappe.get_doc(dt, dn).check_permission("read")
	return core_tags.add_tag(as_tag(tag), dt, dn)


@frappe.whitelist(methods=["POST"])
def add_tags(tags: str | list, dt: str, docs: str | list, color: str | None = None) -> None:
	for name in read_json(docs, list):
		for tag in read_json(tags, list):
			add_tag(str(tag), dt, str(name))


def as_tag(tag: str) -> str:
	return disarm(str(tag)).replace('"', "”")


def require_desk() -> None:
	if not has_desk(frappe.session.user):
		frappe.throw(_("This is for those who work in the desk."), frappe.PermissionError)


@frappe.whitelist(allow_guest=True, methods=["POST"])
@limited("web form", WEB_FORMS, HOUR)
def accept(web_form: str, data: str):
	"""Core saves a Web Form past all permissions. Ours: only for whom its record allows it. A guest is refused by core,
	and by the record of the adhesion, which has a method of its own."""
	form = frappe.get_cached_doc("Web Form", web_form)
	if form.module == MODULE and form.login_required and frappe.session.user != "Guest":
		require_permission(form, data)
	return frappe.call(core_form.accept, web_form=web_form, data=data)


def require_permission(form, data: str) -> None:
	sent = json.loads(data)
	name = sent.get("name") if isinstance(sent, dict) else None
	if not frappe.has_permission(form.doc_type, "write" if name else "create", doc=name or None):
		frappe.throw(
			_("This form is for those who apply. Ask the office for an account."), frappe.PermissionError
		)
