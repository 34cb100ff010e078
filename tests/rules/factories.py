"""A call and an application that keep every rule; a test changes the one thing it is about."""

from copy import deepcopy
from datetime import datetime

AT = datetime(2026, 9, 1, 10, 0)

# Valid codes; the digits after the first seven are the province, the last one is the check digit.
CODES = (
	"04114400163",
	"80034840167",
	"00743110157",
	"01234560165",
	"02345670166",
	"03456780166",
)
PERSON = "RSSMRA85T10A562S"


def programme(**changes) -> dict:
	values = {
		"title": "RTC 2025-2027 ATS Bergamo",
		"start_date": "2025-12-09",
		"end_date": "2028-12-31",
		"project_start": "2026-11-01",
		"project_end": "2028-11-01",
		"endowment": 872000,
	}
	return deepcopy(values) | changes


def call(**changes) -> dict:
	values = {
		"title": "Second call",
		"workflow_state": "Published",
		"opening": "2026-07-01 09:00:00",
		"closing": "2026-09-30 12:00:00",
		"project_start": "2026-11-01",
		"project_end": "2028-11-01",
		"endowment": 400000,
		"max_contribution": 50000,
		"min_partners": 3,
		"min_areas": 2,
		"min_cofinancing_percent": 30.0,
		"score_threshold": 60,
		"areas": [
			{"area": "Care services", "counts_towards_minimum": 1},
			{"area": "Time saving", "counts_towards_minimum": 1},
			{"area": "Times of the city", "counts_towards_minimum": 0},
		],
		"recipient_categories": [{"recipient_category": "Employees"}, {"recipient_category": "Freelancers"}],
		"cost_caps": [
			{"cost_category": "Personnel", "max_percent": 70, "max_amount": 0},
			{"cost_category": "Vouchers", "max_percent": 0, "max_amount": 20000},
		],
		"declarations": [
			{"declaration": "Privacy", "mandatory": 1, "legal_reference": "Reg. UE 2016/679"},
			{"declaration": "No double funding", "mandatory": 1, "legal_reference": ""},
			{"declaration": "De minimis", "mandatory": 0},
		],
		"required_documents": [
			{"document": "Partnership agreement", "mandatory": 1},
			{"document": "Statute", "mandatory": 0},
		],
		"criteria": [
			{"criterion": "Needs", "max_score": 40, "min_score": 10},
			{"criterion": "Actions", "max_score": 60, "min_score": 0},
		],
	}
	return deepcopy(values) | changes


def partner(n: int, **changes) -> dict:
	values = {
		"idx": n,
		"organisation_name": f"Body {n}",
		"organisation_type": "Third-sector entity",
		"role": "Lead" if n == 1 else "Partner",
		"tax_code": CODES[n - 1],
		"budget": 0,
		"cofinancing_cash": 0,
		"cofinancing_in_kind": 0,
		"counts_towards_minimum": 1,
	}
	return values | changes


def action(n: int, area: str, **changes) -> dict:
	values = {
		"idx": n,
		"title": f"Action {n}",
		"area": area,
		"start_date": "2026-11-01",
		"end_date": "2028-11-01",
		"partner": "Body 1",
		"counts_towards_minimum": 1,
	}
	return values | changes


def cost(n: int, unit_cost, charged_to: str, **changes) -> dict:
	values = {
		"idx": n,
		"description": f"Cost {n}",
		"cost_category": "Personnel" if n == 1 else "Vouchers",
		"quantity": 1,
		"unit_cost": unit_cost,
		"vat": 0,
		"amount": None,
		"charged_to": charged_to,
		"action": "Action 1",
		"partner": "Body 1",
		"year": 2027,
	}
	return values | changes


def application(**changes) -> dict:
	"""Costs 10,000 euro, of which 7,000 are asked for and 3,000 (exactly 30 %) are paid by the partners."""
	values = {
		"title": "Time for care",
		"pec": "protocollo@pec.example.it",
		"legal_representative": "Maria Rossi",
		"legal_representative_tax_code": PERSON,
		"start_date": "2026-11-01",
		"end_date": "2028-11-01",
		"partners": [
			partner(1, budget=6000, cofinancing_cash=1000),
			partner(2, budget=3000, cofinancing_in_kind=1500),
			partner(3, budget=1000, cofinancing_cash=500),
		],
		"actions": [action(1, "Care services"), action(2, "Time saving")],
		"recipients": [{"idx": 1, "recipient_category": "Employees", "expected_number": 120}],
		"indicators": [{"idx": 1, "indicator": "People reached", "target": 120}],
		"costs": [cost(1, 7000, "Contribution"), cost(2, 3000, "Co-financing")],
		"declarations": [
			{"idx": 1, "declaration": "Privacy", "mandatory": 1, "accepted": 1},
			{"idx": 2, "declaration": "No double funding", "mandatory": 1, "accepted": 1},
		],
		"attachments": [
			{"idx": 1, "document": "Partnership agreement", "file": "/private/files/agreement.pdf"}
		],
	}
	return deepcopy(values) | changes


def changed(values: dict, table: str, position: int, **changes) -> dict:
	"""The record with one row of a table changed; position counts from 0."""
	result = deepcopy(values)
	result[table][position].update(changes)
	return result
