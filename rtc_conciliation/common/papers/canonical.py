"""The canonical content of a record and its fingerprint.

Two readings of the same record, fresh from a form or from the database, give the same bytes: amounts have
two decimals, numbers no trailing zeros, dates are ISO, an empty value is an empty string.
"""

import hashlib
import json
from decimal import Decimal

from frappe.utils import cint, get_datetime, getdate

NOT_CONTENT = frozenset({"Section Break", "Column Break", "Tab Break", "HTML", "Button", "Heading", "Fold"})


def digest(data) -> str:
	"""SHA-256 (hex) of `data`, any JSON-safe value, in its canonical form."""
	return hashlib.sha256(text(data).encode()).hexdigest()


def text(data) -> str:
	"""The canonical form itself: JSON with sorted keys and no spaces."""
	return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def content(doc, leave_out: frozenset[str] = frozenset()) -> dict:
	"""The fields of `doc` and of its rows as plain text, without those in `leave_out`."""
	result = {}
	for df in doc.meta.fields:
		if df.fieldtype in NOT_CONTENT or df.fieldname in leave_out:
			continue
		value = doc.get(df.fieldname)
		if df.fieldtype == "Table":
			result[df.fieldname] = [content(row, leave_out) for row in value or []]
		else:
			result[df.fieldname] = as_text(value, df.fieldtype)
	return result


def as_text(value, fieldtype: str) -> str:
	if fieldtype in ("Check", "Int"):
		return str(cint(value))
	if fieldtype == "Currency":
		return f"{Decimal(str(value or 0)):.2f}"
	if fieldtype in ("Float", "Percent"):
		return f"{Decimal(str(value or 0)).quantize(Decimal('1e-6')).normalize():f}"
	if value in (None, ""):
		return ""
	if fieldtype == "Date":
		return getdate(value).isoformat()
	if fieldtype == "Datetime":
		return get_datetime(value).isoformat(timespec="seconds")
	return str(value)
