"""The code that takes the place of a natural person in what is published.

A codice fiscale can be guessed letter by letter, so its mere digest could be turned back by trying all of them. This
is keyed with the secret of the site (HMAC-SHA256): without it nobody can tell who a code is, nor whether two sites
mean the same person. It is kept in the row, and used again for the same person whatever becomes of the secret.
"""

import base64
import hashlib
import hmac

import frappe
from frappe.utils.password import get_encryption_key

from rtc_conciliation.rules import tax_codes

DOCTYPE = "RTC Transparency Entry"
BEGINNING = "PF-"
#: 60 bits: no two persons of a site share a code
LETTERS = 12
CONTEXT = b"rtc_conciliation transparency 1:"


def get_pseudonym(tax_code: str) -> str:
	"""For example PF-7GQ2KXW4M3BA; the same for the same person, however the tax code is written."""
	code = tax_codes.normalise(tax_code)
	kept = frappe.get_all(
		DOCTYPE, {"tax_code": code, "is_person": 1}, pluck="public_tax_code", order_by="creation asc", limit=1
	)
	return kept[0] if kept else make_code(code)


def make_code(code: str) -> str:
	digest = hmac.new(get_encryption_key().encode(), CONTEXT + code.encode(), hashlib.sha256).digest()
	return BEGINNING + base64.b32encode(digest).decode()[:LETTERS]
