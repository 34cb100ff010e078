"""The names of the day: what the health agency was called when an act went out, and what records were called before.

A programme can change its agency's name and an Ambito its own; what was written before keeps the names that it had,
and what was sent is not changed by it. One row of RTC Kept Names for each act and each renaming, which nobody writes
or deletes. Core's history will not do: of a renaming it keeps a comment, and a System Manager deletes both.
"""

import json

import frappe
from frappe.utils import cint

from rtc_conciliation.access.states import STATE
from rtc_conciliation.common import ats, clock

DOCTYPE = "RTC Kept Names"
APPLICATION, FORMAL_CHECK = "RTC Application", "RTC Formal Check"
RENAMED, NOTICE = "Renamed", "Notice"
#: of acts that went out before names were kept: what was found then
EARLIER = "Earlier"
DECIDED = ("Funded", "Eligible Not Funded", "Below Threshold")
#: DocType → the states with which an act or a letter goes out
ISSUED = {
	APPLICATION: frozenset({"Submitted", "Admissible", "Not Admissible", *DECIDED}),
	"RTC Call": frozenset({"Published"}),
	"RTC Integration Request": frozenset({"Sent"}),
	"RTC Member": frozenset({"Admitted", "Rejected"}),
	"RTC Ranking": frozenset({"Approved"}),
	"RTC Review": frozenset({"Submitted"}),
}


def on_rename(doc, method: str, old: str, new: str, merge: bool = False) -> None:
	"""`after_rename` of every record: kept where what is sent to us may name it."""
	if doc.doctype in get_names_in(APPLICATION):
		keep_names(doc.doctype, new, RENAMED, {"old": old, "new": new, "merged": cint(merge)})


def on_update(doc, method: str | None = None) -> None:
	"""`on_update` and `on_update_after_submit` of what is issued."""
	if doc.doctype == FORMAL_CHECK:
		is_issued, occasion = doc.notice_sent_on and doc.has_value_changed("notice_sent_on"), NOTICE
	else:
		occasion = doc.get(STATE)
		is_issued = occasion in ISSUED[doc.doctype] and doc.has_value_changed(STATE)
	if is_issued:
		keep_names(doc.doctype, doc.name, occasion, get_issuer_today(doc))


def keep_names(doctype: str, name: str, occasion: str, names: dict, kept_on=None) -> None:
	row = frappe.get_doc(
		{
			"doctype": DOCTYPE,
			"record_type": doctype,
			"record": str(name)[:140],
			"occasion": occasion,
			"kept_on": kept_on or clock.now(),
			"names": json.dumps(names, ensure_ascii=False),
		}
	)
	row.db_insert()  # nobody may write these rows, whoever renames or decides


def get_names_in(doctype: str) -> frozenset[str]:
	"""The DocTypes that a record of `doctype` and its rows link to."""
	meta = frappe.get_meta(doctype)
	metas = (meta, *(frappe.get_meta(df.options) for df in meta.get_table_fields()))
	return frozenset(df.options for one in metas for df in one.get_link_fields())


def list_renames_since(moment) -> dict[str, list[tuple[str, str]]]:
	"""DocType → (old, new) of what was renamed since `moment`, of Rome's clock, in their order."""
	rows = frappe.get_all(
		DOCTYPE,
		{"occasion": RENAMED, "kept_on": (">=", moment)},
		["record_type", "names"],
		order_by="kept_on asc, creation asc",
		limit_page_length=0,
	)
	found: dict[str, list[tuple[str, str]]] = {}
	for row in rows:
		names = frappe.parse_json(row.names)
		found.setdefault(row.record_type, []).append((names["old"], names["new"]))
	return found


# -- who issues


def get_issuer(doc, *occasions: str) -> dict:
	"""Whose act `doc` is, as it was called when it went out by one of `occasions`; as it is called now before that.

	{"ats", "office", "programme", "contact", "legal_basis", "letterhead": as `ats.get_letterhead`, "links": {field: name}};
	texts not escaped. Acts of before the settings were there have no "letterhead".
	"""
	filters = {"record_type": doc.doctype, "record": doc.name, "occasion": ("in", (*occasions, EARLIER))}
	kept = frappe.get_all(DOCTYPE, filters, pluck="names", order_by="creation desc", limit=1)
	return frappe.parse_json(kept[0]) if kept else get_issuer_today(doc)


def get_last(doc, *occasions: str):
	"""{"name", "kept_on"} of the last time that `doc` went out by one of `occasions`; None where that was not kept."""
	filters = {"record_type": doc.doctype, "record": doc.name, "occasion": ("in", occasions)}
	found = frappe.get_all(DOCTYPE, filters, ["name", "kept_on"], order_by="creation desc", limit=1)
	return found[0] if found else None


def get_issuer_today(doc) -> dict:
	programme = frappe.get_cached_doc("RTC Programme", get_programme(doc))
	links = {
		df.fieldname: doc.get(df.fieldname) for df in doc.meta.get_link_fields() if doc.get(df.fieldname)
	}
	return {
		"ats": programme.ats_name,
		"office": programme.office or "",
		"programme": programme.title,
		"contact": programme.office_pec or programme.office_email or "",
		"legal_basis": programme.legal_basis or "",
		"letterhead": ats.get_letterhead(),
		"links": links,
	}


def get_programme(doc) -> str:
	if doc.get("programme"):
		return doc.programme
	call = doc.get("call") or frappe.get_cached_value(APPLICATION, doc.application, "call")
	return frappe.get_cached_value("RTC Call", call, "programme")
