"""What the records tell of a person's ties to the applications of a call, in words for whoever reads the declaration."""

import frappe
from frappe import _

from rtc_conciliation.access import colleagues
from rtc_conciliation.access.panel_assignments import APPLICATION, MEMBER, PANEL
from rtc_conciliation.common.json_files import read_json
from rtc_conciliation.rules.evaluation import conflicts as rules


def find_links(user: str, panel: str, applications: list[str]) -> dict[str, str]:
	"""Application → its ties to `user`, only for those with any; in a constant number of queries."""
	person, shared = get_person(user, panel), get_shared_domains(panel)
	told = {}
	for name, case in get_cases(applications).items():
		if links := rules.find_links(person, case, shared):
			told[name] = "; ".join(describe_link(kind, where) for kind, where in links)
	return told


def get_person(user: str, panel: str) -> dict:
	organisation = frappe.db.get_value(
		MEMBER, {"parent": panel, "user": user, "organisation": ("is", "set")}, "organisation"
	)
	return {
		"user": user,
		"email": frappe.db.get_value("User", user, "email"),
		"organisation": organisation,
		"tax_code": organisation and frappe.db.get_value("RTC Organisation", organisation, "tax_code"),
	}


def get_shared_domains(panel: str) -> frozenset[str]:
	call = frappe.db.get_value(PANEL, panel, "call")
	programme = call and frappe.db.get_value("RTC Call", call, "programme")
	written = programme and frappe.db.get_value("RTC Programme", programme, "mail_providers")
	return rules.parse_providers(written or get_usual_mail_providers())


def get_cases(applications: list[str]) -> dict[str, dict]:
	"""Application → what `rules.evaluation.conflicts.links` asks of it."""
	names = applications or [""]
	bodies, addresses, people = {}, {}, {}
	for row in frappe.get_all(
		"RTC Application Partner",
		{"parent": ("in", names), "parenttype": APPLICATION},
		["parent", "organisation_name", "organisation", "tax_code", "contact_email"],
		order_by="parent asc, idx asc",
		limit_page_length=0,
	):
		body = {"name": row.organisation_name, "organisation": row.organisation, "tax_code": row.tax_code}
		bodies.setdefault(row.parent, []).append(body)
		addresses.setdefault(row.parent, []).append(row.contact_email or "")
	for row in frappe.get_all(
		colleagues.DOCTYPE,
		{"application": ("in", names), "accepted_on": ("is", "set")},
		["application", "user", "email"],
		limit_page_length=0,
	):
		people.setdefault(row.application, []).extend(one for one in (row.user, row.email) if one)
	return {
		row.name: {
			"applicant": row.applicant,
			"colleagues": people.get(row.name, []),
			"bodies": bodies.get(row.name, []),
			"addresses": [
				one or "" for one in (row.pec, row.contact_email, row.applicant, *addresses.get(row.name, ()))
			],
		}
		for row in frappe.get_all(
			APPLICATION,
			{"name": ("in", names)},
			["name", "applicant", "pec", "contact_email"],
			limit_page_length=0,
		)
	}


def describe_link(kind: str, where: str) -> str:
	words = {
		rules.APPLICANT: _("is the applicant"),
		rules.COLLEAGUE: _("worked at the application"),
		rules.ORGANISATION: _("belongs to {0}, which takes part in it"),
		rules.DOMAIN: _("has a mail address at {0}, as a body of it"),
		rules.ADDRESS: _("is named in it by the mail address {0}"),
	}
	return words[kind].format(where)


def get_usual_mail_providers() -> str:
	"""Mail domains where anybody may have an address, certified mail included; one on each line."""
	return "\n".join(read_json(__file__, "mail_providers"))
