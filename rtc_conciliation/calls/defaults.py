"""What a new call starts from: what its programme proposes, and where that is empty the site's reference rows and
the usual texts."""

from decimal import Decimal

import frappe
from frappe.model import data_fieldtypes

from rtc_conciliation.calls import template
from rtc_conciliation.rules.application import texts

DOCTYPE = "RTC Call"
PROGRAMME = "RTC Programme"
#: the programme and the call have them by the same name
FIELDS = (
	"project_start",
	"project_end",
	"max_contribution",
	"partial_funding",
	"acceptance_days",
	"state_aid",
	"min_partners",
	"min_areas",
	"min_cofinancing_percent",
	"score_threshold",
	"requires_partner_confirmation",
	"one_application_per_lead",
	"partner_commitment",
	"integration_days",
	"evaluation_method",
	"score_step",
	"min_reviews",
	"spread_alert",
	"hide_applicants",
)
#: tables of both → the rows for a programme that has none
TABLES = {
	"areas": lambda: list_enabled("RTC Area", "name as area", "counts_towards_minimum"),
	"recipient_categories": lambda: list_enabled("RTC Recipient Category", "name as recipient_category"),
	"cost_caps": lambda: list_enabled(
		"RTC Cost Category", "name as cost_category", "default_cap_percent as max_percent"
	),
	"declarations": template.get_declarations,
	"required_documents": template.get_documents,
	"text_limits": texts.get_usual_limits,
	"criteria": template.get_criteria,
	"tie_breaks": list,
	"formal_checks": template.get_formal_checks,
}


def get_proposals(programme: str) -> dict:
	"""{field: value, table: [{column: value}]} of a new call of `programme`, for the desk's form."""
	frappe.has_permission(DOCTYPE, "create", throw=True)
	frappe.has_permission(PROGRAMME, "read", doc=programme, throw=True)
	return get_proposals_of_programme(programme)


def fill_call(call) -> None:
	"""Sets what `call` does not say. Zero is said; an empty text or table is not."""
	if not call.programme or not frappe.db.exists(PROGRAMME, call.programme):
		return  # core tells that
	for fieldname, value in get_proposals_of_programme(call.programme).items():
		if fieldname in TABLES:
			if not call.get(fieldname):
				call.set(fieldname, value)
		elif call.get(fieldname) in (None, ""):
			call.set(fieldname, value)


def clear_values(call, values: dict) -> None:
	"""Core's `new_doc` begins with zeros, and is told `values` after that: those that these leave are nobody's."""
	for fieldname in FIELDS:
		if fieldname not in values and not call.get(fieldname):
			call.set(fieldname, None)


def get_proposals_of_programme(name: str) -> dict:
	programme = frappe.get_cached_doc(PROGRAMME, name)
	values = {fieldname: programme.get(fieldname) for fieldname in FIELDS}
	values["contact_email"] = programme.office_email
	values["endowment"] = get_left(programme) or None
	for table, usual in TABLES.items():
		values[table] = get_columns(programme, table) or usual()
	return values


def get_columns(programme, table: str) -> list[dict]:
	fields = frappe.get_meta(programme.meta.get_field(table).options).fields
	columns = [df.fieldname for df in fields if df.fieldtype in data_fieldtypes]
	return [{column: row.get(column) for column in columns} for row in programme.get(table)]


def get_left(programme) -> float:
	"""Euro of the programme that neither its system action nor a call of it has; never below zero."""
	taken = frappe.get_all(DOCTYPE, {"programme": programme.name}, pluck="endowment", limit_page_length=0)
	parts = [Decimal(str(value or 0)) for value in (programme.system_action_amount, *taken)]
	return float(max(Decimal(str(programme.endowment or 0)) - sum(parts), Decimal(0)))


def list_enabled(doctype: str, *fields: str) -> list[dict]:
	"""The enabled reference rows, in their order."""
	order = "sort_index, name" if frappe.get_meta(doctype).has_field("sort_index") else "name"
	return frappe.get_all(doctype, filters={"disabled": 0}, fields=list(fields), order_by=order)


#: what a file of calls to import need not have
FILLED_COLUMNS = {DOCTYPE: (*FIELDS, "contact_email", "endowment")}
