"""Rows as they would lie in the database, for what takes many of them."""

from datetime import date

import frappe
from frappe.utils import now

from rtc_conciliation.patches import member_periods

DAY = date(2026, 10, 8)


def fill(doctype: str, rows: list[dict]):
	"""Rows as they would lie in the database, without their controllers."""
	meta = frappe.get_meta(doctype)
	stamp = now()
	fixed = {"creation": stamp, "modified": stamp, "owner": "Administrator", "modified_by": "Administrator"}
	known = {df.fieldname for df in meta.fields}
	for index, row in enumerate(rows):
		name = row.pop("name", None) or f"{frappe.scrub(doctype)}-{index}-{frappe.generate_hash(length=12)}"
		assert row.keys() <= known | {"parent", "parenttype", "parentfield", "idx", "docstatus"}, row
		values = {**fixed, "name": name, **row}
		columns = ", ".join(f"`{column}`" for column in values)
		marks = ", ".join(["%s"] * len(values))
		frappe.db.sql(f"insert into `tab{doctype}` ({columns}) values ({marks})", list(values.values()))
	if doctype == "RTC Member":
		member_periods.execute()  # composition reads their history


def member_row(programme: str, number: int, **values) -> dict:
	return {
		"programme": programme,
		"workflow_state": "Admitted",
		"organisation_name": f"Ente {number:04}",
		"organisation_type": "Comune",
		"tax_code": f"{number:011}",
		"municipality": "Bergamo",
		"territory": "Bergamo",
		"valid_from": "2026-05-06",
		**values,
	}


def fill_project(programme: str, call: str, number: int, **values):
	name = f"PROVA-{number:04}"
	fill(
		"RTC Application",
		[
			{
				"name": name, "programme": programme, "call": call, "docstatus": 1, "workflow_state": "Funded",
				"title": f"Progetto {number:04}", "lead_name": f"Capofila {number}", "lead_tax_code": f"{number:011}",
				"start_date": "2026-11-01", "end_date": "2028-11-01", "total_cost": 10000, "cofinancing_amount": 3000,
				"requested_contribution": 7000, "granted_amount": 7000, "abstract": "In breve", "cup": "E19G26000010001",
				**values,
			}
		],
	)  # fmt: skip
	parent = {"parent": name, "parenttype": "RTC Application"}
	partners = [
		{"organisation_name": f"Partner {number}.{index}", "organisation_type": "Comune", "role": "Partner"}
		for index in (2, 1, 3)
	]
	areas = ["Time saving", "Mobilità casa-lavoro", "Time saving"]
	for doctype, field, rows in (
		("RTC Application Partner", "partners", partners),
		("RTC Application Action", "actions", [{"title": area, "area": area} for area in areas]),
		("RTC Application Recipient", "recipients", [{"expected_number": 40}, {"expected_number": 2}]),
	):
		fill(doctype, [{**parent, "parentfield": field, "idx": i, **row} for i, row in enumerate(rows, 1)])
