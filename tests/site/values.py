"""Plain values of rows that records are made with."""

#: valid by checksum, of invented bodies
TAX_CODES = ("94000010168", "94000020167", "94000030166", "94000040165", "94000050164", "94000060163")
#: what a request of integration asks
ASKED = [
	{"what": "Copia leggibile dell'atto di nomina", "why": "La seconda pagina è illeggibile", "kind": "File"},
	{"what": "Chiarimento sul budget del secondo partner", "kind": "Text"},
]
#: the least that the Region asks for, without projects
PLAN_SECTIONS = [
	{"title": "Premessa", "kind": "Text", "required": 1, "content": "<p>Quadro normativo</p>"},
	{"title": "Composizione", "kind": "Composition", "required": 1},
	{"title": "Comunità di Pratica", "kind": "Community of Practice", "required": 1},
	{"title": "Manifestazioni", "kind": "Calls"},
	{"title": "Progetti", "kind": "Projects"},
	{"title": "Risorse", "kind": "Resources", "required": 1},
]


def partner(index: int, name: str, kind: str, **values) -> dict:
	return {
		"organisation_name": name,
		"organisation_type": kind,
		"role": "Partner",
		"tax_code": TAX_CODES[index],
		**values,
	}


def action(title: str, area: str, **values) -> dict:
	return {"title": title, "area": area, "start_date": "2026-11-01", "end_date": "2028-11-01", **values}


def cost(unit_cost, charged_to: str, **values) -> dict:
	return {
		"description": "Servizi",
		"cost_category": "Acquisto di servizi di conciliazione",
		"quantity": 1,
		"unit_cost": unit_cost,
		"charged_to": charged_to,
		**values,
	}


def seat(person: str, **values) -> dict:
	return {"person": person, "office": "Member", "from_date": "2026-05-20", **values}
