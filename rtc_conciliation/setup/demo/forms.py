"""An application form as its applicant fills it in, from the texts and tables of the demo.

Budgets and co-financing of the partners are sums over the cost rows, so that they add up by construction.
"""

from datetime import date, timedelta
from decimal import Decimal

from frappe.model.document import Document
from frappe.utils import getdate

from rtc_conciliation.setup.demo.bodies import REPRESENTATIVE, bodies, person_code, rows_of
from rtc_conciliation.setup.demo.data import usual
from rtc_conciliation.setup.demo.papers import upload

TEXTS = ("title", "acronym", "abstract", "context_needs", "objectives", "innovation")
PARTS = 8  # the actions begin and end at eighths of the project


def filled_in(call: Document, key: str, story: dict) -> dict:
	spoil = story.get("spoil", {})
	partners, actions, costs = (rows_of(name, key) for name in ("partners", "actions", "costs"))
	lead = bodies()[partners[0]["organisation"]]
	start, end = getdate(call.project_start), getdate(call.project_end)
	names = {"lead": lead["organisation_name"], "where": actions[0]["territory"], "bodies": len(partners)}
	return {
		"call": call.name,
		**{field: story[field] for field in TEXTS},
		**{field: text.format(**names) for field, text in usual.TEXTS.items()},
		**contacts(lead, story),
		"start_date": start,
		"end_date": end + timedelta(days=spoil.get("extend_end", 0)),
		"partners": [partner(row, costs) for row in partners],
		"actions": [action(row, start, end) for row in actions],
		"recipients": [recipient(row) for row in rows_of("recipients", key)],
		"indicators": [indicator(row) for row in rows_of("indicators", key)],
		"costs": [cost(row, actions, start, end) for row in costs],
		"declarations": [
			{"declaration": row.declaration, "accepted": int(row.declaration not in spoil.get("refuse", ()))}
			for row in call.declarations
		],
		"attachments": attachments(call, key, story, spoil.get("leave_out", ())),
		"signature_file": paper(key, "domanda", "Domanda sottoscritta", story) if "end" in story else None,
		**agreement(story),
		**spoil.get("set", {}),
	}


def agreement(story: dict) -> dict:
	if story.get("to_be_signed"):
		return {"agreement_state": "To Be Signed", "agreement_commitment": 1}
	return {"agreement_state": "Signed"}


def contacts(lead: dict, story: dict) -> dict:
	number = int(lead["tax_code"][2:7])
	return {
		"pec": lead["pec"],
		"contact_person": "Ufficio progetti",
		"contact_email": story["applicant"],
		"contact_phone": lead["phone"],
		"legal_representative": lead["legal_representative"],
		"legal_representative_tax_code": ""
		if lead["legal_representative"] == REPRESENTATIVE
		else person_code(number),
		"legal_representative_powers": usual.POWERS,
	}


def partner(row: dict[str, str], costs: list[dict[str, str]]) -> dict:
	body = bodies()[row["organisation"]]
	own = [cost for cost in costs if cost["partner"] == row["organisation"]]
	result = {
		"organisation_name": body["organisation_name"],
		"organisation_type": body["organisation_type"],
		"role": row["role"],
		"tax_code": body["tax_code"],
		"contact_email": body["email"],
		"runts_number": body["runts_number"],
		"activities": row["activities"],
		"budget": total(own),
	}
	for paid, (_charged_to, field) in usual.PAID.items():
		if field:
			result[field] = total([cost for cost in own if cost["paid"] == paid])
	return result


def total(costs: list[dict[str, str]]) -> float:
	return float(sum(Decimal(row["quantity"]) * Decimal(row["unit_cost"]) for row in costs))


def action(row: dict[str, str], start: date, end: date) -> dict:
	return {
		"title": row["title"],
		"area": usual.AREAS[row["area"]],
		"start_date": point(start, end, int(row["from"]) - 1),
		"end_date": point(start, end, int(row["to"])),
		"partner": bodies()[row["partner"]]["organisation_name"],
		"territory": row["territory"],
		"description": row["description"],
		"output": row["output"],
	}


def point(start: date, end: date, eighths: int) -> date:
	return start + (end - start) * eighths // PARTS


def recipient(row: dict[str, str]) -> dict:
	return {
		"recipient_category": usual.CATEGORIES[row["category"]],
		"expected_number": int(row["number"]),
		"description": row["description"],
	}


def indicator(row: dict[str, str]) -> dict:
	numbers = {field: float(row[field]) for field in ("baseline", "target")}
	return {**{field: row[field] for field in ("indicator", "unit", "source")}, **numbers}


def cost(row: dict[str, str], actions: list[dict[str, str]], start: date, end: date) -> dict:
	charged_to, _field = usual.PAID[row["paid"]]
	return {
		"description": row["description"],
		"cost_category": usual.COSTS[row["category"]],
		"quantity": float(row["quantity"]),
		"unit_cost": float(row["unit_cost"]),
		"charged_to": charged_to,
		"action": actions[int(row["action"]) - 1]["title"] if row["action"] else None,
		"partner": bodies()[row["partner"]]["organisation_name"],
		"year": point(start, end, {"1": 2, "2": 6}[row["phase"]]).year,
	}


def attachments(call: Document, key: str, story: dict, left_out) -> list[dict]:
	"""What the call asks for; the optional papers only with what is sent."""
	wanted = [row for row in call.required_documents if row.mandatory or "end" in story]
	return [
		{"document": row.document, "file": paper(key, f"allegato-{row.idx}", row.document, story)}
		for row in wanted
		if row.document not in left_out
	]


def paper(key: str, kind: str, title: str, story: dict) -> str:
	return upload(f"{kind}-{key}.pdf", [title, f"Progetto: {story['title']}", "Documento dimostrativo"])
