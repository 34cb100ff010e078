"""The tables of a Plan as plain rows, for the spreadsheet and the Word file: one description for both.

A column is (heading, key, kind): kind is "text", "word" (ours, translated), "money", "number" or "date".
"""

from collections.abc import Iterator

from frappe import _

from rtc_conciliation.rules.plan import to_plain

TEXT, WORD, MONEY, NUMBER, DATE = "text", "word", "money", "number", "date"


def tables(data: dict, kind: str) -> Iterator[tuple[str, list[tuple], list[dict]]]:
	"""(title, columns, rows) of each table that a section of this kind shows."""
	yield from TABLES.get(kind, lambda data: ())(data)


def composition(data: dict):
	network = data["composition"]
	yield (
		_("By stakeholder group"),
		[(_("Stakeholder Group"), "group", WORD), (_("Members"), "count", NUMBER)],
		[row for row in network["groups"] if row["count"]],
	)
	yield (
		_("By Ambito"),
		[("ASST", "asst", TEXT), (_("Ambito"), "territory", TEXT), (_("Members"), "count", NUMBER)],
		network["territories"],
	)
	yield (
		_("The members"),
		[
			(_("Stakeholder Group"), "group", WORD),
			(_("Name"), "name", TEXT),
			(_("Type"), "type", TEXT),
			(_("Tax Code"), "tax_code", TEXT),
			(_("Municipality"), "municipality", TEXT),
			(_("Ambito"), "territory", TEXT),
			(_("Since"), "since", DATE),
		],
		[{**member, "group": group["group"]} for group in network["groups"] for member in group["members"]],
	)


def body(title: str, kind: str):
	def found(data: dict):
		columns = [
			(_("Organisation"), "organisation", TEXT),
			(_("Person"), "person", TEXT),
			(_("Office Held"), "office", WORD),
		]
		shown = data.get(kind) or {}
		yield _(title), columns, shown.get("members", [])
		if meetings := shown.get("meetings"):
			columns = [
				(_("Date"), "date", DATE),
				(_("Meeting"), "title", TEXT),
				(_("Outcome"), "outcome", TEXT),
			]
			yield (
				_("Meetings"),
				columns,
				[{**row, "outcome": to_plain(row["outcome"])} for row in meetings],
			)

	return found


def resources(data: dict):
	money = data["resources"]
	items = [
		(_("Endowment of the programme"), money["endowment"]),
		(_("System action"), money.get("system_action", "0.00")),
		(_("Contributions granted to the projects"), money["granted"]),
		(_("Residue"), money["residue"]),
		(_("Co-financing of the projects"), money["cofinancing"]),
		(_("Total cost of the projects"), money["total_cost"]),
	]
	yield (
		_("Resources"),
		[(_("Item"), "item", TEXT), (_("Amount"), "amount", MONEY)],
		[{"item": item, "amount": amount} for item, amount in items],
	)
	if money["years"]:
		yield (
			_("Endowment by year"),
			[(_("Year"), "year", TEXT), (_("Amount"), "amount", MONEY)],
			[{**row, "year": str(row["year"])} for row in money["years"]],
		)
	if money.get("areas"):
		yield (
			_("Cost of the projects by area"),
			[(_("Area"), "area", TEXT), (_("Amount"), "amount", MONEY)],
			[{**row, "area": row["area"] or _("Costs of no action")} for row in money["areas"]],
		)


def calls(data: dict):
	yield (
		_("Calls for Interest"),
		[
			(_("Call"), "title", TEXT),
			(_("Act Number"), "act_number", TEXT),
			(_("Act Date"), "act_date", DATE),
			(_("Opening"), "opening", DATE),
			(_("Closing"), "closing", DATE),
			(_("Endowment"), "endowment", MONEY),
			(_("Applications Received"), "applications", NUMBER),
		],
		data["calls"],
	)


def projects(data: dict):
	yield (
		_("Projects"),
		[
			(_("Project"), "title", TEXT),
			(_("Lead"), "lead", TEXT),
			("CUP", "cup", TEXT),
			(_("Total Cost"), "total_cost", MONEY),
			(_("Co-financing"), "cofinancing", MONEY),
			(_("Contribution Granted"), "granted", MONEY),
			(_("Recipients Expected"), "recipients", NUMBER),
			(_("Start"), "start_date", DATE),
			(_("End"), "end_date", DATE),
		],
		data["projects"],
	)


def partners(data: dict):
	yield (
		_("Partners"),
		[
			(_("Project"), "project", TEXT),
			(_("Name"), "name", TEXT),
			(_("Type"), "type", TEXT),
			(_("Role"), "role", WORD),
		],
		[{**row, "project": project["title"]} for project in data["projects"] for row in project["partners"]],
	)


def not_funded(data: dict):
	yield (
		_("Admissible projects not funded"),
		[
			(_("Project"), "title", TEXT),
			(_("Lead"), "lead", TEXT),
			(_("Total Cost"), "total_cost", MONEY),
			(_("Requested Contribution"), "requested", MONEY),
		],
		data["not_funded"],
	)


def times_of_city(data: dict):
	yield (
		_("Times of the City"),
		[
			(_("Project"), "project", TEXT),
			(_("Action"), "action", TEXT),
			(_("Area"), "area", TEXT),
			(_("Ambito"), "territory", TEXT),
			(_("Start"), "start_date", DATE),
			(_("End"), "end_date", DATE),
		],
		data.get("times_of_city", []),
	)


def indicators(data: dict):
	yield (
		_("Final recipients expected"),
		[(_("Recipient Category"), "category", TEXT), (_("Recipients Expected"), "expected", NUMBER)],
		data.get("targets", []),
	)
	yield (
		_("Indicators of the projects"),
		[
			(_("Project"), "project", TEXT),
			(_("Indicator"), "indicator", TEXT),
			(_("Unit"), "unit", TEXT),
			(_("Baseline"), "baseline", NUMBER),
			(_("Target"), "target", NUMBER),
			(_("Source"), "source", TEXT),
		],
		data.get("indicators", []),
	)


def timetable(data: dict):
	columns = [(_("Date"), "date", DATE), (_("Event"), "event", WORD), (_("Call"), "detail", TEXT)]
	yield _("Timetable"), columns, data.get("timetable", [])


def ranking(data: dict):
	yield (
		_("Ranking"),
		[
			(_("Project"), "title", TEXT),
			(_("Lead"), "lead", TEXT),
			(_("Score"), "score", NUMBER),
			(_("Outcome"), "state", WORD),
			(_("Requested Contribution"), "requested", MONEY),
			(_("Contribution Granted"), "granted", MONEY),
		],
		data.get("ranking", []),
	)


#: kind of section → its tables
TABLES = {
	"Composition": composition,
	"Comitato": body("Members of the Comitato", "comitato"),
	"Community of Practice": body("Members of the Comunità di Pratica", "community"),
	"Times of the City": times_of_city,
	"Resources": resources,
	"Calls": calls,
	"Projects": projects,
	"Projects Not Funded": not_funded,
	"Indicators": indicators,
	"Timetable": timetable,
	"Ranking": ranking,
}
