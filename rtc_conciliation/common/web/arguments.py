"""What a request brings, before any method sees it: text that can be stored, and all that our methods need.

Core answers both with an error of the server. Dates and filters of our own methods are read here too.
"""

import inspect
import re
from collections.abc import Iterator
from datetime import date, datetime

import frappe
from frappe import _
from frappe.modules.utils import load_doctype_module
from frappe.utils import escape_html

from rtc_conciliation.rules import values

METHODS = ("/api/method/", "/api/v1/method/", "/api/v2/method/")
OURS = "rtc_conciliation."
#: brackets in brackets; Python reads a thousand
DEEPEST = 200
BRACKETS = re.compile(r"[\[\]{}]")
COMPARISONS = (
	"=",
	"!=",
	"<",
	">",
	"<=",
	">=",
	"like",
	"not like",
	"in",
	"not in",
	"is",
	"between",
	"timespan",
)


class BadTextError(frappe.ValidationError):
	pass


class MissingValueError(frappe.ValidationError):
	pass


class BadDateError(frappe.ValidationError):
	pass


class BadFilterError(frappe.ValidationError):
	pass


def guard_request() -> None:
	"""`before_request`."""
	given = frappe.local.form_dict
	if not can_be_stored(given):
		frappe.throw(
			_("A text holds half a character that no program can keep. Write that text again and send it."),
			BadTextError,
			title=_("Check These Texts"),
		)
	if is_too_deep(given) or names_inner(given):
		refuse_unreadable()
	method = asked_method()
	if method and "doctype" in given:
		require_doctype(given["doctype"])
	if missing := [name for name in needed(method) if name not in given]:
		frappe.throw(
			_("What was sent is not complete ({0} is missing). Reload the page and try again.").format(
				", ".join(missing)
			),
			MissingValueError,
			title=_("Not Complete"),
		)


def texts_of(given) -> Iterator[str]:
	"""Every text, at any depth."""
	waiting = [given]
	while waiting:
		one = waiting.pop()
		if isinstance(one, dict):
			waiting += [*one.keys(), *one.values()]
		elif isinstance(one, list):
			waiting += one
		elif isinstance(one, str):
			yield one


def can_be_stored(given) -> bool:
	"""No half of a surrogate pair in any text."""
	for text in texts_of(given):
		try:
			text.isascii() or text.encode()
		except UnicodeEncodeError:
			return False
	return True


def is_too_deep(given) -> bool:
	"""Does any text hold brackets in brackets that no reader of JSON comes to the end of?"""
	return any(
		text.count("[") + text.count("{") > DEEPEST and depth_of(text) > DEEPEST for text in texts_of(given)
	)


def names_inner(record: dict) -> bool:
	"""Does it name what belongs to Python (`__class__`)? Core sets whatever a record names on its object."""
	return any(name.startswith("__") and name.endswith("__") for name in record if isinstance(name, str))


def depth_of(text: str) -> int:
	depth = deepest = 0
	for bracket in BRACKETS.findall(text):
		depth = depth + 1 if bracket in "[{" else max(depth - 1, 0)
		deepest = max(deepest, depth)
	return deepest


def require_doctype(name) -> None:
	"""Core imports a module of that name before it finds that there is none."""
	if not isinstance(name, str) or not frappe.db.exists("DocType", {"name": name}):
		frappe.throw(
			_("There is no kind of record {0}.").format(frappe.bold(escape_html(str(name)[:140]))),
			frappe.DoesNotExistError,
			title=_("Not Found"),
		)


def require_record(sent: str) -> None:
	"""JSON of one record, of a kind that there is."""
	record = read_json(sent, dict)
	if names_inner(record):
		refuse_unreadable()
	require_doctype(record.get("doctype"))


def read_json(sent, *kinds: type):
	"""What a request sends as a value of one of these kinds, or as the JSON of one."""
	try:
		found = frappe.parse_json(sent)
	except (ValueError, RecursionError):
		found = None
	if not isinstance(found, kinds):
		refuse_unreadable()
	return found


def refuse_unreadable() -> None:
	frappe.throw(
		_("What was sent cannot be read. Reload the page and try again."),
		BadTextError,
		title=_("Not Understood"),
	)


def asked_method() -> str:
	"""The method of ours that the request calls, "" for any other."""
	name = next(reversed(get_called_names()), "")
	name = frappe.get_hooks("override_whitelisted_methods", {}).get(name, [name])[-1]
	return name if name.startswith(OURS) else ""


def get_called_names() -> list[str]:
	"""Each name by which core may look for the method that this request calls: `cmd`, and that of its path, which core prefers, after it."""
	names = [str(frappe.local.form_dict.get("cmd") or "")]
	path = frappe.request.path
	for beginning in METHODS:
		if path.startswith(beginning):
			names += read_path(path.removeprefix(beginning))
	return [name for name in names if "." in name]


def read_path(rest: str) -> list[str]:
	"""`<method>`, or of version 2 `<DocType>/<method>` too; core ignores what follows a method in version 1."""
	first, _slash, second = rest.strip("/").partition("/")
	names = [first]
	if second and frappe.db.exists("DocType", {"name": first}):
		names.append(f"{load_doctype_module(first).__name__}.{second}")
	return names


def needed(method: str) -> list[str]:
	"""The parameters that a call of it cannot do without; of what is no method core says so itself."""
	if not method:
		return []
	try:
		function = frappe.get_attr(method)
	except Exception:  # noqa: BLE001 (a name that leads nowhere is core's to refuse)
		return []
	if function not in frappe.whitelisted:
		return []
	parameters = inspect.signature(function).parameters.values()
	return [
		one.name for one in parameters if one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD
	]


def read_day(text: str) -> date:
	"""BadDateError for what is no day."""
	found = values.to_day(text)
	if found is None:
		refuse_date(text)
	return found


def read_moment(text: str) -> datetime:
	"""In Italy's time; BadDateError for what is none."""
	found = values.to_moment(text)
	if found is None:
		refuse_date(text)
	return values.to_rome(found)


def refuse_date(text: str) -> None:
	frappe.throw(
		_("{0} is not a date. Write it as year, month and day, for example 2026-10-08.").format(
			frappe.bold(escape_html(str(text)[:40]))
		),
		BadDateError,
		title=_("Check These Dates"),
	)


def read_filters(doctype: str, sent: str | list | None) -> list[list]:
	"""Filters on the record's own fields, as a list view sends them; BadFilterError for any other."""
	try:
		filters = frappe.parse_json(sent) if sent else []
	except (ValueError, RecursionError):
		filters = None
	if not isinstance(filters, list) or not all(is_filter(doctype, one) for one in filters):
		frappe.throw(
			_("The filters cannot be read. Take them away and set them again."),
			BadFilterError,
			title=_("Not Understood"),
		)
	return filters


def is_filter(doctype: str, one) -> bool:
	"""[doctype, field, comparison, value] or without the first; some views add whether it is hidden."""
	if not isinstance(one, list) or len(one) not in (3, 4, 5):
		return False
	field, comparison = one[1:3] if len(one) > 3 else one[:2]
	if len(one) > 3 and one[0] != doctype:
		return False
	if not isinstance(field, str) or not isinstance(comparison, str):
		return False
	known = frappe.get_meta(doctype).get_valid_columns()
	return (
		field in known and comparison.lower() in COMPARISONS and is_plain(one[3] if len(one) > 3 else one[2])
	)


def is_plain(value) -> bool:
	many = value if isinstance(value, list) else [value]
	return all(part is None or isinstance(part, str | int | float) for part in many)
