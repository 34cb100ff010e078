"""All applications in which a body is, as lead or as partner, as far as the reader may see them."""

import frappe
from frappe import _
from frappe.utils import get_link_to_form

from rtc_conciliation.common.italian import rtc_euro
from rtc_conciliation.rules.plain_text import as_typed

TEMPLATE = "rtc_conciliation/templates/applications/body_applications.html"
APPLICATION, PARTNER = "RTC Application", "RTC Application Partner"
MOST = 200


def render_table(organisation) -> str:
	"""For the form of the body, in the reader's language; "" where it is in none that the reader sees."""
	found = list_applications(organisation)
	return frappe.render_template(TEMPLATE, {"rows": found}) if found else ""


def list_applications(organisation) -> list[dict]:
	"""[{"link", "title", "call", "role", "state", "requested", "granted"}], the last changed first."""
	if organisation.is_new() or not frappe.has_permission(APPLICATION, "read"):
		return []
	roles = get_roles(organisation)
	found = frappe.get_list(
		APPLICATION,
		filters={"name": ("in", list(roles) or [""])},
		fields=["name", "title", "call", "workflow_state", "requested_contribution", "granted_amount"],
		order_by="modified desc",
		limit_page_length=MOST,
	)
	titles = {"name": ("in", [row.call for row in found] or [""])}
	calls = dict(frappe.get_all("RTC Call", titles, ["name", "title"], as_list=True))
	return [
		{
			"link": get_link_to_form(APPLICATION, row.name),
			"title": as_typed(row.title),
			"call": as_typed(calls.get(row.call, "")),
			"role": _(roles[row.name]),
			"state": _(row.workflow_state),
			"requested": rtc_euro(row.requested_contribution),
			"granted": rtc_euro(row.granted_amount) if row.granted_amount else "",
		}
		for row in found
	]


def get_roles(organisation) -> dict[str, str]:
	"""Application → role of the body in it; by its record, and by its codes where a row was written before that."""
	codes = [organisation.tax_code, *(organisation.former_tax_codes or "").split()]
	found = frappe.get_all(
		PARTNER,
		filters={"parenttype": APPLICATION},
		or_filters={
			"organisation": organisation.name,
			"tax_code": ("in", [code for code in codes if code] or [""]),
		},
		fields=["parent", "role"],
		order_by="idx desc",
		limit_page_length=0,
	)
	return {row.parent: row.role for row in found}
