"""The page with which an organisation joins the network, and what takes what it sends; no login."""

import frappe
from frappe import _
from frappe.utils import format_datetime

from rtc_conciliation.common import programmes
from rtc_conciliation.common.files import guard, limits, signatures, uploads
from rtc_conciliation.common.web import captcha, fields, page
from rtc_conciliation.common.web.field_problems import refuse_fields
from rtc_conciliation.common.web.retry import retry
from rtc_conciliation.common.web.statements import get_privacy_notice
from rtc_conciliation.network import adhesion_check, adhesion_confirmation, deliberation

WEB_FORM = "RTC Adhesion"
DOCTYPE = "RTC Member"
CLOSED = "rtc_conciliation/templates/network/closed.html"
#: of the signed form, in MB; smaller than what the site itself takes
LARGEST_FORM = limits.LARGEST // limits.MEGABYTE
#: for the other values of the same request
REST_OF_REQUEST = 256 * 1024


def show(context) -> None:
	programme = get_asked_programme()
	if not programme:
		context.asked = frappe.form_dict.get("programme")
		page.render_plain(context, CLOSED)
		return
	page.show_page(
		context,
		lambda: get_common_settings(context.doc),
		{
			"values": {"programme": programme.name},
			"programme": programme.title,
			"office_email": programme.office_email or "",
			"office_pec": programme.office_pec or "",
			"act": deliberation.describe_act(programme),
			"blank_form": f"/adesione/modulo.pdf?programme={frappe.utils.quote(programme.name)}",
			"office": programme.ats_name,
			"notice": get_privacy_notice(programme),
			"network": f"/rete?programme={frappe.utils.quote(programme.name)}",
		},
	)


def get_common_settings(form) -> dict:
	return {
		"form": "adhesion",
		"web_form": form.name,
		"doctype": form.doc_type,
		"title": _(form.title),
		"introduction": _(form.introduction_text),
		"button": _(form.button_label),
		"pages": fields.get_pages(form),
		"options": fields.get_shared_lists(),
		"largest_form": LARGEST_FORM,
	}


def send_adhesion(adhesion: dict | str, altcha: str = "", nickname: str = "") -> dict:
	"""Take an adhesion from the public form; open to all, so nothing is done before robots are refused.

	`adhesion`: values of the Web Form's fields, all else in it is ignored; `altcha`: a solved challenge;
	`nickname`: a field that no person sees. The signed form is the file `form` of the same request.
	Returns the receipt: {"number", "organisation_name", "received_on", "email", "pec", "form", "mailed"}.
	"""
	validate_size()
	captcha.require_empty(nickname)
	captcha.require_solution(altcha)
	values = read_values(adhesion)
	name, content = read_signed_form()
	return retry(lambda: store_adhesion(values, name, content))


def store_adhesion(values: dict, name: str, content: bytes) -> dict:
	doc = insert_member(values)
	if name:
		attach_form(doc, name, content)
	mailed = adhesion_confirmation.ask(doc)
	return {
		"number": doc.name,
		"organisation_name": doc.organisation_name,
		"received_on": format_datetime(doc.received_on, "d MMMM yyyy, HH:mm:ss"),
		"email": doc.email,
		"pec": doc.pec,
		"form": name or "",
		"mailed": mailed,
	}


def validate_size() -> None:
	"""By what the request says of itself, before its file is read."""
	length = (frappe.request.content_length if frappe.request else 0) or 0
	if length > LARGEST_FORM * 1024 * 1024 + REST_OF_REQUEST:
		frappe.throw(
			_("The signed form is too large. The most is {0} MB: scan it with fewer dots or in grey.").format(
				LARGEST_FORM
			),
			limits.FileSizeError,
			title=_("Too large"),
		)


def read_values(sent: dict | str) -> dict:
	"""The values of the Web Form's own fields, its only allow-list."""
	values = fields.parse_sent_values(sent)
	if values is None:
		frappe.throw(_("The form did not arrive whole. Reload the page and send it again."))
	asked = {row.fieldname for row in get_form().web_form_fields}
	return {
		key: value
		for key, value in values.items()
		if key in asked and isinstance(value, str | int) and value != ""
	}


def get_form():
	return frappe.get_cached_doc("Web Form", WEB_FORM)


def read_signed_form() -> tuple[str, bytes]:
	"""Name and content of the request's file, ("", b"") without one."""
	sent = frappe.request.files.get("form") if frappe.request else None
	if not sent or not sent.filename:
		return "", b""
	content = sent.stream.read(limits.LARGEST + 1)
	limits.validate_size(guard.bold_name(sent.filename), len(content))
	uploads.validate_signed_form(sent.filename, content)
	return sent.filename, content


def insert_member(values: dict):
	"""The new member. No guest may create one: this form may, once it knows that no robot fills it in.

	With a permission of the role Guest core's own REST would take one from anybody, past the captcha and the list of
	fields; as another user it would be made with all that they may do, and in their name.
	"""
	frappe.flags.in_web_form = True
	doc = frappe.new_doc(DOCTYPE)
	doc.update(values)
	doc.flags.from_public_form = True
	refuse_fields(adhesion_check.find_problems(doc, get_form().web_form_fields))
	return doc.insert(ignore_permissions=True)


def attach_form(doc, filename: str, content: bytes) -> None:
	"""Keep the signed form privately with `doc`; the upload of guests stays off everywhere else."""
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": filename,
			"content": content,
			"is_private": 1,
			"attached_to_doctype": DOCTYPE,
			"attached_to_name": doc.name,
			"attached_to_field": signatures.FORM,
		}
	)
	file.insert(ignore_permissions=True)
	doc.db_set(signatures.FORM, file.file_url, update_modified=False)
	signatures.check_in_background(doc.name)


def get_asked_programme():
	"""The programme that the address asks for, without one that which started last; None if it is not active."""
	wanted = frappe.form_dict.get("programme")
	programme = programmes.get_active(wanted)
	if not programme or (wanted and programme != wanted):
		return None  # nobody joins another one unawares
	return frappe.get_cached_doc("RTC Programme", programme)


FORMS = {WEB_FORM: show}
