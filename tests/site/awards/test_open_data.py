"""What programs of others read: catalogue, data files, the list for searching machines."""

import io
import json
import re
from datetime import date, datetime
from xml.etree import ElementTree

import frappe
import pytest
from openpyxl import load_workbook
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from devsite import scanners
from devsite.paths import REPO
from devsite.progress import Progress
from devsite.testing import home_of_tests
from rtc_conciliation.awards import open_data, pages, register_data
from rtc_conciliation.calls import public_calls
from rtc_conciliation.common import clock
from rtc_conciliation.common.web import open_answers, sitemap
from tests.site import factories
from tests.site.http import Client, committed_rows

PUBLISHER = {"name": "ATS", "ipa": "ats_bg", "email": "a@b.it", "website": "https://ats.example.org"}
SHAPES = REPO / "tests/cases/dcat_ap_it.ttl"
YEARS = [{"year": 2026, "rows": 2, "issued": "2026-03-01", "changed": "2026-11-20"}]
ROW = {
	**dict.fromkeys(register_data.COLUMNS, ""),
	"riga": "RTC-TR-1", "versione": "2", "beneficiario": "=Comune <1>", "codice_fiscale": "00123450161",
	"importo_concesso": "70000.50", "atto_data": "2026-11-20",
}  # fmt: skip


@pytest.fixture(scope="module")
def opened(site):
	with committed_rows():
		frappe.set_user("Administrator")
		call = factories.call(title="Per le macchine", max_contribution=40000)
		frappe.db.commit()
		yield call


def node(graph: list[dict], kind: str) -> list[dict]:
	return [one for one in graph if kind in one["@type"]]


def graph(years=YEARS, publisher=PUBLISHER) -> list[dict]:
	return json.loads(open_data.catalogue(years, publisher))["@graph"]


def test_what_a_catalogue_of_catalogues_looks_for():
	made = graph()
	typed = {one["@id"]: one["@type"] for one in made}
	for file in node(made, "dcat:Distribution"):
		assert typed[file["dcat:mediaType"]["@id"]] == "dct:MediaType"
		assert file["dct:issued"]["@value"] and file["dct:license"]["@id"] in typed
	for described in node(made, "dcat:Dataset"):
		assert typed[described["dcat:landingPage"]["@id"]] == "foaf:Document"
		assert typed[described["dct:spatial"]["@id"]] == "dct:Location"
		assert len(described["dcat:keyword"]) > 1 and described["dct:issued"]["@value"]
	[whole] = node(made, "dcat:Catalog")
	assert typed[whole["foaf:homepage"]["@id"]] == "foaf:Document"
	assert whole["dct:issued"]["@value"] == "2026-03-01"
	assert {file["dct:format"]["@id"].rsplit("/")[-1] for file in node(made, "dcat:Distribution")} == {
		"CSV", "XLSX", "JSON",
	}  # fmt: skip


@pytest.mark.parametrize("years", [YEARS, []])
def test_the_catalogue_is_valid_by_the_tables_of_the_profile(years, tmp_path):
	assert not violations(open_data.catalogue(years, {**PUBLISHER, "ipa": ""}), tmp_path)


def test_what_is_missing_in_a_catalogue_is_seen(tmp_path):
	broken = json.loads(open_data.catalogue(YEARS, PUBLISHER))
	for one in broken["@graph"]:
		one.pop("dcat:keyword", None)
		if "dcat:Distribution" in one["@type"]:
			one["dcat:mediaType"] = "text/csv"
	assert {"keyword", "mediaType"} <= violations(json.dumps(broken), tmp_path)


def violations(catalogue: str, folder) -> set[str]:
	"""Properties that SHACL finds wrong, by the shapes of tests/cases."""
	home = home_of_tests()
	scanners.install(home, Progress())
	data = folder / "catalogue.jsonld"
	data.write_text(catalogue)
	said = scanners.start(home, "pyshacl", "-s", str(SHAPES), "-df", "json-ld", "-f", "json-ld", str(data))
	report = json.loads(said.communicate()[0])
	path = "http://www.w3.org/ns/shacl#resultPath"
	found = {one["@id"] for row in report for one in row.get(path, [])}
	assert bool(found) == bool(said.returncode)
	return {re.split("[/#]", name)[-1] for name in found}


def test_nothing_published_yet_leaves_no_empty_date():
	made = json.dumps(graph(years=[], publisher={**PUBLISHER, "ipa": "", "website": "", "email": ""}))
	assert '"@value": ""' not in made and '"dct:identifier": ""' not in made


def test_the_catalogue_is_italian_for_every_reader(monkeypatch):
	monkeypatch.setattr(frappe.local, "lang", "en")
	assert "manifestazioni di interesse aperte" in pages.describe()


def test_numbers_are_numbers_and_what_is_not_there_is_null():
	[row] = json.loads(register_data.to_json(2026, [ROW], "ATS"))["righe"]
	assert (row["importo_concesso"], row["importo_erogato"], row["versione"]) == (70000.5, None, 2)
	assert (row["atto_data"], row["data_rettifica"], row["codice_fiscale"]) == (
		"2026-11-20",
		None,
		"00123450161",
	)


def test_the_workbook_opens_with_a_double_click():
	book = load_workbook(io.BytesIO(register_data.to_workbook(2026, [ROW])))
	heads, values = list(book["2026"].iter_rows(values_only=True))
	row = dict(zip(heads, values, strict=True))
	assert row["importo_concesso"] == 70000.5 and row["versione"] == 2
	assert row["atto_data"] == datetime(2026, 11, 20) and row["codice_fiscale"] == "00123450161"
	assert row["beneficiario"].lstrip("'") == "=Comune <1>" and row["beneficiario"] != "=Comune <1>"
	assert dict(list(book["colonne"].iter_rows(values_only=True))[1:]) == register_data.COLUMNS


def test_times_of_open_calls_have_their_offset():
	call = factories.call(title="Di luglio", opening="2026-07-01 09:00:00", max_contribution=0)
	[summary] = [one for one in public_calls.list_summaries(clock.now()) if one["name"] == call.name]
	[data] = public_calls.to_data([summary])
	assert data["opening"] == "2026-07-01T09:00:00+02:00"
	assert re.search(r"\+0[12]:00$", data["closing"])
	assert (data["endowment"], data["max_contribution"]) == (400000, None)


def answer(path: str, **headers) -> Response:
	frappe.local.request = Request(EnvironBuilder(path=path, headers=headers).get_environ())
	return open_answers.complete_answer(Response(b"a,b\r\n"), path, 20)


def test_other_sites_may_read_it_and_ask_by_its_fingerprint():
	frappe.set_user("Guest")
	first = answer("/trasparenza/2026.csv")
	assert first.status_code == 200 and first.headers["Access-Control-Allow-Origin"] == "*"
	assert first.headers["Cache-Control"] == "public, max-age=20"
	again = answer("/trasparenza/2026.csv", **{"If-None-Match": first.headers["ETag"]})
	assert again.status_code == 304 and again.headers["Access-Control-Allow-Origin"] == "*"
	assert answer("/trasparenza/2026.csv", **{"If-None-Match": '"other"'}).status_code == 200


def test_no_cache_of_others_keeps_the_answer_to_somebody_with_a_session():
	frappe.set_user(factories.OFFICER)
	assert "public" not in answer("/trasparenza/2026.csv").headers.get("Cache-Control", "")


@pytest.mark.parametrize("path", ["/bandi/aperti.json", "/trasparenza/catalogo.jsonld"])
def test_it_is_so_over_http(base_url, opened, path):
	guest = Client(base_url)
	told = guest.get(path)
	assert told.status_code == 200 and told.headers["Access-Control-Allow-Origin"] == "*"
	assert "max-age" in told.headers["Cache-Control"] and told.headers["ETag"]
	guest.session.headers["If-None-Match"] = told.headers["ETag"]
	assert guest.get(path).status_code == 304
	assert "Access-Control-Allow-Origin" not in guest.get("/bandi").headers


def test_searching_machines_find_every_public_page(base_url, opened):
	guest = Client(base_url)
	told = guest.get("/sitemap.xml")
	assert told.headers["Content-Type"].split(";")[0] in ("application/xml", "text/xml")
	places = [loc.text for loc in ElementTree.fromstring(told.content).findall(".//{*}loc")]
	paths = {place.split("/", 3)[3] for place in places}
	assert {"bandi", "rete", "progetti", "graduatorie", "trasparenza", f"bandi/{opened.name}"} <= paths
	assert "about" in paths, "core's own pages stay"
	assert len(places) == len(set(places)) and not [path for path in paths if path.startswith("domanda")]
	standing = {path for path in sitemap.list_paths() if "/" not in path}
	assert len(standing) == 10 and standing <= paths
	for path in sorted(standing | {f"bandi/{opened.name}"}):
		page = guest.get(f"/{path}")
		assert page.status_code in (200, 301), path
		if page.status_code == 200 and path != "rete":
			assert re.search(rf'<link rel="canonical" href="[^"]+/{re.escape(path)}">', page.text), path


def test_a_draft_of_a_call_is_in_no_list(rolled_back):
	draft = factories.call("Draft", title="Ancora in bozza")
	assert not [path for path in sitemap.list_paths() if draft.name in path]
	assert clock.now().date().isoformat() in sitemap.render()
