"""The papers that are made once, at a step of their record: tables of the subjects, named by `rtc_papers` in hooks.py."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import frappe
from frappe import _
from frappe.utils import get_datetime

from rtc_conciliation.access.states import STATE
from rtc_conciliation.common import kept_names
from rtc_conciliation.common.tables import load_table


class Step(NamedTuple):
	"""`key` tells it from every other step of the record by which such a paper goes out; `moment` is Rome's."""

	key: str
	moment: datetime


@dataclass(frozen=True)
class Kind:
	"""`get_step(doc)`: the step that was taken, None before it; `tell_before(doc)`: what has to happen first, translated."""

	doctype: str
	get_step: Callable
	tell_before: Callable
	#: its content is written down in the transaction of the step; else when somebody asks for it first
	at_step: bool = True
	#: before the step it is shown, as a draft
	drafts: bool = False
	#: its PDF has pages of its own and is kept in the field `pdf_file` of its record
	own_pages: bool = False
	#: what went out is given out again whatever follows
	lasting: bool = True
	#: the field whose change is the step
	changes: str = STATE


def get_kind(print_format: str | None, doctype: str) -> Kind | None:
	kind = load_table("rtc_papers").get(print_format or "")
	return kind if kind and kind.doctype == doctype else None


def list_kinds(doctype: str) -> dict[str, Kind]:
	return {name: kind for name, kind in load_table("rtc_papers").items() if kind.doctype == doctype}


def get_step_of(doc, *occasions: str, earlier) -> Step:
	"""The last step by which `doc` went out; `earlier`: its moment where it was taken before steps were kept."""
	kept = kept_names.get_last(doc, *occasions)
	return Step(kept.name, kept.kept_on) if kept else Step("", get_datetime(earlier or doc.modified))


def tell_awaited_state(doc) -> str:
	return _("It is issued by its step, and {0} is in the state {1}.").format(
		doc.name, frappe.bold(_(doc.get(STATE) or ""))
	)
