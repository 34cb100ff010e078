"""What was sent, in the form whose digest stands on the receipt: every field, and the digest of every file."""

import hashlib

import frappe
from frappe import _

from rtc_conciliation.access.files import attach_fields
from rtc_conciliation.common.files.records import get_content as content_of
from rtc_conciliation.common.papers import canonical
from rtc_conciliation.common.rows import copy_document
from rtc_conciliation.rules.plain_text import as_typed

#: what is not part of what the applicant sent
OUTSIDE = frozenset(
	"client_key unread_values receipt_sent_on draft_reminded_on workflow_state findings blocking_findings digest sent_content protocol_number protocol_date decision_reason "
	"score granted_amount cup amended_from lead_organisation organisation confirmation_digest "
	"confirmation_expires_on".split()
)
FILES = "files"
GONE = "gone"


class LostFileError(frappe.ValidationError):
	pass


def get_content(doc) -> dict:
	"""{field: text, table: [{field: text}], "files": [{"file", "name", "sha256", "size"}], "name"} of `doc` as it stands."""
	return {"name": doc.name, **canonical.content(doc, get_outside(doc)), FILES: files(doc)}


def get_outside(doc) -> frozenset[str]:
	"""Fields that may change after the sending are none of what was sent."""
	metas = (doc.meta, *(frappe.get_meta(df.options) for df in doc.meta.get_table_fields()))
	return OUTSIDE | {df.fieldname for meta in metas for df in meta.fields if df.allow_on_submit}


def files(doc) -> list[dict]:
	"""Each file once, in the order of the form; raises LostFileError for one that is not there any more."""
	urls = dict.fromkeys(row.get(field) for row, field in attach_fields(doc) if row.get(field))
	return [get_fingerprint(doc, url) for url in urls]


def get_fingerprint(doc, url: str) -> dict:
	found = content_of(doc, url)
	if found is None:
		frappe.throw(
			_("The file {0} is not on the site any more. Attach it again.").format(
				frappe.bold(frappe.utils.escape_html(url.rsplit("/", 1)[-1]))
			),
			LostFileError,
			title=_("File Missing"),
		)
	name, data = found
	return {"file": url, "name": name, "sha256": hashlib.sha256(data).hexdigest(), "size": str(len(data))}


def sent_content(doc) -> dict | None:
	"""What was kept at the sending; None for a draft, and for what cannot be read."""
	try:
		kept = frappe.parse_json(doc.sent_content or "null")
	except ValueError:
		return None
	return kept if isinstance(kept, dict) else None


def restore_sent(doc):
	"""`doc`, a copy of it where it was sent, with what it links to called as it was called then."""
	kept = sent_content(doc) if doc.docstatus else None
	if not kept:
		return doc
	then = copy_document(doc)
	name_links(then, kept)
	for df in doc.meta.get_table_fields():
		rows, old = then.get(df.fieldname), kept.get(df.fieldname) or []
		if len(rows) == len(old):
			for row, values in zip(rows, old, strict=True):
				name_links(row, values)
	return then


def name_links(row, values: dict) -> None:
	for df in row.meta.get_link_fields():
		if values.get(df.fieldname):
			vars(row)[df.fieldname] = values[df.fieldname]


def sent_files(doc) -> list[dict]:
	"""[{"name", "sha256"}] of the files as they were sent."""
	kept = (sent_content(doc) or {}).get(FILES) or []
	return [{"name": as_typed(file["name"]), "sha256": file["sha256"]} for file in kept]
