"""What a list may be asked for: columns, a few functions of a column, and nothing else of SQL.

The snapshot looked for some words that are forbidden; here only what is known to be harmless passes, in fields, order,
group and filters alike."""

import re

import frappe
from frappe.model.db_query import DatabaseQuery

NAME = r"(?:`[\w -]+`|[A-Za-z_]\w*)"
COLUMN = rf"(?:{NAME}(?:\.(?:{NAME}|\*))?|\*|\d+)"
TEXT = r"'(?:[^'\\]|\\.|'')*'"
FUNCTION = r"(?:count|sum|avg|min|max|abs|date)"
PLAIN = rf"{FUNCTION}\(\s*(?:distinct\s+)?{COLUMN}\s*\)"
NESTED = rf"{FUNCTION}\(\s*{PLAIN}\s*\)"
#: core's own search asks where a text stands in a name
PLACE = rf"locate\({TEXT},\s*{COLUMN}\)"
VALUE = rf"(?:{NESTED}|{PLAIN}|{COLUMN})"
FIELD = re.compile(
	rf"\s*(?:distinct\s+)?(?:{VALUE}|{PLACE})(?:\s+(?:as\s+)?(?:{NAME}|'[\w -]+'))?\s*", re.IGNORECASE
)
ORDER = re.compile(rf"\s*{VALUE}(?:\s+(?:asc|desc))?\s*", re.IGNORECASE)
#: core's own list of roles asks for this one
FILTER = re.compile(rf"{NAME}|ifnull\({NAME}, ''\)", re.IGNORECASE)


class UnknownQueryError(frappe.ValidationError):
	pass


def refuse(part) -> None:
	frappe.throw(
		f"Not a column that can be asked for: {frappe.utils.escape_html(str(part)[:80])}", UnknownQueryError
	)


def check_field(field) -> None:
	if isinstance(field, str) and not FIELD.fullmatch(field):
		refuse(field)


def check_order(order) -> None:
	for part in filter(str.strip, (order or "").split(",")):
		if not ORDER.fullmatch(part):
			refuse(part)


def check_filter(condition) -> None:
	"""A condition is a list or a dict; a text would be taken as SQL."""
	if isinstance(condition, str):
		refuse(condition)
	if isinstance(condition, dict):
		name = next(iter(condition), "")
	else:
		name = condition[0 if len(condition) == 3 else 1] if len(condition) > 1 else ""
	if isinstance(name, str) and not FILTER.fullmatch(name):
		refuse(name)


def close() -> None:
	sanitize, order_by, conditions = (
		DatabaseQuery.sanitize_fields,
		DatabaseQuery.validate_order_by_and_group_by,
		DatabaseQuery.build_filter_conditions,
	)

	def sanitize_fields(self):
		for field in self.fields:
			check_field(field)
		return sanitize(self)

	def validate_order_by_and_group_by(self, parameters):
		check_order(parameters)
		return order_by(self, parameters)

	def build_filter_conditions(self, filters, *args, **kwargs):
		for condition in [filters] if isinstance(filters, dict) else filters or []:
			check_filter(condition)
		return conditions(self, filters, *args, **kwargs)

	DatabaseQuery.sanitize_fields = sanitize_fields
	DatabaseQuery.validate_order_by_and_group_by = validate_order_by_and_group_by
	DatabaseQuery.build_filter_conditions = build_filter_conditions
