"""A member of the panel reads an application: asked each time whether they may, and given nothing else of it."""

import frappe
from frappe import _
from frappe.utils import escape_html
from werkzeug.wrappers import Response

from rtc_conciliation.access import panel_assignments, reviews
from rtc_conciliation.common.files import records, scans
from rtc_conciliation.evaluation import blind

TEMPLATE = "rtc_conciliation/templates/evaluation/reading.html"
PAGE = "rtc_conciliation/templates/evaluation/reading_page.html"


class NotReadableError(frappe.PermissionError):
	"""The application is not this person's to read, or they have not declared yet that they have no conflict."""


def require_reader(application: str) -> None:
	if not reviews.may_read(application, frappe.session.user):
		frappe.throw(
			_(
				"You read {0} once you have declared that you have no conflict with it, and while you review it."
			).format(frappe.bold(escape_html(application[:140]))),
			NotReadableError,
			title=_("Not Readable"),
		)


def get_application(application: str) -> str:
	"""The application as HTML, to be shown beside the marks."""
	require_reader(application)
	return frappe.render_template(TEMPLATE, {"reading": blind.read_application(application)})


def get_page(application: str) -> Response:
	"""The same as a page of its own, to be printed or kept open beside the form."""
	require_reader(application)
	html = frappe.render_template(PAGE, {"reading": blind.read_application(application)})
	return Response(html, mimetype="text/html")


def get_document(application: str, row: str) -> None:
	"""A document of the application as download."""
	require_reader(application)
	doc = frappe.get_doc(panel_assignments.APPLICATION, application)
	call = frappe.get_cached_doc("RTC Call", doc.call)
	name = {one["row"]: one["name"] for one in blind.list_files(doc, call)}.get(row)
	url = next((one.file for one in doc.attachments if one.name == row), None)
	if name:
		scans.refuse_closed(url)
	found = name and records.get_content(doc, url)
	if not found:
		raise frappe.DoesNotExistError(_("This document is not there."))
	frappe.local.response.update(
		{
			"type": "download",
			"filename": name,
			"filecontent": found[1],
			"display_content_as": "attachment",
		}
	)
