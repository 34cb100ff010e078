"""Who wrote the records that are there: as far as core kept their history, and as far as they name it themselves."""

import json

import frappe

from rtc_conciliation.access import preparers, states

#: records with a step that its preparer must not take, and the formal check, on which somebody else decides
APPROVED = (*preparers.OF_THE_DECISION, "RTC Application")
CHECK, CHECK_ITEM = "RTC Formal Check", "RTC Formal Check Item"
AT_ONCE = 1000


def execute() -> None:
	rows = {values[0]: values for values in (*named(), *checked(), *from_history())}
	if rows:
		frappe.db.bulk_insert(
			preparers.DOCTYPE, preparers.FIELDS, list(rows.values()), ignore_duplicates=True
		)


def named():
	"""Who stands in `prepared_by`, which a later step writes over."""
	for doctype in APPROVED:
		if not frappe.get_meta(doctype).has_field("prepared_by"):
			continue
		for record in frappe.get_all(
			doctype, {"prepared_by": ("is", "set")}, ["name", "prepared_by"], limit_page_length=0
		):
			yield preparers.make_row(doctype, record.name, record.prepared_by)


def checked():
	for item in frappe.get_all(
		CHECK_ITEM, {"answered_by": ("is", "set")}, ["parent", "answered_by"], limit_page_length=0
	):
		yield preparers.make_row(CHECK, item.parent, item.answered_by)


def from_history():
	last = ""
	while found := versions_after(last):
		for version in found:
			if version.owner not in ("Administrator", "Guest"):
				yield from told_by(version)
		last = found[-1].name


def versions_after(name: str) -> list:
	return frappe.get_all(
		"Version",
		filters={"ref_doctype": ("in", (*APPROVED, CHECK)), "name": (">", name)},
		fields=["name", "owner", "ref_doctype", "docname", "data"],
		order_by="name asc",
		limit_page_length=AT_ONCE,
	)


def told_by(version):
	diff = json.loads(version.data or "{}")
	if version.ref_doctype == CHECK:
		if answers(diff):
			yield preparers.make_row(CHECK, version.docname, version.owner)
	elif version.ref_doctype == "RTC Application":
		if preparers.is_content(version.ref_doctype, diff, docstatus=1):
			yield preparers.make_row(version.ref_doctype, version.docname, version.owner, preparers.OF_CODES)
	elif not is_approval(version.ref_doctype, diff) and preparers.is_content(version.ref_doctype, diff):
		yield preparers.make_row(version.ref_doctype, version.docname, version.owner)


def answers(diff: dict) -> bool:
	return any(
		change[0] == "answered_by" for row in diff.get("row_changed") or () for change in row[3]
	) or bool(diff.get("removed"))


def is_approval(doctype: str, diff: dict) -> bool:
	"""Was it the step that another person takes? What the server wrote with it is not that person's."""
	moved = next((change[1:] for change in diff.get("changed") or () if change[0] == states.STATE), None)
	steps = states.definition(doctype).get("transitions") if moved else ()
	return any(
		[row.get("state"), row.get("next_state")] == list(moved) and not row.get("allow_self_approval")
		for row in steps
	)
