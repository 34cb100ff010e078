"""The transparency register described for catalogues of open data: DCAT-AP_IT, the Italian profile of DCAT, as JSON-LD.

One data set for each year, each as CSV and JSON. Vocabularies: those of the Publications Office of the EU and, for the
licence, the controlled vocabulary of AgID (w3id.org/italia).
"""

import json

from frappe import _
from frappe.utils import get_url

EU = "http://publications.europa.eu/resource/authority"
LICENCE = "https://w3id.org/italia/controlled-vocabulary/licences/A21_CCBY40"
CONTEXT = {
	"dcat": "http://www.w3.org/ns/dcat#",
	"dcatapit": "http://dati.gov.it/onto/dcatapit#",
	"dct": "http://purl.org/dc/terms/",
	"foaf": "http://xmlns.com/foaf/0.1/",
	"owl": "http://www.w3.org/2002/07/owl#",
	"vcard": "http://www.w3.org/2006/vcard/ns#",
	"xsd": "http://www.w3.org/2001/XMLSchema#",
}
FORMATS = {"csv": ("CSV", "text/csv"), "json": ("JSON", "application/json")}


def catalogue(years: list[dict], publisher: dict) -> str:
	"""JSON-LD; `years` as `transparency.years` has them, `publisher`: {"name", "ipa", "email", "website"}."""
	home = get_url("/trasparenza")
	agent = f"{home}#ente"
	graph = [
		{
			"@id": agent,
			"@type": ["dcatapit:Agent", "foaf:Agent"],
			"dct:identifier": publisher["ipa"],
			"foaf:name": text(publisher["name"]),
		},
		{
			"@id": f"{home}#catalogo",
			"@type": ["dcatapit:Catalog", "dcat:Catalog"],
			"dct:title": text(_("Open data of the conciliation network")),
			"dct:description": text(_("Contributions granted to the projects of the conciliation network.")),
			"dct:publisher": ref(agent),
			"dct:language": ref(f"{EU}/language/ITA"),
			"dct:modified": date(max((one["changed"] for one in years), default="")),
			"foaf:homepage": ref(home),
			"dcat:themeTaxonomy": ref(f"{EU}/data-theme"),
			"dcat:dataset": [ref(f"{home}/{one['year']}#dati") for one in years],
		},
	]
	if publisher["email"]:
		graph.append(
			{
				"@id": f"{home}#contatto",
				"@type": ["dcatapit:Organization", "vcard:Organization", "vcard:Kind"],
				"vcard:fn": publisher["name"],
				"vcard:hasEmail": ref(f"mailto:{publisher['email']}"),
				**({"vcard:hasURL": ref(publisher["website"])} if publisher["website"] else {}),
			}
		)
	if years:
		graph.append(licence())
	for one in years:
		graph += data_set(one, home, agent, bool(publisher["email"]))
	return json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1)


def data_set(one: dict, home: str, agent: str, has_contact: bool) -> list[dict]:
	page = f"{home}/{one['year']}"
	return [
		{
			"@id": f"{page}#dati",
			"@type": ["dcatapit:Dataset", "dcat:Dataset"],
			"dct:identifier": f"trasparenza-contributi-{one['year']}",
			"dct:title": text(_("Contributions granted, {0}").format(one["year"])),
			"dct:description": text(
				_(
					"Acts that grant contributions above one thousand euro (artt. 26 and 27 D.Lgs. 33/2013), {0}: beneficiary, amount, legal basis, office, how the beneficiary was chosen, project, codes."
				).format(one["year"])
			),
			"dct:modified": date(one["changed"]),
			"dct:temporal": {
				"@type": "dct:PeriodOfTime",
				"dcatapit:startDate": date(f"{one['year']}-01-01"),
				"dcatapit:endDate": date(f"{one['year']}-12-31"),
			},
			"dcat:theme": ref(f"{EU}/data-theme/GOVE"),
			"dct:accrualPeriodicity": ref(f"{EU}/frequency/IRREG"),
			"dct:language": ref(f"{EU}/language/ITA"),
			"dct:rightsHolder": ref(agent),
			"dct:publisher": ref(agent),
			"dcat:landingPage": ref(page),
			"dcat:distribution": [ref(f"{page}#{extension}") for extension in FORMATS],
			**({"dcat:contactPoint": ref(f"{home}#contatto")} if has_contact else {}),
		},
		*(
			{
				"@id": f"{page}#{extension}",
				"@type": ["dcatapit:Distribution", "dcat:Distribution"],
				"dct:title": text(f"{one['year']} ({name})"),
				"dct:format": ref(f"{EU}/file-type/{name}"),
				"dcat:mediaType": media,
				"dct:license": ref(LICENCE),
				"dct:modified": date(one["changed"]),
				"dcat:accessURL": ref(page),
				"dcat:downloadURL": ref(f"{page}.{extension}"),
			}
			for extension, (name, media) in FORMATS.items()
		),
	]


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
