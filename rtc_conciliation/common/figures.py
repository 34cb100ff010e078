"""The figures below what is to be done: each subject gives its own (`rtc_figures` in hooks.py), what is nothing is left out."""

from collections.abc import Callable, Iterable
from decimal import Decimal

import frappe

from rtc_conciliation.common.italian import rtc_number
from rtc_conciliation.common.papers.plain_values import to_amount
from rtc_conciliation.common.tables import call_all

HOOK = "rtc_figures"


def make_figure(label: str, value, doctype: str, filters: dict, show: Callable = rtc_number) -> dict:
	"""`label` comes translated; `show` writes the value in full. It leads to the list of `doctype` with `filters`."""
	return {"label": label, "value": value, "shown": show(value), "doctype": doctype, "filters": filters}


def list_values(doctype: str, field: str, filters: dict) -> list:
	"""Of the records that the reader may read; none of a DocType that is closed to the reader."""
	if not frappe.has_permission(doctype, "read"):
		return []
	return frappe.get_list(doctype, filters=filters, pluck=field, limit_page_length=0)


def add_amounts(amounts: Iterable) -> Decimal:
	"""Euro, to the cent."""
	return sum(map(to_amount, amounts), Decimal(0))


def list_figures() -> list[dict]:
	"""[{"label", "value", "shown", "doctype", "filters"}] that the reader may read and that are not zero."""
	return [figure for figures in call_all(HOOK) for figure in figures if figure["value"]]
