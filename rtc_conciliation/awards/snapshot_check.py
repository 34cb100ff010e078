"""Is an approved ranking still as it was approved?

bench --site <site> execute rtc_conciliation.awards.snapshot_check.verify_ranking --kwargs "{'ranking': '<name>'}"
"""

import json

import frappe
from frappe import _

from rtc_conciliation.common.papers import canonical, pdf
from rtc_conciliation.common.papers.plain_values import to_money
from rtc_conciliation.common.papers.snapshot_check import NotFrozenError, compare_digests, get_data_digest

#: of an entry, what its frozen row says too
KEPT = ("application", "outcome", "reason")
KEPT_AMOUNTS = ("score", "requested", "granted")


def verify_ranking(ranking: str) -> str:
	"""Prints one line each for the data, the entries and the PDF; ends with an error when one of them differs."""
	lines, intact = check_ranking(ranking)
	print("\n".join(lines))
	if not intact:
		raise NotFrozenError(_("The ranking {0} is not as it was approved.").format(ranking))
	return "digest matches"


def check_ranking(ranking: str) -> tuple[list[str], bool]:
	doc = frappe.get_doc("RTC Ranking", ranking)
	if not (doc.docstatus and doc.digest):
		raise NotFrozenError(_("The ranking {0} is not approved: nothing is frozen.").format(ranking))
	content = pdf.get_kept_pdf(doc)
	found = pdf.sha256(content) if content is not None else _("the file is gone")
	results = [
		compare_digests(_("Data"), doc.digest, get_data_digest(doc.snapshot)),
		compare_digests(
			_("Entries"), canonical.digest(get_frozen_entries(doc)), canonical.digest(get_entries(doc))
		),
		compare_digests("PDF", doc.pdf_digest, found),
	]
	return [line for line, _same in results], all(same for _line, same in results)


def get_frozen_entries(doc) -> list[dict]:
	try:
		data = json.loads(doc.snapshot) if isinstance(doc.snapshot, str) else doc.snapshot
		return [{field: row[field] for field in (*KEPT, *KEPT_AMOUNTS)} for row in data["entries"]]
	except (KeyError, TypeError, ValueError):
		return []


def get_entries(doc) -> list[dict]:
	return [
		{
			**{field: row.get(field) or "" for field in KEPT},
			**{field: to_money(row.get(field)) for field in KEPT_AMOUNTS},
		}
		for row in doc.entries
	]
