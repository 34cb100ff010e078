"""The adhesion on paper: printed blank or with what was typed, and a first look at a signed one before it is sent.

Nothing of either is kept.
"""

import frappe
from frappe import _
from frappe.utils import get_url

from rtc_conciliation.common import ats, kept_names, programmes
from rtc_conciliation.common.files import signatures
from rtc_conciliation.common.italian import use_italian
from rtc_conciliation.common.papers import pdf
from rtc_conciliation.common.papers.print_data import make_header
from rtc_conciliation.common.papers.qr import draw_qr_picture
from rtc_conciliation.common.web import fields, page_cache
from rtc_conciliation.network import adhesion_form, deliberation
from rtc_conciliation.rules.plain_text import as_typed

ROUTE = "adesione/modulo.pdf"
TEMPLATE = "rtc_conciliation/templates/network/paper_form.html"
FILE_NAME = "modulo-adesione.pdf"
SECONDS = 600
#: characters of a value that a form can hold
LONGEST = 2000
GOOD, BAD, UNSURE = "good", "bad", ""


def get_blank() -> tuple[str | bytes, int]:
	programme = adhesion_form.get_asked_programme()
	if not programme:
		said = _("No programme is open to adhesions at the moment. Write to the health agency (ATS).")
		return page_cache.render_message(_("Join the Network"), [said]), 404
	return page_cache.get_or_render(
		f"paper form:{programme.name}", lambda: make_pdf(programme, {}), SECONDS
	), 200


def print_form(adhesion: dict | str) -> None:
	"""The form with what was typed, as the answer to the request; values are read as `send_adhesion` reads them."""
	values = adhesion_form.read_values(adhesion)
	wanted = str(values.get("programme") or "")
	name = programmes.get_active(wanted)
	if not name or (wanted and name != wanted):
		frappe.throw(
			_("The programme of this link takes no adhesions, or no longer."), title=_("Not accepted")
		)
	content = make_pdf(frappe.get_cached_doc("RTC Programme", name), values)
	frappe.local.response.update(
		{
			"type": "download",
			"filename": FILE_NAME,
			"filecontent": content,
			"content_type": "application/pdf",
			"display_content_as": "attachment",
		}
	)


def make_pdf(programme, values: dict) -> bytes:
	with use_italian():
		data = get_content(programme, values)
	return pdf.make(TEMPLATE, data)


def get_content(programme, values: dict) -> dict:
	page = get_url(programmes.get_address(programmes.JOIN, programme.name))
	member = frappe.new_doc(adhesion_form.DOCTYPE).update({"programme": programme.name})
	return {
		"title": _("Adhesion to the Network"),
		"number": _("Adhesion to the Network"),
		"header": make_header(kept_names.get_issuer_today(member)),
		"programme": programme.title,
		"legal_basis": programme.legal_basis or "",
		"act": deliberation.describe_act(programme).get("text", ""),
		"sections": list_sections(values),
		"email": programme.office_email or ats.get_contact(),
		"pec": programme.office_pec or "",
		"notice": adhesion_form.get_privacy_notice(programme),
		"page": page,
		"qr": draw_qr_picture(page, _("QR code of this page")),
	}


def list_sections(values: dict) -> list[dict]:
	"""[{"label", "rows": [{"label", "required", "value", "is_tick", "is_long"}]}] of the form as it stands on the site."""
	form = frappe.get_cached_doc("Web Form", adhesion_form.WEB_FORM)
	sections = [section for page in fields.get_pages(form) for section in page["sections"]]
	made = [{"label": one["label"], "rows": list_rows(one["fields"], values)} for one in sections]
	return [section for section in made if section["rows"]]


def list_rows(described: list[dict], values: dict) -> list[dict]:
	return [
		{
			"label": field["label"],
			"required": field["required"],
			"value": format_value(field, values.get(field["fieldname"])),
			"is_tick": field["kind"] == "check",
			"is_long": field["kind"] == "long",
		}
		for field in described
		if field["fieldname"] != "programme"
	]


def format_value(field: dict, value) -> str:
	if field["kind"] == "check":
		return "X" if value in (1, "1") else ""
	text = as_typed(str(value or ""))[:LONGEST]
	return _(text) if text and field["kind"] == "choice" else text


# -- checked at once


def check_form(adhesion: dict | str) -> dict:
	"""What the signed form in the request says of itself: {"kind": good, bad or "", "text"}; nothing is kept."""
	adhesion_form.validate_size()
	values = adhesion_form.read_values(adhesion)
	name, content = adhesion_form.read_signed_form()
	if not name:
		frappe.throw(_("Choose a file first."), title=_("No File"))
	found = signatures.compare_signers(
		signatures.read_signatures(content),
		str(values.get("legal_representative_tax_code") or ""),
		str(values.get("legal_representative") or ""),
	)
	return describe(signatures.get_state(found), found["signatures"])


def describe(state: str, found: list[dict]) -> dict:
	signers = ", ".join(one["name"] for one in found if one["name"]) or _(
		"somebody whom the file does not name"
	)
	said = {
		signatures.BY_REPRESENTATIVE: (
			GOOD,
			_("Signed by {0}, the legal representative written in this form. The file is as it was signed."),
		),
		signatures.NOT_COMPARABLE: (
			UNSURE,
			_(
				"Signed by {0}, and the file is as it was signed. Write the tax code of the legal representative in this form: then it can be seen whether it is the same person."
			),
		),
		signatures.BY_ANOTHER: (
			BAD,
			_(
				"Signed by {0}, who is not the legal representative written in this form. Correct the name or the tax code here, or have the form signed by that person."
			),
		),
		signatures.ALTERED: (
			BAD,
			_("The file was changed after {0} signed it. Sign it again and add it anew."),
		),
		signatures.AFTER_END: (
			BAD,
			_("Signed by {0} when the certificate had ended. Sign it with a valid certificate."),
		),
		signatures.BEFORE_BEGIN: (
			BAD,
			_("Signed by {0} before the certificate began. Sign it with a valid certificate."),
		),
		signatures.NOT_SIGNED: (
			UNSURE,
			_(
				"The file opens and carries no digital signature. That is right for a form signed by hand and scanned; otherwise sign it and add it anew."
			),
		),
		signatures.NOT_VERIFIABLE: (
			UNSURE,
			_("The signature cannot be checked here. You can send it all the same: the office looks at it."),
		),
	}
	kind, text = said[state]
	return {"kind": kind, "text": text.format(signers)}


PAGES = {ROUTE: get_blank}
