"""Signed forms: what is found in them, and what is kept with the member. The tests sign with keys of their own."""

import base64
import html
import random
from pathlib import Path

import frappe
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs7

from rtc_conciliation.common.files import signatures, signed_files
from rtc_conciliation.common.files.answers import NO, UNKNOWN, YES
from tests.site import factories, signing
from tests.site.factories import AUDITOR, OFFICER
from tests.site.signing import ADA_CODE, BRUNO_CODE, Signer, blank_pdf

CASES = Path(__file__).resolve().parents[2] / "cases"


@pytest.fixture(scope="module")
def ada():
	return Signer("Ada", "Prova", ADA_CODE)


@pytest.fixture(scope="module")
def bruno(ada):
	return Signer("Bruno", "Prova", BRUNO_CODE, issuer=ada)


@pytest.fixture(scope="module")
def signed(ada):
	return ada.sign_pdf(blank_pdf())


def one(content: bytes, **options) -> dict:
	found = signed_files.read(content, **options)
	assert found["readable"]
	assert len(found["signatures"]) == 1
	return found["signatures"][0]


def test_signed_pdf_names_its_signer(signed):
	found = one(signed)
	assert (found["kind"], found["intact"], found["trust"]) == ("PAdES", YES, UNKNOWN)
	assert (found["name"], found["tax_code"]) == ("Ada Prova", ADA_CODE)
	assert found["whole"] and found["signed_on"] and found["certificate_until"]


def test_altered_pdf_is_not_intact(signed):
	place = signed.index(b"595")
	assert one(signed[:place] + b"596" + signed[place + 3 :])["intact"] == NO


def test_page_added_after_the_signature_is_not_intact(signed):
	found = one(signing.with_another_page(signed))
	assert (found["intact"], found["whole"]) == (NO, False)


@pytest.mark.parametrize("name", ["owner_protected_signed.pdf", "signed_nul_padded.pdf"])
def test_what_readers_open_is_verified(name):
	"""Protected against changes only, and padded behind its end."""
	found = one((CASES / name).read_bytes())
	assert (found["intact"], found["whole"], found["name"]) == (YES, True, "Ada Prova")


@pytest.mark.parametrize(
	("before", "behind", "intact"),
	[
		(b"\x1b%-12345X@PJL ENTER LANGUAGE=PDF\r\n", b"", YES),
		(b"\xef\xbb\xbf\r\n", b"", YES),
		(b"", b"\0" * 4096, YES),
		(b"", b" " * 4096, YES),
		(b"", b"% a remark\n%%EOF\n" + b"%" * 2000, UNKNOWN),
	],
	ids=["printer", "mark", "zeros", "blanks", "remark"],
)
def test_what_stands_round_a_signed_pdf_does_not_hide_the_signature(signed, before, behind, intact):
	found = one(before + signed + behind)
	assert (found["intact"], found["whole"]) == (intact, intact == YES)


def test_a_pdf_with_an_opening_password_is_not_readable():
	assert not signed_files.read((CASES / "user_password.pdf").read_bytes())["readable"]


def test_two_sign_one_after_the_other(signed, bruno):
	found = signed_files.read(bruno.sign_pdf(signed, field="Seconda"))["signatures"]
	assert [(row["intact"], row["tax_code"]) for row in found] == [(YES, ADA_CODE), (YES, BRUNO_CODE)]


@pytest.mark.parametrize("encoding", ["der", "pem", "base64"])
def test_p7m_in_each_way_of_writing_it(ada, encoding):
	content = ada.sign_p7m(blank_pdf())
	if encoding == "pem":
		content = ada.sign_p7m(blank_pdf(), serialization.Encoding.PEM)
	elif encoding == "base64":
		content = base64.encodebytes(content)
	found = one(content)
	assert (found["kind"], found["intact"], found["tax_code"]) == ("CAdES", YES, ADA_CODE)


def test_altered_p7m_is_not_intact(ada):
	content = ada.sign_p7m(b"Aderisce alla rete con tutte le forze.")
	assert one(content.replace(b"con tutte", b"con poche"))["intact"] == NO


def test_nested_p7m_shows_every_signer(ada, bruno, signed):
	found = signed_files.read(bruno.sign_p7m(ada.sign_p7m(signed)))["signatures"]
	assert [row["kind"] for row in found] == ["CAdES", "CAdES", "PAdES"]
	assert [row["tax_code"] for row in found] == [BRUNO_CODE, ADA_CODE, ADA_CODE]
	assert {row["intact"] for row in found} == {YES}


def test_detached_p7m_is_unknown(ada):
	content = ada.sign_p7m(b"altrove", options=[pkcs7.PKCS7Options.DetachedSignature])
	assert one(content)["intact"] == UNKNOWN


def test_trust_is_unknown_without_roots_and_told_with_them(ada, bruno):
	content = bruno.sign_p7m(blank_pdf())
	assert one(content)["trust"] == UNKNOWN
	assert one(content, roots=(ada.pem.decode(),))["trust"] == YES
	assert one(content, roots=(Signer("Carla", "Altra").pem.decode(),))["trust"] == NO
	altered = content.replace(b"/Count 1", b"/Count 2")
	assert one(altered, roots=(ada.pem.decode(),))["trust"] == UNKNOWN


def test_garbage_is_never_an_error(signed, ada):
	chance = random.Random(7)
	p7m = ada.sign_p7m(b"testo")
	pieces = [
		b"",
		b"%PDF-",
		b"\x30",
		b"MIIB",
		b"0" * 5000,
		signed[:700],
		p7m[:300],
		b"%PDF-1.7\n%%EOF",
		b"\x30\x80" * 999,
	]
	for source in (signed, p7m):
		for _turn in range(25):
			broken = bytearray(source)
			for _place in range(8):
				broken[chance.randrange(len(broken))] = chance.randrange(256)
			pieces.append(bytes(broken))
	for content in pieces:
		found = signed_files.read(content)
		assert set(found) == {"digest", "readable", "signatures"}
		assert {row["intact"] for row in found["signatures"]} <= {YES, NO, UNKNOWN}


def test_unsigned_pdf_has_no_signatures():
	assert signed_files.read(blank_pdf()) | {"digest": ""} == {
		"digest": "",
		"readable": True,
		"signatures": [],
	}


@pytest.mark.parametrize(
	("signer", "representative", "same"),
	[
		("ADA PROVA", "dott.ssa Ada Pròva", YES),
		("Prova Ada Maria", "Ada Prova", YES),
		("Bruno Prova", "Ada Prova", NO),
		("Prova", "Ada Prova", NO),
		("", "Ada Prova", UNKNOWN),
	],
)
def test_names_are_compared_loosely(signer, representative, same):
	assert signatures.is_same_name(signer, representative) == same


def with_form(content: bytes, name: str = "adesione.pdf", **values):
	member = factories.member(**values)
	with factories.acting(OFFICER):
		file = frappe.get_doc(
			{
				"doctype": "File",
				"file_name": name,
				"content": content,
				"is_private": 1,
				"attached_to_doctype": member.doctype,
				"attached_to_name": member.name,
			}
		)
		file.flags.made_here = True  # as of before contents were checked
		file.insert()
		member.adhesion_form = file.file_url
		member.save()
	return member.reload() or member


REPRESENTATIVE = {"legal_representative": "Ada Prova", "legal_representative_tax_code": ADA_CODE}


@pytest.mark.parametrize(
	("make", "values", "state"),
	[
		(lambda ada, bruno: ada.sign_pdf(blank_pdf()), REPRESENTATIVE, signatures.BY_REPRESENTATIVE),
		(lambda ada, bruno: bruno.sign_pdf(blank_pdf()), REPRESENTATIVE, signatures.BY_ANOTHER),
		(
			lambda ada, bruno: ada.sign_pdf(blank_pdf()),
			{"legal_representative": "Ada Prova"},
			signatures.NOT_COMPARABLE,
		),
		(lambda ada, bruno: blank_pdf(), REPRESENTATIVE, signatures.NOT_SIGNED),
		(
			lambda ada, bruno: ada.sign_pdf(blank_pdf()).replace(b"595", b"596", 1),
			REPRESENTATIVE,
			signatures.ALTERED,
		),
		(lambda ada, bruno: b"%PDF- non e' vero", REPRESENTATIVE, signatures.NOT_VERIFIABLE),
		(
			lambda ada, bruno: (CASES / "expired_certificate.pdf").read_bytes(),
			REPRESENTATIVE,
			signatures.AFTER_END,
		),
		(
			lambda ada, bruno: Signer("Ada", "Prova", ADA_CODE, begins_in=5).sign_pdf(blank_pdf()),
			REPRESENTATIVE,
			signatures.BEFORE_BEGIN,
		),
		(
			lambda ada, bruno: Signer("Ada", "Prova", ADA_CODE, begins_in=-500).sign_p7m(b"testo"),
			REPRESENTATIVE,
			signatures.AFTER_END,
		),
	],
	ids=(
		"representative,another,not comparable,not signed,altered,garbage,certificate ended,not begun,ended p7m"
	).split(","),
)
def test_member_keeps_what_was_found(ada, bruno, make, values, state):
	member = with_form(make(ada, bruno), **values)
	with factories.acting(OFFICER):
		assert signatures.check_signature(member.name) == state
	member.reload()
	assert member.signature_state == state
	shown = signatures.render_panel(member)
	assert frappe._(state) in html.unescape(shown)
	if state in (signatures.BY_REPRESENTATIVE, signatures.BY_ANOTHER):
		assert "Sconosciuta" in shown and "valida" not in shown.lower().replace("valida fino", "")


def test_a_new_file_makes_the_old_result_go(ada):
	member = with_form(ada.sign_pdf(blank_pdf()), **REPRESENTATIVE)
	signatures.check_member(member.name)
	with factories.acting(OFFICER):
		member.reload()
		member.adhesion_form = None
		member.save()
	assert not member.signature_state and not signatures.render_panel(member)
	assert signatures.check_member(member.name) == ""


def test_nobody_writes_the_result_by_hand():
	member = factories.member()
	with factories.acting(OFFICER):
		member.update({"signature_state": signatures.BY_REPRESENTATIVE, "email_confirmed_on": "2026-01-01"})
		member.save()
	member.reload()
	assert not member.signature_state and not member.email_confirmed_on


def test_who_only_reads_starts_no_check(ada):
	member = with_form(ada.sign_pdf(blank_pdf()))
	with factories.acting(AUDITOR), pytest.raises(frappe.PermissionError):
		signatures.check_signature(member.name)


def test_names_from_a_certificate_are_escaped():
	script = Signer("<script>alert(1)</script>", "<b>Prova</b>")
	member = with_form(script.sign_p7m(b"testo"), "adesione.pdf.p7m", **REPRESENTATIVE)
	signatures.check_member(member.name)
	shown = signatures.render_panel(member.reload() or member)
	assert "<script>" not in shown and "&lt;script&gt;" in shown
