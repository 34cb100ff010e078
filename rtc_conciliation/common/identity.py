"""Tax codes and VAT numbers of a record, normalised when valid and refused when not."""

import frappe
from frappe import _
from frappe.utils import escape_html

from rtc_conciliation.rules import tax_codes as taxcodes


class TaxCodeError(frappe.ValidationError):
	pass


def set_codes(doc, *fieldnames: str) -> None:
	"""Write codes the one way in which they are compared; what is not valid stays as it was written."""
	for fieldname in fieldnames:
		value = doc.get(fieldname)
		if value and (taxcodes.is_valid_tax_code(value) or taxcodes.is_valid_vat(value)):
			doc.set(fieldname, taxcodes.normalise(value))


def validate_codes(doc, tax_codes: tuple[str, ...], vat_numbers: tuple[str, ...] = ()) -> None:
	if problems := find_wrong_codes(doc, tax_codes, vat_numbers):
		frappe.throw(list(problems.values()), TaxCodeError, title=_("Check These Codes"), as_list=True)


def find_wrong_codes(doc, tax_codes: tuple[str, ...], vat_numbers: tuple[str, ...] = ()) -> dict[str, str]:
	"""Field → why its code is not valid, HTML."""
	checks = [(fieldname, taxcodes.is_valid_tax_code) for fieldname in tax_codes]
	checks += [(fieldname, taxcodes.is_valid_vat) for fieldname in vat_numbers]
	return {
		fieldname: describe_code(doc, fieldname)
		for fieldname, is_valid in checks
		if doc.get(fieldname) and not is_valid(doc.get(fieldname))
	}


def get_shortened_message() -> str:
	"""With places for the label of the field and what is written there."""
	return _(
		"{0}: {1} is how a spreadsheet shortens a long number: its last digits are lost. Format the column as text, then write the number again."
	)


def describe_code(doc, fieldname: str) -> str:
	"""Why a code is not valid; what a spreadsheet did to it, where it shows."""
	code = doc.get(fieldname)
	label, written = frappe.bold(_(doc.meta.get_label(fieldname))), frappe.bold(escape_html(code))
	if taxcodes.is_shortened(code):
		said = get_shortened_message()
	elif restored := taxcodes.restore_zeros(code):
		said = _(
			"{0}: {1} lacks the zero at the beginning, which a spreadsheet takes away. Write {2} if that is the code, in a column formatted as text."
		)
		return said.format(label, written, frappe.bold(restored))
	else:
		said = _("{0}: {1} is not valid. Check the digits: the last one is computed from the others.")
	return said.format(label, written)
