"""Who saved a draft last, kept where asking costs no query: the forms that are open ask again and again."""

import json

import frappe

from rtc_conciliation.common import clock

#: seconds; a form that is open longer asks the database once
KEPT = 6 * 3600


def store_last_save(doc) -> None:
	"""Once others can read what was saved."""
	said = serialise_save(doc.modified, doc.modified_by, doc.docstatus, clock.now().strftime("%H:%M"))
	frappe.db.after_commit.add(lambda: frappe.cache.set(make_key(doc.name), said, ex=KEPT))


def get_last_save(name: str) -> dict | None:
	"""{"modified", "by", "sent", "at"} of the last save of a draft, or None where nobody remembers it."""
	said = frappe.cache.get(make_key(name))
	return json.loads(said) if said else None


def load_last_save(name: str) -> dict | None:
	"""The same, from the database; what another request has remembered meanwhile stays."""
	stored = frappe.db.get_value("RTC Application", name, ["modified", "modified_by", "docstatus"])
	if not stored:
		return None
	said = serialise_save(*stored, stored[0].strftime("%H:%M"))
	frappe.cache.set(make_key(name), said, ex=KEPT, nx=True)
	return json.loads(said)


def serialise_save(modified, by: str, docstatus, at: str) -> str:
	return json.dumps({"modified": str(modified), "by": by, "sent": int(docstatus), "at": at})


def make_key(name: str) -> str:
	return frappe.cache.make_key(f"rtc_draft_saved:{name}")
