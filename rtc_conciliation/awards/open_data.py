"""The transparency register described for catalogues of open data: DCAT-AP_IT, the Italian profile of DCAT, as JSON-LD.

One data set for each year, each as CSV, workbook and JSON, and one of the calls that are open. Vocabularies: those of the Publications Office of the EU and, for the
licence, the controlled vocabulary of AgID (w3id.org/italia).
"""

import json

from frappe import _
from frappe.utils import get_url

from rtc_conciliation.common import clock

EU = "http://publications.europa.eu/resource/authority"
LICENCE = "https://w3id.org/italia/controlled-vocabulary/licences/A21_CCBY40"
CONTEXT = {
	"dcat": "http://www.w3.org/ns/dcat#",
	"dcatapit": "http://dati.gov.it/onto/dcatapit#",
	"dct": "http://purl.org/dc/terms/",
	"foaf": "http://xmlns.com/foaf/0.1/",
	"owl": "http://www.w3.org/2002/07/owl#",
	"skos": "http://www.w3.org/2004/02/skos/core#",
	"vcard": "http://www.w3.org/2006/vcard/ns#",
	"xsd": "http://www.w3.org/2001/XMLSchema#",
}
MEDIA_TYPES = "https://www.iana.org/assignments/media-types"
FORMATS = {
	"csv": ("CSV", "text/csv"),
	"xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
	"json": ("JSON", "application/json"),
}
#: Lombardy, where every ATS is
REGION = "http://data.europa.eu/nuts/code/ITC4"
KEYWORDS = ("conciliazione vita-lavoro", "contributi", "amministrazione trasparente")
KEYWORDS_OF_CALLS = ("conciliazione vita-lavoro", "bandi", "manifestazione di interesse")
OPEN_CALLS = "bandi/aperti.json"


def catalogue(years: list[dict], publisher: dict) -> str:
	"""JSON-LD; `years` as `transparency.years` has them, `publisher`: {"name", "ipa", "email", "website"}."""
	home = get_url("/trasparenza")
	agent = f"{home}#ente"
	today = clock.now().date().isoformat()
	sets = [*(of_year(one, home) for one in years), of_calls(today)]
	shared = {
		**languages_and_agents(agent),
		"dct:spatial": ref(REGION),
		**({"dcat:contactPoint": ref(f"{home}#contatto")} if publisher["email"] else {}),
	}
	graph = [
		{
			"@id": agent,
			"@type": ["dcatapit:Agent", "foaf:Agent"],
			"dct:identifier": publisher["ipa"] or publisher["website"] or home,
			"foaf:name": text(publisher["name"]),
		},
		{
			"@id": f"{home}#catalogo",
			"@type": ["dcatapit:Catalog", "dcat:Catalog"],
			"dct:title": text(_("Open data of the conciliation network")),
			"dct:description": text(
				_("Contributions granted to the projects of the conciliation network, and its open calls.")
			),
			**languages_and_agents(agent),
			**days(
				min(issued_days(years), default=today), max((one["changed"] for one in years), default=today)
			),
			"dct:spatial": ref(REGION),
			"foaf:homepage": ref(home),
			"dcat:themeTaxonomy": ref(f"{EU}/data-theme"),
			"dcat:dataset": [ref(one["@id"]) for one, _files in sets],
		},
		licence(),
		{"@id": REGION, "@type": "dct:Location", "skos:prefLabel": text("Lombardia")},
		*(media_type(media) for _name, media in FORMATS.values()),
	]
	if publisher["email"]:
		graph.append(contact(home, publisher))
	pages = {home}
	for described, files in sets:
		graph += [{**described, **shared}, *files]
		pages.add(described["dcat:landingPage"]["@id"])
	graph += [{"@id": page, "@type": "foaf:Document"} for page in sorted(pages)]
	return json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1)


def of_year(one: dict, home: str) -> tuple[dict, list[dict]]:
	"""(data set, its distributions) of the contributions of a year."""
	page = f"{home}/{one['year']}"
	dates = days(one.get("issued") or one["changed"], one["changed"])
	described = {
		"@id": f"{page}#dati",
		"@type": ["dcatapit:Dataset", "dcat:Dataset"],
		"dct:identifier": f"trasparenza-contributi-{one['year']}",
		"dct:title": text(_("Contributions granted, {0}").format(one["year"])),
		"dct:description": text(
			_(
				"Acts that grant contributions above one thousand euro (artt. 26 and 27 D.Lgs. 33/2013), {0}: beneficiary, amount, legal basis, office, how the beneficiary was chosen, project, codes."
			).format(one["year"])
		),
		"dcat:keyword": [text(word) for word in KEYWORDS],
		**dates,
		"dct:temporal": {
			"@type": "dct:PeriodOfTime",
			"dcatapit:startDate": date(f"{one['year']}-01-01"),
			"dcatapit:endDate": date(f"{one['year']}-12-31"),
			"dcat:startDate": date(f"{one['year']}-01-01"),
			"dcat:endDate": date(f"{one['year']}-12-31"),
		},
		"dcat:theme": ref(f"{EU}/data-theme/GOVE"),
		"dct:accrualPeriodicity": ref(f"{EU}/frequency/IRREG"),
		"dcat:landingPage": ref(page),
		"dcat:distribution": [ref(f"{page}#{extension}") for extension in FORMATS],
	}
	files = [
		distribution(
			f"{page}#{extension}", f"{one['year']} ({name})", name, media, page, f"{page}.{extension}", dates
		)
		for extension, (name, media) in FORMATS.items()
	]
	return described, files


def of_calls(today: str) -> tuple[dict, list[dict]]:
	"""(data set, its distribution) of the calls that take applications now; it changes by the clock."""
	page, file = get_url("/bandi"), get_url(f"/{OPEN_CALLS}")
	dates = days(today, today)
	described = {
		"@id": f"{page}#dati",
		"@type": ["dcatapit:Dataset", "dcat:Dataset"],
		"dct:identifier": "bandi-aperti",
		"dct:title": text(_("Open calls of the conciliation network")),
		"dct:description": text(
			_(
				"Calls that take applications at this moment: title, opening and closing, endowment, requirements."
			)
		),
		"dcat:keyword": [text(word) for word in KEYWORDS_OF_CALLS],
		**dates,
		"dcat:theme": ref(f"{EU}/data-theme/SOCI"),
		"dct:accrualPeriodicity": ref(f"{EU}/frequency/UPDATE_CONT"),
		"dcat:landingPage": ref(page),
		"dcat:distribution": [ref(f"{page}#json")],
	}
	name, media = FORMATS["json"]
	return described, [distribution(f"{page}#json", _("Open calls as JSON"), name, media, page, file, dates)]


def distribution(id: str, title: str, name: str, media: str, page: str, file: str, dates: dict) -> dict:
	return {
		"@id": id,
		"@type": ["dcatapit:Distribution", "dcat:Distribution"],
		"dct:title": text(title),
		"dct:format": ref(f"{EU}/file-type/{name}"),
		"dcat:mediaType": ref(f"{MEDIA_TYPES}/{media}"),
		"dct:license": ref(LICENCE),
		**dates,
		"dcat:accessURL": ref(page),
		"dcat:downloadURL": ref(file),
	}


def languages_and_agents(agent: str) -> dict:
	return {
		"dct:language": ref(f"{EU}/language/ITA"),
		"dct:publisher": ref(agent),
		"dct:rightsHolder": ref(agent),
	}


def days(issued: str, changed: str) -> dict:
	"""First and last day of publication."""
	return {"dct:issued": date(issued), "dct:modified": date(changed)}


def issued_days(years: list[dict]) -> list[str]:
	return [one.get("issued") or one["changed"] for one in years]


def contact(home: str, publisher: dict) -> dict:
	return {
		"@id": f"{home}#contatto",
		"@type": ["dcatapit:Organization", "vcard:Organization", "vcard:Kind"],
		"vcard:fn": publisher["name"],
		"vcard:hasEmail": ref(f"mailto:{publisher['email']}"),
		**({"vcard:hasURL": ref(publisher["website"])} if publisher["website"] else {}),
	}


def media_type(media: str) -> dict:
	return {"@id": f"{MEDIA_TYPES}/{media}", "@type": "dct:MediaType"}


def licence() -> dict:
	return {
		"@id": LICENCE,
		"@type": ["dcatapit:LicenseDocument", "dct:LicenseDocument"],
		"foaf:name": text("Creative Commons Attribuzione 4.0 Internazionale (CC BY 4.0)"),
		"dct:type": ref("http://purl.org/adms/licencetype/Attribution"),
		"owl:versionInfo": "4.0",
	}


def ref(address: str) -> dict:
	return {"@id": address}


def text(value: str) -> dict:
	return {"@value": value, "@language": "it"}


def date(value: str) -> dict:
	return {"@value": value, "@type": "xsd:date"}
