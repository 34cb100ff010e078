"""Checks that every record's controller makes on what came in, before core casts it.

Core turns the text "abc" in an amount into 0 and "1.234,56" into 1.23456 without a word; a value that
cannot be stored as it was written is refused here instead.
"""

import math
import re
from decimal import Decimal, InvalidOperation

import frappe
from frappe import _

from rtc_conciliation.rules.application.texts import DRAFT_MAXIMUM, count_characters
from rtc_conciliation.rules.numbers import is_ambiguous

NUMERIC = frozenset({"Currency", "Float", "Percent", "Int"})
LARGEST = {"Currency": Decimal("999999999.99"), "Int": Decimal(2**31 - 1)}
LARGEST_OTHER = Decimal("999999999999")


#: of text: no powers of ten, no other alphabet's digits
PLAIN_NUMBER = re.compile(r"[+-]?([0-9]{1,30}(\.[0-9]{0,30})?|\.[0-9]{1,30})")


class BadNumberError(frappe.ValidationError):
	pass


class TooLongError(frappe.ValidationError):
	pass


class TooManyRowsError(frappe.ValidationError):
	pass


def validate_numbers(doc) -> None:
	"""Refuse text, infinite and unstorable numbers in `doc` and its rows, all at once."""
	problems = [
		text
		for row in (doc, *doc.get_all_children())
		for df in row.meta.fields
		if df.fieldtype in NUMERIC and (text := find_number_problem(row, df))
	]
	if problems:
		frappe.throw(problems, BadNumberError, title=_("Check These Numbers"), as_list=True)


def find_number_problem(row, df) -> str | None:
	value = row.get(df.fieldname)
	if value is None or value == "" or isinstance(value, bool):
		return None
	if not is_unstorable(df, value):
		return None
	return f"{get_bold_label(row, df)}: {frappe.utils.escape_html(describe_number(df, str(value)[:40]))}"


def is_unstorable(df, value) -> bool:
	number = to_decimal(value)
	if number is None or abs(number) > LARGEST.get(df.fieldtype, LARGEST_OTHER):
		return True
	return df.fieldtype == "Int" and number != number.to_integral_value()


def describe_number(df, typed: str) -> str:
	"""What is wrong with `typed` in a field of numbers, and how it is written; not escaped."""
	number = to_decimal(typed)
	if number is None and is_ambiguous(typed):
		return tell_two_readings(typed)
	if number is None:
		return _("“{0}” is not a number that can be read. Write it like 1,234.56.").format(typed)
	if df.fieldtype == "Int" and number != number.to_integral_value():
		return _("“{0}” is not a whole number. Write it without decimals.").format(typed)
	return _("“{0}” is too large. The most is {1}.").format(
		typed, format_number(LARGEST.get(df.fieldtype, LARGEST_OTHER))
	)


def tell_two_readings(typed: str) -> str:
	"""Of "1,234": how to write the one and the other; not escaped."""
	said = _("“{0}” can be read in two ways. Write {1} for the whole number, or {2} for the decimals.")
	return said.format(typed, typed.replace(",", ""), f"{typed}0")


def validate_lengths(doc) -> None:
	"""Refuse texts that not even a draft keeps, all at once; what can be sent is shorter and the rules' affair."""
	problems = [text for row in (doc, *doc.get_all_children()) for text in find_long_texts(row).values()]
	if problems:
		frappe.throw(problems, TooLongError, title=_("Text Too Long"), as_list=True)


def find_long_texts(row) -> dict[str, str]:
	"""Field → how much too long its text is, HTML."""
	return {
		df.fieldname: _(
			"{0}: {1} characters are too many. The most that is kept is {2}; shorten the text."
		).format(get_bold_label(row, df), format_number(count), format_number(most))
		for df in row.meta.fields
		if (most := get_longest(df)) and (count := count_characters(row.get(df.fieldname))) > most
	}


def get_longest(df) -> int | None:
	"""Characters that a field keeps, None where core or the options see to it."""
	if df.read_only or df.hidden:
		return None
	if df.fieldtype in ("Text", "Small Text"):
		return DRAFT_MAXIMUM
	return df.length or 140 if df.fieldtype == "Data" else None


def format_number(number: int | Decimal) -> str:
	"""With the separators of the reader's language."""
	written = f"{number:,}"
	is_english = (frappe.local.lang or "").startswith("en")
	return written if is_english else written.translate({ord(","): ".", ord("."): ","})


def get_bold_label(row, df) -> str:
	label = frappe.bold(_(df.label))
	return _("Row #{0}: {1}").format(row.idx, label) if row.get("parentfield") else label


def to_decimal(value) -> Decimal | None:
	"""`value` as a finite Decimal, or None if it is not one as it stands."""
	if isinstance(value, float) and not math.isfinite(value):
		return None
	if isinstance(value, str):
		return Decimal(value.strip()) if PLAIN_NUMBER.fullmatch(value.strip()) else None
	try:
		number = Decimal(str(value))
	except InvalidOperation:
		return None
	return number if number.is_finite() else None


def validate_row_counts(doc, limits: dict[str, int]) -> None:
	"""Refuse tables longer than `limits` (table field → rows) before core looks at each row."""
	for fieldname, most in limits.items():
		rows = doc.get(fieldname) or []
		if len(rows) > most:
			frappe.throw(
				_("{0}: {1} rows are too many. The most is {2}; remove some and save again.").format(
					frappe.bold(_(doc.meta.get_label(fieldname))), len(rows), most
				),
				TooManyRowsError,
				title=_("Too Many Rows"),
			)


def disown_foreign_rows(doc) -> None:
	"""Rows that carry the name of a row of another record become new rows: core would move the other's away."""
	before = doc.get_doc_before_save()
	own = {(row.doctype, row.name) for row in before.get_all_children()} if before else set()
	for row in doc.get_all_children():
		if row.name and (row.doctype, row.name) not in own:
			row.name = None
			row.set("__islocal", 1)


class DeadLinkError(frappe.LinkValidationError):
	pass


def validate_links_fetched_from(doc) -> None:
	"""Refuse links to nothing that core does not notice: those from which another field is fetched."""
	problems = [
		_("{0}: {1} does not exist. Choose one from the list.").format(
			frappe.bold(_(df.label)), frappe.bold(frappe.utils.escape_html(str(doc.get(df.fieldname))))
		)
		for df in doc.meta.get_link_fields()
		if doc.get(df.fieldname)
		and doc.meta.get_fields_to_fetch(df.fieldname)
		and not frappe.db.exists(df.options, doc.get(df.fieldname))
	]
	if problems:
		frappe.throw(problems, DeadLinkError, title=_("Not Found"), as_list=True)


def validate_date_order(doc, *pairs: tuple[str, str]) -> None:
	"""Each pair of fields (from, to) must be in order when both are filled in."""
	problems = []
	for start, end in pairs:
		if (
			doc.get(start)
			and doc.get(end)
			and frappe.utils.get_datetime(doc.get(start)) > frappe.utils.get_datetime(doc.get(end))
		):
			problems.append(
				_("{0} ({1}) must not come after {2} ({3}).").format(
					frappe.bold(_(doc.meta.get_label(start))),
					doc.get_formatted(start),
					frappe.bold(_(doc.meta.get_label(end))),
					doc.get_formatted(end),
				)
			)
	if problems:
		frappe.throw(problems, title=_("Check These Dates"), as_list=True)


def require(doc, fieldname: str, message: str) -> None:
	"""Throw `message` under the field's label when the field is empty."""
	if not doc.get(fieldname):
		label = frappe.bold(_(doc.meta.get_label(fieldname)))
		frappe.throw(f"{label}: {message}", frappe.MandatoryError, title=_("Missing Field"))
