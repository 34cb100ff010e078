"""The check of a member's signed form: run apart, kept with the member, shown on its form.

It helps the officer and decides nothing: what cannot be known is shown as unknown.
"""

import hashlib
import json
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import format_datetime, get_datetime

from rtc_conciliation.access import states
from rtc_conciliation.common import clock
from rtc_conciliation.common.files import child
from rtc_conciliation.common.files.answers import NO, UNKNOWN, YES
from rtc_conciliation.rules import person_names, tax_codes

DOCTYPE = "RTC Member"
FORM = "adhesion_form"
STATE, RESULT = "signature_state", "signature_result"
READER = "rtc_conciliation.common.files.signed_files:read"
PANEL = "rtc_conciliation/templates/common/signatures.html"
#: key of site_config.json: a PEM file of the certificates under which signers are trusted
ROOTS = "rtc_signature_roots"

NOT_SIGNED = "Not Signed"
BY_REPRESENTATIVE = "Intact, by the Legal Representative"
BY_ANOTHER = "Intact, by Another Person"
NOT_COMPARABLE = "Intact, Signer Not Comparable"
ALTERED = "Altered"
NOT_VERIFIABLE = "Not Verifiable"
AFTER_END = "Signed After the Certificate Ended"
BEFORE_BEGIN = "Signed Before the Certificate Began"


def check_signature(member: str) -> str:
	"""The button of the form: check now, return the state found."""
	frappe.get_doc(DOCTYPE, member).check_permission("write")
	states.guard_attachment(DOCTYPE, member)
	return check_member(member)


def check_in_background(member: str) -> None:
	"""A large file takes seconds: a job of its own, once what was written is stored."""
	frappe.enqueue(
		"rtc_conciliation.common.files.signatures.check_member",
		queue="short",
		enqueue_after_commit=True,
		member=member,
	)


def check_member(member: str) -> str:
	"""Read the form's file, keep what was found; returns the state, "" where there is no form."""
	doc = frappe.get_doc(DOCTYPE, member)
	found = check_document(doc) if doc.get(FORM) else None
	values = {
		RESULT: json.dumps(found, ensure_ascii=False, sort_keys=True) if found else None,
		STATE: get_state(found) if found else "",
	}
	doc.db_set(values, update_modified=False, notify=True)
	return values[STATE]


def check_document(doc) -> dict:
	"""What `signed_files.read` gives, with "same_code", "same_name" of each signer, "file" and "checked_on"."""
	found = compare_signers(
		read_signatures(get_content(doc)), doc.legal_representative_tax_code, doc.legal_representative
	)
	return {**found, "file": doc.get(FORM), "checked_on": str(clock.now())}


def compare_signers(found: dict, tax_code: str | None, name: str | None) -> dict:
	"""What `read_signatures` found, each signature with "same_code" and "same_name" as that representative."""
	for signature in found["signatures"]:
		signature["same_code"] = is_same_code(signature["tax_code"], tax_code)
		signature["same_name"] = is_same_name(signature["name"], name)
	return found


def read_signatures(content: bytes) -> dict:
	"""What `signed_files.read` gives; a file that is too heavy to be read is not readable."""
	try:
		return child.read(READER, content, child.SIGNATURES, roots=get_trusted_roots())
	except child.TooHeavyError:
		return {"digest": hashlib.sha256(content).hexdigest(), "readable": False, "signatures": []}


def get_content(doc) -> bytes:
	names = frappe.get_all(
		"File",
		filters={"file_url": doc.get(FORM), "attached_to_doctype": DOCTYPE, "attached_to_name": doc.name},
		pluck="name",
		limit=1,
	)
	if not names:
		return b""
	try:
		path = Path(frappe.get_doc("File", names[0]).get_full_path())
		return path.read_bytes()
	except OSError:
		return b""


def get_trusted_roots() -> list[str]:
	path = frappe.conf.get(ROOTS)
	if not path:
		return []
	try:
		text = Path(frappe.get_site_path(path)).read_text()
	except (OSError, UnicodeDecodeError):
		frappe.log_error(title=f"{ROOTS}: file not found")
		return []
	end = "-----END CERTIFICATE-----"
	return [part + end for part in text.split(end) if "-----BEGIN CERTIFICATE-----" in part]


def is_same_code(signer: str, representative: str | None) -> str:
	if not signer or not representative:
		return UNKNOWN
	return YES if tax_codes.normalise(signer) == tax_codes.normalise(representative) else NO


def is_same_name(signer: str, representative: str | None) -> str:
	said = {person_names.SAME: YES, person_names.DIFFERENT: NO, person_names.UNSURE: UNKNOWN}
	return said[person_names.compare(signer, representative)]


def get_state(found: dict) -> str:
	"""One word for the list: the worst of the signatures, then whether the representative is among the signers."""
	if not found["readable"]:
		return NOT_VERIFIABLE
	signatures = found["signatures"]
	if not signatures:
		return NOT_SIGNED
	for intact, state in ((NO, ALTERED), (UNKNOWN, NOT_VERIFIABLE)):
		if any(signature["intact"] == intact for signature in signatures):
			return state
	days = [get_validity(signature) for signature in signatures]
	for state in (AFTER_END, BEFORE_BEGIN):
		if state in days:
			return state
	signers = {describe_signer(signature) for signature in signatures}
	for state in (BY_REPRESENTATIVE, NOT_COMPARABLE):
		if state in signers:
			return state
	return BY_ANOTHER


def get_validity(signature: dict) -> str:
	"""AFTER_END or BEFORE_BEGIN of the certificate, by the day that the signer's computer says; else ""."""
	if not signature["signed_on"]:
		return ""
	signed = get_datetime(signature["signed_on"])
	if (end := signature["certificate_until"]) and signed > get_datetime(end):
		return AFTER_END
	if (begin := signature.get("certificate_from")) and signed < get_datetime(begin):
		return BEFORE_BEGIN
	return ""


def describe_signer(signature: dict) -> str:
	"""The codice fiscale decides; a name alone never says who it is, only that it is somebody else."""
	if signature["same_code"] == YES:
		return BY_REPRESENTATIVE
	if signature["same_code"] == NO or signature["same_name"] == NO:
		return BY_ANOTHER
	return NOT_COMPARABLE


def render_panel(doc) -> str:
	"""What was found, as HTML in the reader's language; "" without a form."""
	if not doc.get(FORM):
		return ""
	found = doc.get(RESULT)
	found = json.loads(found) if isinstance(found, str) else found
	if found and found.get("file") != doc.get(FORM):
		found = None
	return frappe.render_template(
		PANEL,
		{
			"found": found,
			"state": _(doc.get(STATE)) if doc.get(STATE) else "",
			"rows": [describe_signature(signature) for signature in found["signatures"]] if found else [],
			"checked_on": format_datetime(found["checked_on"], "d MMMM yyyy, HH:mm") if found else "",
		},
	)


def describe_signature(signature: dict) -> dict:
	intact = {
		YES: _("Yes: the file is as it was signed"),
		NO: _("No: it was changed after the signature"),
		UNKNOWN: _("Unknown: it could not be checked"),
	}
	trust = {
		YES: _("Issued under the roots of this site; revocation not checked"),
		NO: _("Not issued under the roots of this site"),
		UNKNOWN: _("Unknown: this site checks no certificates. Check it with a qualified service"),
	}
	same = {YES: _("Same as the legal representative's"), NO: _("Different from the legal representative's")}
	return {
		**signature,
		"intact_text": intact[signature["intact"]],
		"trust_text": trust[signature["trust"]],
		"code_text": same.get(signature["same_code"], _("Not comparable")),
		"name_text": same.get(signature["same_name"], _("Not comparable")),
		"signed_text": to_rome(signature["signed_on"]),
		"validity_text": _(get_validity(signature)) if get_validity(signature) else "",
		"until_text": to_rome(signature["certificate_until"]),
	}


def to_rome(text: str) -> str:
	"""An ISO time with its zone, as it was in Italy."""
	if not text:
		return ""
	when = get_datetime(text)
	when = when.astimezone(clock.ROME).replace(tzinfo=None) if when.tzinfo else when
	return format_datetime(when, "d MMMM yyyy, HH:mm")
