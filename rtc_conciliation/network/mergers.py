"""One organisation that was registered twice: what a merge moves, and what it must keep."""

from collections import Counter
from collections.abc import Iterator

import frappe
from frappe import _
from frappe.model.rename_doc import get_link_fields

from rtc_conciliation.access.roles import require_manager
from rtc_conciliation.rules import Report, check_body

DOCTYPE = "RTC Organisation"


def find_organisation(tax_code: str, besides: str | None = None, for_update: bool = False) -> str | None:
	"""The organisation that has this code, or had it before it was merged."""
	others = {"name": ("!=", besides or "")}
	found = frappe.db.get_value(DOCTYPE, {"tax_code": tax_code, **others}, "name", for_update=for_update)
	return found or frappe.db.get_value(
		DOCTYPE, {"former_tax_codes": ("like", f"%{tax_code}%"), **others}, "name"
	)


def is_succession(one: str, other: str) -> bool:
	"""Did one of the two take the place of the other?"""
	pairs = ((one, other), (other, one))
	return any(frappe.db.exists(DOCTYPE, {"name": old, "succeeded_by": new}) for old, new in pairs)


def count_links(name: str) -> list[tuple[str, int]]:
	"""(DocType, number of records) that name this organisation; rows count under the record that they are in."""
	counts: Counter[str] = Counter()
	for field in get_link_fields(DOCTYPE):
		if field.issingle:
			continue
		meta = frappe.get_meta(field.parent)
		filters = {field.fieldname: name}
		if meta.istable:
			fields = ["parent", "parenttype"]
			rows = frappe.get_all(field.parent, filters=filters, fields=fields, limit_page_length=0)
			counts.update(doctype for doctype, _name in {(row.parenttype, row.parent) for row in rows})
		else:
			counts[field.parent] += frappe.db.count(field.parent, filters)
	return sorted((doctype, count) for doctype, count in counts.items() if count)


def check_seats_after(source: str, target: str) -> Iterator[tuple[object, Report]]:
	"""Each body in which `source` sits, and what would be wrong with its seats once they are of `target`."""
	for name in sorted(set(frappe.get_all("RTC Body Seat", {"organisation": source}, pluck="parent"))):
		body = frappe.get_doc("RTC Body", name)
		data = body.as_dict()
		for row in data["seats"]:
			if row["organisation"] == source:
				row["organisation"] = target
		yield body, check_body(data)


def keep_codes(source: str, target: str) -> None:
	"""Whoever comes again with a code of the merged record finds the one that remains."""
	fields = ("tax_code", "former_tax_codes")
	own, other = (frappe.db.get_value(DOCTYPE, name, fields, as_dict=True) for name in (target, source))
	codes = [*(own.former_tax_codes or "").split(), other.tax_code, *(other.former_tax_codes or "").split()]
	kept = "\n".join(code for code in dict.fromkeys(codes) if code and code != own.tax_code)
	frappe.db.set_value(DOCTYPE, target, "former_tax_codes", kept)


def preview_merge(source: str, target: str) -> dict:
	"""What a merge of `source` into `target` moves: {"source", "target", "moves": [{"label", "count"}]}."""
	require_manager()
	titles = []
	for name in (source, target):
		doc = frappe.get_doc("RTC Organisation", name)
		doc.check_permission("read")
		titles.append({"name": doc.organisation_name, "tax_code": doc.tax_code})
	return {
		"source": titles[0],
		"target": titles[1],
		"moves": [{"label": _(doctype), "count": count} for doctype, count in count_links(source)],
	}


def merge_organisations(source: str, target: str) -> str:
	"""Moves every link from `source` to `target` and deletes `source`; the name of what remains."""
	require_manager()
	frappe.get_doc("RTC Organisation", target).check_permission("write")
	return frappe.rename_doc("RTC Organisation", source, target, merge=True, show_alert=False)
