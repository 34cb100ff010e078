"""What the Region looks for in a Plan, held against the assembled Plan (`plan.assemble`). Pure.

Minimum of the Plan by the press release of 6/5/2026: composition of the network, Comunità di Pratica with the
outcome of its work, projects activated.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from rtc_conciliation.rules.finding import ERROR, WARNING, Finding, RowRef, template
from rtc_conciliation.rules.report import Report
from rtc_conciliation.rules.values import record, to_day, to_number, to_text

PLAN_SOURCE = "DGR XII/5464 of 9/12/2025: the Plan to the Region"
COMPOSITION, COMITATO, COMMUNITY, PROJECTS = "Composition", "Comitato", "Community of Practice", "Projects"


def _template(code: str, severity: str, message: str, remedy: str):
	return template(f"plan.{code}", severity, message, remedy, PLAN_SOURCE)


SECTION_MISSING = {
	COMPOSITION: _template(
		"no_composition_section",
		ERROR,
		"The Plan has no section with the composition of the network.",
		"Add a section of the kind Composition, or tick Included in the one that is there.",
	),
	COMMUNITY: _template(
		"no_community_section",
		ERROR,
		"The Plan has no section on the Comunità di Pratica.",
		"Add a section of the kind Community of Practice, or tick Included in the one that is there.",
	),
	PROJECTS: _template(
		"no_projects_section",
		ERROR,
		"The Plan has no section with the projects activated.",
		"Add a section of the kind Projects, or tick Included in the one that is there.",
	),
}
NO_MEMBERS = _template(
	"no_members",
	ERROR,
	"On {date} the network has no members.",
	"Correct Composition at, or admit the adhesions that came in before that day.",
)
OUTSIDE = _template(
	"date_outside",
	ERROR,
	"The composition is that of {date}, outside the programme: from {first} to {last}.",
	"Correct Composition at, or the dates of the programme.",
)
EMPTY_REQUIRED = _template(
	"empty_required",
	ERROR,
	"The section “{title}” is required and empty.",
	"Write its text, or remove the tick Required if the Region does not ask for it.",
)
EMPTY = _template(
	"empty",
	WARNING,
	"The section “{title}” is empty: it will be left out when the Plan is approved.",
	"Write its text, or remove the tick Included.",
)
NOTHING_REQUIRED = _template(
	"nothing_required",
	ERROR,
	"The records have nothing for the section “{title}”, which is required.",
	"Complete the records, or remove the tick Required and say in the text why there is nothing.",
)
NOTHING = _template(
	"nothing",
	WARNING,
	"The records have nothing for the section “{title}”.",
	"Complete the records, or remove the tick Included.",
)
NO_COMMUNITY_MEMBERS = _template(
	"no_community_members",
	ERROR,
	"The Comunità di Pratica has no members.",
	"Write who takes part in the Comunità di Pratica.",
)
NO_COMMUNITY_OUTCOME = _template(
	"no_community_outcome",
	ERROR,
	"The outcome of the work of the Comunità di Pratica is empty.",
	"In the tab Comunità di Pratica, write what it worked out.",
)
NO_COMITATO = _template(
	"no_comitato",
	WARNING,
	"The composition of the Comitato is not recorded.",
	"Record who sits in the Comitato, or write it in the text of the section.",
)
NO_CUP = _template(
	"no_cup",
	WARNING,
	"Funded projects without a CUP: {count}. The first is “{title}”.",
	"Write the CUP in the application of each funded project: without it the award is null (L. 3/2003 art. 11).",
)
OVERSPENT = _template(
	"overspent",
	ERROR,
	"What is granted and the system action exceed the endowment of the programme by {excess}.",
	"Correct the contributions granted, or System Action and Endowment of the programme.",
)
YEARS = _template(
	"years",
	ERROR,
	"The years of the budget add up to {years}, the endowment is {endowment}.",
	"Open the programme and correct the years or the endowment.",
)
BROKEN_REPORT = _template(
	"broken_report",
	ERROR,
	"The report “{report}” of the section “{title}” cannot be shown ({problem}).",
	"Correct the report, choose another one in this row, or empty the field Report Table.",
)


def check_plan(data: Mapping) -> Report:
	"""Everything that is missing in an assembled Plan; errors forbid its approval. Never raises on the content."""
	data = record(data)
	return Report.of([*_dates(data), *_sections(data), *_contents(data), *_resources(data)])


def _dates(data: Mapping) -> Iterator[Finding]:
	programme = record(data.get("programme"))
	at = to_day(record(data.get("plan")).get("reference_date"))
	first, last = to_day(programme.get("start_date")), to_day(programme.get("end_date"))
	if at and first and last and not first <= at <= last:
		yield OUTSIDE(field="reference_date", date=at, first=first, last=last)


def _sections(data: Mapping) -> Iterator[Finding]:
	sections = [record(row) for row in data.get("sections") or []]
	kinds = {row.get("kind") for row in sections}
	for kind, missing in SECTION_MISSING.items():
		if kind not in kinds:
			yield missing(field="sections")
	for row in sections:
		where, title = RowRef("sections", int(row.get("idx") or 0)), to_text(row.get("title"))
		table = record(row.get("table"))
		if table.get("problem"):
			yield BROKEN_REPORT(
				where,
				field="report",
				report=to_text(table.get("report")),
				title=title,
				problem=to_text(table["problem"]).rstrip("."),
			)
		if has_words(row) or table.get("rows") or table.get("problem"):
			continue
		if row.get("kind") == "Text":
			yield (EMPTY_REQUIRED if row.get("required") else EMPTY)(where, field="content", title=title)
		elif row.get("kind") not in (COMPOSITION, COMMUNITY, COMITATO) and not get_assembled(
			data, row.get("kind", "")
		):
			yield (NOTHING_REQUIRED if row.get("required") else NOTHING)(where, field="kind", title=title)


def _contents(data: Mapping) -> Iterator[Finding]:
	sections = {row.get("kind"): record(row) for row in data.get("sections") or []}
	if COMPOSITION in sections and not get_assembled(data, COMPOSITION):
		at = to_day(record(data.get("composition")).get("date"))
		yield NO_MEMBERS(field="reference_date", date=at or "—")
	if COMMUNITY in sections:
		community = record(data.get("community"))
		if not community.get("members"):
			yield NO_COMMUNITY_MEMBERS(field="community_members")
		outcomes = [record(meeting).get("outcome") for meeting in community.get("meetings") or []]
		if not any(map(to_plain, [community.get("outcome"), *outcomes])):
			yield NO_COMMUNITY_OUTCOME(field="community_outcome")
	if COMITATO in sections and not get_assembled(data, COMITATO) and not has_words(sections[COMITATO]):
		yield NO_COMITATO(RowRef("sections", int(sections[COMITATO].get("idx") or 0)), field="kind")
	without = [project for project in data.get("projects") or [] if not project.get("cup")]
	if without:
		yield NO_CUP(count=len(without), title=to_text(without[0].get("title")))


def _resources(data: Mapping) -> Iterator[Finding]:
	money = record(data.get("resources"))
	endowment, residue = to_number(money.get("endowment")), to_number(money.get("residue"))
	if residue is not None and residue < 0:
		yield OVERSPENT(excess=-residue)
	years = [to_number(row.get("amount")) or Decimal(0) for row in money.get("years") or []]
	if years and endowment is not None and sum(years) != endowment:
		yield YEARS(years=sum(years), endowment=endowment)


#: kind of section → what it shows of the assembled data
SOURCES = {
	COMPOSITION: ("composition", "total"),
	COMITATO: ("comitato", "members"),
	COMMUNITY: ("community", "members"),
	"Times of the City": ("times_of_city",),
	"Resources": ("resources", "endowment"),
	"Calls": ("calls",),
	PROJECTS: ("projects",),
	"Projects Not Funded": ("not_funded",),
	"Indicators": ("indicators",),
	"Timetable": ("timetable",),
	"Ranking": ("ranking",),
}


def get_assembled(data: Mapping, kind: str):
	"""What the records give to a section of this kind; falsy when there is nothing."""
	value: Any = data
	for key in SOURCES.get(kind, ()):
		value = record(value).get(key)
	return value if kind in SOURCES else None


def has_words(section: Mapping) -> bool:
	return bool(to_plain(section.get("content")))


def to_plain(html) -> str:
	"""The words of a rich text, without tags; a picture counts as a word."""
	if not isinstance(html, str):
		return ""
	out, inside = [], False
	for char in html.replace("<img", "picture <img"):
		if char in "<>":
			inside = char == "<"
		elif not inside:
			out.append(char)
	return " ".join("".join(out).replace("&nbsp;", " ").split())


#: days before the deadline on which a reminder goes out, first to last
REMINDERS = (60, 30, 7)


def due_reminder(days_left: int, last: int | None) -> int | None:
	"""The threshold that is due, None when nothing is: each once, the late one only after a pause of the job."""
	due = [threshold for threshold in REMINDERS if 0 <= days_left <= threshold]
	if not due or (last is not None and last <= due[-1]):
		return None
	return due[-1]
