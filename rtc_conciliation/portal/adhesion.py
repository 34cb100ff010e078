"""The page with which an organisation joins the network, and what takes what it sends; no login."""

import frappe
from frappe import _
from frappe.utils import format_datetime

from rtc_conciliation.common.web.retry import begin_anew
from rtc_conciliation.portal import captcha, confirmation, fields, page, uploads
from rtc_conciliation.portal.limits import limited, limited_success
from rtc_conciliation.records import file_limits, programmes, signatures

WEB_FORM = "RTC Adhesion"
DOCTYPE = "RTC Member"
CLOSED = "rtc_conciliation/templates/web_form/closed.html"
#: of the signed form, in MB; smaller than what the site itself takes
LARGEST_FORM = file_limits.LARGEST // file_limits.MEGABYTE
#: for the other values of the same request
REST_OF_REQUEST = 256 * 1024


def show(context) -> None:
	programme = asked_programme()
	if not programme:
		context.asked = frappe.form_dict.get("programme")
		page.plain(context, CLOSED)
		return
	page.show(
		context,
		lambda: common(context.doc),
		{
			"values": {"programme": programme.name},
			"programme": programme.title,
			"office_email": programme.office_email or "",
			"office": programme.ats_name,
			"notice": privacy_notice(programme),
			"network": f"/rete?programme={frappe.utils.quote(programme.name)}",
		},
	)


def common(form) -> dict:
	return {
		"form": "adhesion",
		"web_form": form.name,
		"doctype": form.doc_type,
		"title": _(form.title),
		"introduction": _(form.introduction_text),
		"button": _(form.button_label),
		"pages": fields.pages(form),
		"options": fields.shared_lists(),
		"largest_form": LARGEST_FORM,
	}


@frappe.whitelist(allow_guest=True, methods=["POST"])
@limited("attempts at an adhesion", 200, 60 * 60)
@limited_success("adhesion", 10)
@limited_success("adhesion of the day", 200, 24 * 60 * 60)
def send(adhesion: dict | str, altcha: str = "", nickname: str = "") -> dict:
	"""Take an adhesion from the public form; open to all, so nothing is done before robots are refused.

	`adhesion`: values of the Web Form's fields, all else in it is ignored; `altcha`: a solved challenge;
	`nickname`: a field that no person sees. The signed form is the file `form` of the same request.
	Returns the receipt: {"number", "organisation_name", "received_on", "email", "pec", "form", "mailed"}.
	"""
	validate_size()
	captcha.require_empty(nickname)
	captcha.require_solution(altcha)
	values = asked_values(adhesion)
	name, content = signed_form()
	return begin_anew(lambda: keep(values, name, content))


def keep(values: dict, name: str, content: bytes) -> dict:
	doc = receive(values)
	if name:
		attach(doc, name, content)
	mailed = confirmation.ask(doc)
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
			uploads.FileSizeError,
			title=_("Too large"),
		)


def asked_values(sent: dict | str) -> dict:
	"""The values of the Web Form's own fields, its only allow-list."""
	values = fields.sent_values(sent)
	if values is None:
		frappe.throw(_("The form did not arrive whole. Reload the page and send it again."))
	asked = {row.fieldname for row in frappe.get_cached_doc("Web Form", WEB_FORM).web_form_fields}
	return {
		key: value
		for key, value in values.items()
		if key in asked and isinstance(value, str | int) and value != ""
	}


def signed_form() -> tuple[str, bytes]:
	"""Name and content of the request's file, ("", b"") without one."""
	sent = frappe.request.files.get("form") if frappe.request else None
	if not sent or not sent.filename:
		return "", b""
	content = sent.stream.read(file_limits.LARGEST + 1)
	file_limits.validate_size(uploads.shown(sent.filename), len(content))
	uploads.validate_signed_form(sent.filename, content)
	return sent.filename, content


def receive(values: dict):
	"""The new member. No guest may create one: this form may, once it knows that no robot fills it in.

	With a permission of the role Guest core's own REST would take one from anybody, past the captcha and the list of
	fields; as another user it would be made with all that he may do, and in his name.
	"""
	frappe.flags.in_web_form = True
	doc = frappe.new_doc(DOCTYPE)
	doc.update(values)
	doc.flags.from_public_form = True
	return doc.insert(ignore_permissions=True)


def attach(doc, filename: str, content: bytes) -> None:
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
	signatures.check_later(doc.name)


def asked_programme():
	"""The programme that the address asks for, without one that which started last; None if it is not active."""
	wanted = frappe.form_dict.get("programme")
	programme = programmes.active(wanted)
	if not programme or (wanted and programme != wanted):
		return None  # nobody joins another one unawares
	return frappe.get_cached_doc("RTC Programme", programme)


def privacy_notice(programme) -> dict:
	"""Title and paragraphs of the notice in plain words (Regulation (EU) 2016/679, art. 13)."""
	names = {
		"ats": programme.ats_name,
		"contact": programme.office_pec or programme.office_email or programme.ats_name,
	}
	texts = (
		_("{ats} is the controller of the data that you write in this form."),
		_(
			"They are used only to examine the adhesion and to run the network, as a task in the public interest "
			"(Regulation (EU) 2016/679, art. 6 par. 1 lett. e)."
		),
		_(
			"The name, type and territory of the organisation are published in the list of members and in the Plan "
			"sent to the Region. Names and contacts of people are not published."
		),
		_(
			"The data are kept as long as the rules on public archives require, and nobody sells them or profiles with them."
		),
		_("You can ask to see, correct or erase them, or complain to the Garante. Write to {contact}."),
	)
	return {
		"title": _("Privacy notice, version {0}").format(programme.privacy_notice_version or "1"),
		"paragraphs": [text.format(**names) for text in texts],
	}
