"""Rankings, funded projects and the transparency register for everybody: /graduatorie, /progetti, /trasparenza."""

import json
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import get_url, quoted

from rtc_conciliation.awards import open_data, published_projects, register_data
from rtc_conciliation.common import programmes
from rtc_conciliation.common.italian import rtc_euro, use_italian
from rtc_conciliation.common.papers.qr import draw_qr
from rtc_conciliation.common.web import page_cache

RANKINGS, PROJECTS, REGISTER = "graduatorie", "progetti", "trasparenza"
CATALOGUE = "catalogo.jsonld"
FOLDER = "rtc_conciliation/templates/awards"
#: what a missed change may cost
SECONDS = 600


def get_page(what: str, make) -> str:
	return page_cache.get_or_render(f"open:{what}", make, SECONDS)


def draw(template: str, title: str, path: str, **context) -> str:
	address = get_url(f"/{path}")
	context = {
		"title": title,
		"language": frappe.local.lang,
		"quoted": quoted,
		"address": address,
		"canonical": address,
		"qr": draw_qr(address, _("QR code of this page")),
		**context,
	}
	return frappe.render_template(f"{FOLDER}/{template}", context)


def get_page_or_404(what: str, make, missing: str) -> tuple[str, int]:
	"""The page that `make` draws, "" where there is none: kept too, so that inventing addresses costs little."""
	html = get_page(what, make)
	return (html, 200) if html else (page_cache.render_message(_("Page Not Found"), [missing]), 404)


# -- rankings


def rankings() -> tuple[str, int]:
	def make() -> str:
		return draw("rankings.html", _("Rankings"), RANKINGS, rankings=published_projects.list_rankings())

	return get_page("rankings", make), 200


def ranking(name: str) -> tuple[str, int]:
	known = json.loads(get_page("ranking-names", lambda: names(published_projects.list_rankings())))
	missing = _("This ranking is not there, or it is not published. The rankings are listed at /graduatorie.")
	if name not in known:
		return page_cache.render_message(_("Page Not Found"), [missing]), 404

	def make() -> str:
		shown = published_projects.get_ranking(name)
		if not shown:
			return ""
		outcomes = {
			published_projects.FUNDED: _("Admitted and funded"),
			published_projects.NOT_FUNDED: _("Admitted, not funded for want of resources"),
			published_projects.BELOW: _("Below the minimum score"),
			published_projects.NOT_ADMITTED: _("Not admitted"),
		}
		path = f"{RANKINGS}/{quoted(name)}"
		return draw("ranking.html", shown["title"], path, ranking=shown, outcomes=outcomes)

	return get_page_or_404(f"ranking:{name}", make, missing)


# -- projects


def projects() -> tuple[str, int]:
	def make() -> str:
		found = published_projects.list_projects()
		groups: dict[str, list[dict]] = {}
		for one in found:
			groups.setdefault(one["call_title"], []).append(one)
		return draw("projects.html", _("Funded Projects"), PROJECTS, groups=groups, count=len(found))

	return get_page("projects", make), 200


def get_front_part() -> dict:
	"""For the first page: the funded projects and what was granted to them; nothing before there is one."""
	return get_page("figures", list_figures)


def list_figures() -> dict:
	found = published_projects.list_projects()
	granted = sum(Decimal(project["granted"]) for project in found)
	if not found:
		return {}
	address = f"/{PROJECTS}"
	return {
		"figures": [
			{"value": len(found), "label": _("Funded Projects"), "address": address},
			{"value": rtc_euro(granted), "label": _("Contribution Granted"), "address": address},
		]
	}


def project(name: str) -> tuple[str, int]:
	known = json.loads(
		get_page("project-names", lambda: names(published_projects.list_projects(renounced=True)))
	)
	missing = _("This project is not there, or it is not published. The projects are listed at /progetti.")
	if name not in known:
		return page_cache.render_message(_("Page Not Found"), [missing]), 404

	def make() -> str:
		shown = published_projects.get_project(name)
		if not shown:
			return ""
		return draw("project.html", shown["title"], f"{PROJECTS}/{quoted(name)}", project=shown)

	return get_page_or_404(f"project:{name}", make, missing)


def names(found: list[dict]) -> str:
	return json.dumps([one["name"] for one in found])


# -- the register


def register() -> tuple[str, int]:
	def make() -> str:
		return draw_register(register_data.list_years(), None)

	return get_page("register", make), 200


def register_sheet(rest: str) -> tuple[str, int]:
	"""/trasparenza/<year>, .csv and .json of it, and the description of the data."""
	if rest == CATALOGUE:
		return get_page("catalogue", describe), 200
	year, _dot, extension = rest.partition(".")
	years = {
		str(one["year"]): one
		for one in json.loads(get_page("years", lambda: json.dumps(register_data.list_years())))
	}
	if year not in years or extension not in ("", *open_data.FORMATS):
		return page_cache.render_message(
			_("Page Not Found"),
			[_("Nothing was published for this year. The years are listed at /trasparenza.")],
		), 404
	makers = {
		"": lambda: draw_register(list(years.values()), int(year)),
		"csv": lambda: register_data.to_csv(register_data.list_rows(int(year))),
		"xlsx": lambda: register_data.to_workbook(int(year), register_data.list_rows(int(year))),
		"json": lambda: register_data.to_json(
			int(year), register_data.list_rows(int(year)), publisher()["name"]
		),
	}
	return get_page(f"register:{rest}", makers[extension]), 200


def describe() -> str:
	"""The catalogue; it says of its texts that they are Italian."""
	with use_italian():
		return open_data.catalogue(register_data.list_years(), publisher())


def draw_register(years: list[dict], year: int | None) -> str:
	shown = year or (years[0]["year"] if years else None)
	path = f"{REGISTER}/{year}" if year else REGISTER
	title = _("Transparency Register {0}").format(year) if year else _("Transparency Register")
	return draw(
		"register.html",
		title,
		path,
		years=years,
		year=shown,
		rows=register_data.list_rows(shown) if shown else [],
		columns=register_data.COLUMNS,
		licence=register_data.LICENCE,
		ats=publisher()["name"],
	)


def publisher() -> dict:
	name = programmes.get_active()
	office = frappe.get_cached_doc("RTC Programme", name) if name else frappe._dict()
	return {
		"name": office.ats_name or _("The health agency (ATS)"),
		"ipa": office.ipa_code or "",
		"email": office.office_email or "",
		"website": office.website or "",
	}


PAGES = {
	RANKINGS: rankings,
	f"{RANKINGS}/": ranking,
	PROJECTS: projects,
	f"{PROJECTS}/": project,
	REGISTER: register,
	f"{REGISTER}/": register_sheet,
}


def list_addresses() -> list[str]:
	rankings_shown = [one["name"] for one in published_projects.list_rankings()]
	projects_shown = [one["name"] for one in published_projects.list_projects(renounced=True)]
	return [
		RANKINGS,
		PROJECTS,
		REGISTER,
		*(f"{RANKINGS}/{quoted(name)}" for name in rankings_shown),
		*(f"{PROJECTS}/{quoted(name)}" for name in projects_shown),
		*(f"{REGISTER}/{one['year']}" for one in register_data.list_years()),
	]
