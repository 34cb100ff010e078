"""Answers that programs of others read: from any page (CORS), kept by caches, asked again only by their fingerprint."""

import frappe

from rtc_conciliation.common.web import headers

#: end of an address → its kind of content; the machine that serves it may not know it
KINDS = {
	".csv": "text/csv; charset=utf-8",
	".json": "application/json",
	".jsonld": "application/ld+json; charset=utf-8",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: another site's page may read it; it carries nothing of the reader
FROM_ANYWHERE = {
	"Access-Control-Allow-Origin": "*",
	"Access-Control-Expose-Headers": "ETag",
	"Cross-Origin-Resource-Policy": "cross-origin",
}


def get_kind(path: str) -> str:
	"""The kind of content of an address of open data, "" for any other."""
	return next((kind for end, kind in KINDS.items() if path.endswith(end)), "")


def complete_answer(response, path: str, seconds: int):
	"""`response` with its headers; 304 without content where the reader has this very version."""
	response.headers["Content-Type"] = get_kind(path)
	response.headers.update(FROM_ANYWHERE)
	if headers.is_for_everybody(frappe.request):  # with a session the answer carries its cookie
		response.headers["Cache-Control"] = f"public, max-age={seconds}"
	response.add_etag()
	return response.make_conditional(frappe.request)
