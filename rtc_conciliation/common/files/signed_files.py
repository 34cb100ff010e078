"""Signatures in a file: PAdES in a PDF (pyHanko), CAdES in a .p7m (asn1crypto). Pure: bytes in, plain data out.

Runs in the child (`common.files.child`), never in the web process. pyHanko takes half a second to be imported, which
a look at what a .p7m is need not wait for.

Says whether what was signed is still what is there, and whom the certificate names. Whether the certificate was
valid on that day is another question, which needs the trust list of the State: `get_trust` stays "unknown" unless
roots are given, and even then nothing is asked of the network.
"""

import asyncio
import base64
import hashlib
import io
import re
from collections.abc import Sequence
from datetime import datetime

from asn1crypto import cms, pem, x509

from rtc_conciliation.common.files import kinds, pdf_ends
from rtc_conciliation.common.files.answers import NO, UNKNOWN, YES
from rtc_conciliation.rules import tax_codes

PADES, CADES = "PAdES", "CAdES"
#: a p7m in a p7m in a p7m is as deep as offices go
DEEPEST = 4
#: asn1crypto's own reader of it takes hours over ten million short lines
ARMOUR = re.compile(rb"-----BEGIN [A-Z0-9 ]{1,40}-----([A-Za-z0-9+/=\s]+)-----END ")
BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]+")
#: where Italian certificates write the codice fiscale: serialNumber "TINIT-…" (ETSI EN 319 412-1), before 2016
#: "IT:…", and the dnQualifier or common name of older cards
CODE_FIELDS = ("serial_number", "dn_qualifier", "common_name")
PERSON_CODE = re.compile(r"(?<![A-Z0-9])[A-Z0-9]{16}(?![A-Z0-9])")


def read(content: bytes, roots: Sequence[str] = ()) -> dict:
	"""{"digest", "readable", "signatures": [signature]} of a file, innermost signatures last; never raises.

	A signature: {"kind", "intact", "trust" (yes, no or unknown), "name", "tax_code", "organisation", "issuer",
	"signed_on" (ISO, as the signer's computer says), "certificate_from", "certificate_until", "whole" (covers the file
	as it is, but for what pads it)}.
	`roots` are certificates (PEM) under which a signer is trusted.
	"""
	readable, signatures = open_file(content, 0)
	for signature in signatures:
		certificates = signature.pop("certificates")
		signature["trust"] = (
			get_trust(certificates, roots) if roots and signature["intact"] == YES else UNKNOWN
		)
	return {
		"digest": hashlib.sha256(content).hexdigest(),
		"readable": readable,
		"signatures": signatures,
	}


def open_file(content: bytes, depth: int) -> tuple[bool, list[dict]]:
	"""Can the file be opened, and the signatures in it and in what it wraps."""
	try:
		if kinds.from_pdf_header(content)[:5] == b"%PDF-":
			return True, read_pdf(content)
		signed = parse_signed_data(content)
		if signed is None:
			return False, []
		return True, read_p7m(signed, depth)
	except Exception:  # noqa: BLE001 (whatever a broken file makes of the parsers)
		return False, []


def is_p7m(content: bytes) -> bool:
	try:
		return parse_signed_data(content) is not None
	except Exception:  # noqa: BLE001 (whatever a broken file makes of the parsers)
		return False


def parse_signed_data(content: bytes) -> cms.SignedData | None:
	"""The CMS SignedData of a .p7m in DER, PEM or bare base64."""
	wrapped = cms.ContentInfo.load(decode(content))
	if wrapped["content_type"].native != "signed_data":
		return None
	return wrapped["content"]


def decode(content: bytes) -> bytes:
	"""What stands behind PEM or bare base64; anything else as it is."""
	content = content.lstrip(b"\xef\xbb\xbf\r\n\t ")
	try:
		if armour := ARMOUR.search(content):
			return base64.b64decode(armour[1])
		if content[:1] not in (b"\x30", b"%") and BASE64.fullmatch(content):
			return base64.b64decode(content)
	except ValueError:
		pass
	return content


# -- PDF


def read_pdf(content: bytes) -> list[dict]:
	"""As it is, or as it was before a printer's commands, a remark or padding came before or behind it."""
	try:
		return read_exact_pdf(content)
	except Exception:
		bare = pdf_ends.without_surroundings(content)
		if bare == content:
			raise
	found = read_exact_pdf(bare)
	if not pdf_ends.is_only_padded(content):  # whoever shows it may read more than was signed
		for signature in found:
			signature.update({"whole": False, "intact": UNKNOWN})
	return found


def read_exact_pdf(content: bytes) -> list[dict]:
	from pyhanko.pdf_utils.crypt import AuthStatus
	from pyhanko.pdf_utils.reader import PdfFileReader

	reader = PdfFileReader(io.BytesIO(content), strict=False)
	# "" opens what is only protected against changes
	if reader.encrypted and reader.decrypt("").status == AuthStatus.FAILED:
		raise ValueError("asks for a password")
	return [read_pdf_signature(embedded) for embedded in reader.embedded_regular_signatures]


def read_pdf_signature(embedded) -> dict:
	found = make_blank(PADES)
	try:
		found.update(get_names(embedded.signer_cert, embedded.signed_data))
		found["signed_on"] = format_moment(embedded.self_reported_timestamp)
		embedded.compute_integrity_info()
		summary = embedded.summarise_integrity_info()
		found["whole"] = summary["coverage"].name == "ENTIRE_FILE"
		found["intact"] = to_answer(
			get_integrity(embedded.signer_info, embedded.signer_cert, embedded.compute_digest())
			and bool(summary["docmdp_ok"])
		)
	except Exception:  # noqa: BLE001 (whatever a broken file makes of the parsers)
		pass  # what could be read stays; whether it is intact stays unknown
	return found


# -- .p7m


def read_p7m(signed: cms.SignedData, depth: int) -> list[dict]:
	payload = signed["encap_content_info"]["content"].native
	payload = payload if isinstance(payload, bytes) else None
	found = [read_signer(signer, signed, payload) for signer in signed["signer_infos"]]
	if payload and depth < DEEPEST:
		found += open_file(payload, depth + 1)[1]
	return found


def read_signer(signer: cms.SignerInfo, signed: cms.SignedData, payload: bytes | None) -> dict:
	from pyhanko.sign.validation.generic_cms import extract_self_reported_ts

	found = make_blank(CADES)
	try:
		certificate = get_certificate(signer, signed)
		if certificate is None:
			return found
		found.update(get_names(certificate, signed))
		found["signed_on"] = format_moment(extract_self_reported_ts(signer))
		if payload is not None:  # detached: what was signed is elsewhere
			digest = hashlib.new(signer["digest_algorithm"]["algorithm"].native, payload).digest()
			found["intact"] = to_answer(get_integrity(signer, certificate, digest))
			found["whole"] = True
	except Exception:  # noqa: BLE001 (whatever a broken file makes of the parsers)
		pass  # as above
	return found


def get_certificate(signer: cms.SignerInfo, signed: cms.SignedData) -> x509.Certificate | None:
	sid = signer["sid"].chosen
	for certificate in get_certificates(signed):
		if isinstance(sid, cms.IssuerAndSerialNumber):
			same = certificate.serial_number == sid["serial_number"].native
			if same and certificate.issuer == sid["issuer"]:
				return certificate
		elif certificate.key_identifier == sid.native:
			return certificate
	return None


# -- both


def make_blank(kind: str) -> dict:
	texts = dict.fromkeys(
		("name", "tax_code", "organisation", "issuer", "signed_on", "certificate_from", "certificate_until"),
		"",
	)
	return {"kind": kind, "intact": UNKNOWN, **texts, "whole": False, "certificates": []}


def get_integrity(signer: cms.SignerInfo, certificate: x509.Certificate, digest: bytes) -> bool:
	from pyhanko.sign.validation.generic_cms import validate_sig_integrity

	intact, valid = validate_sig_integrity(signer, certificate, "data", digest)
	return intact and valid


def to_answer(held: bool) -> str:
	return YES if held else NO


def get_certificates(signed: cms.SignedData) -> list[x509.Certificate]:
	return [choice.chosen for choice in signed["certificates"] if isinstance(choice.chosen, x509.Certificate)]


def get_names(certificate: x509.Certificate, signed: cms.SignedData) -> dict:
	subject = certificate.subject.native
	person = " ".join(
		part for part in (get_text(subject, "given_name"), get_text(subject, "surname")) if part
	)
	validity = certificate["tbs_certificate"]["validity"]
	others = [other for other in get_certificates(signed) if other.dump() != certificate.dump()]
	return {
		"name": person or get_text(subject, "common_name"),
		"tax_code": get_tax_code(subject),
		"organisation": get_text(subject, "organization_name"),
		"issuer": get_text(certificate.issuer.native, "common_name")
		or get_text(certificate.issuer.native, "organization_name"),
		"certificate_from": format_moment(validity["not_before"].native),
		"certificate_until": format_moment(validity["not_after"].native),
		"certificates": [certificate, *others],
	}


def get_tax_code(subject: dict) -> str:
	for field in CODE_FIELDS:
		for code in PERSON_CODE.findall(get_text(subject, field).upper()):
			if tax_codes.is_valid_person_code(code):
				return code
	return ""


def get_text(names: dict, field: str) -> str:
	value = names.get(field) or ""
	return " ".join(value) if isinstance(value, list) else str(value)


def format_moment(moment: datetime | None) -> str:
	return moment.isoformat() if moment else ""


def get_trust(certificates: list[x509.Certificate], roots: Sequence[str]) -> str:
	"""Does the signer's certificate, the first one, lead to one of `roots`? Revocation is not asked."""
	from pyhanko_certvalidator import CertificateValidator, ValidationContext

	try:
		known = [x509.Certificate.load(pem.unarmor(root.encode())[2]) for root in roots]
		context = ValidationContext(trust_roots=known, allow_fetching=False, revocation_mode="soft-fail")
		validator = CertificateValidator(
			certificates[0], intermediate_certs=certificates[1:], validation_context=context
		)
		asyncio.run(validator.async_validate_usage(set()))
	except Exception:  # noqa: BLE001 (whatever a broken file makes of the parsers)
		return NO
	return YES
