"""Ways that an old core left open to any account, and official releases have closed.

devsite closes them over its snapshot (devsite/snapshot); an official Frappe passes these by itself."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import frappe
import pytest

from devsite import snapshot
from devsite.system import find
from tests.site import caches, factories
from tests.site.factories import APPLICANT, AUDITOR, MANAGER, OFFICER, OTHER_APPLICANT
from tests.site.http import Client, committed_rows
from tests.site.ways_in import APPLICATION

NOBODY = "nessuno@rtc.test"
SECRET = "Bozza segreta"
PAGE = f"Pagina {frappe.generate_hash(length=8)}"
MARK = "prova-"


def stored(doctype: str, **values):
	"""A record of core's, as it would lie there; what makes and checks it is not the subject here."""
	doc = frappe.get_doc({"doctype": doctype, "name": f"{MARK}{frappe.generate_hash(length=8)}", **values})
	doc.db_insert()
	return doc.name


@pytest.fixture(scope="module")
def records(site):
	signup = frappe.db.get_single_value("Website Settings", "disable_signup")
	with committed_rows():
		frappe.db.set_single_value("Website Settings", "disable_signup", 0)
		factories.make_user(NOBODY, "Website User", [])
		draft = factories.application("Draft", title=SECRET)
		member = factories.member()
		found = frappe._dict(
			draft=draft.name,
			call=draft.call,
			todo=stored(
				"ToDo",
				reference_type=APPLICATION,
				reference_name=draft.name,
				allocated_to=OFFICER,
				status="Open",
			),
			contact=stored("Contact", first_name="Bianca Segreta"),
			address=stored("Address", address_title="Sede", address_line1="Via Segreta 1", city="Bergamo"),
			data_import=stored(
				"Data Import",
				reference_doctype="RTC Member",
				import_type="Insert New Records",
				import_file=factories.upload("aderenti.csv", b"ID,Comune\nSegreta,Bergamo\n"),
				template_options="{}",
				status="Error",
				payload_count=1,
			),
			prepared=stored("Prepared Report", report_name="RTC Members", status="Completed"),
			repeat=stored("Auto Repeat", reference_doctype=APPLICATION, reference_document="prima"),
			page=stored("Workspace", label=PAGE, title=PAGE, for_user=MANAGER, public=0, content="[]"),
		)
		stored("Address Template", country="Italy", is_default=1, template="{{ address_line1 }}")
		stored(
			"Data Import Log",
			data_import=found.data_import,
			row_indexes="[1]",
			success=0,
			messages="[]",
			log_index=1,
		)
		frappe.get_doc("Contact", found.contact).append(
			"links", {"link_doctype": "RTC Member", "link_name": member.name}
		).db_insert()
		frappe.db.commit()
		caches.forget_records()
		yield found
	for doctype in (
		"Address",
		"Address Template",
		"Data Import",
		"Data Import Log",
		"Prepared Report",
		"Auto Repeat",
		"Workspace",
	):
		frappe.db.delete(doctype, {"name": ("like", f"{MARK}%")})
	frappe.db.delete("Dynamic Link", {"parent": found.contact})
	frappe.db.set_single_value("Website Settings", "disable_signup", signup)
	frappe.db.commit()


@pytest.fixture(scope="module")
def clients(base_url, records):
	users = (NOBODY, APPLICANT, OTHER_APPLICANT, OFFICER, AUDITOR)
	return {None: Client(base_url), **{user: Client(base_url, user) for user in users}}


def listed(**asked):
	return lambda client: client.call("frappe.client.get_list", doctype=APPLICATION, **asked)


def viewed(**asked):
	return lambda client: client.call(
		"frappe.desk.reportview.get", **{"doctype": APPLICATION, "fields": ["name"], **asked}
	)


def counted(**asked):
	return lambda client: client.call(
		"frappe.desk.listview.get_group_by_count",
		**{"doctype": APPLICATION, "current_filters": "[]", "field": "owner", **asked},
	)


SQL = {
	"order by a subselect": listed(order_by="(select sleep(2))"),
	"order by sleep": listed(order_by="sleep(2)"),
	"order by sleep in a function": listed(order_by="if(1, sleep(2), 1)"),
	"order by benchmark": listed(order_by="benchmark(99999999, md5(1))"),
	"order by an error that tells": listed(order_by="extractvalue(1, version())"),
	"group by having sleep": viewed(group_by="name having sleep(1)"),
	"group by a subselect": viewed(group_by="(select sleep(2))"),
	"field of a subselect": listed(fields=["(select password from __Auth limit 1) as x"]),
	"field that hides a subselect": listed(
		fields=["trim((select group_concat(password) from __Auth where 'a'='a')) as x"]
	),
	"filter by text": viewed(filters=json.dumps(["sleep(2)"])),
	"or by text": viewed(or_filters=json.dumps(["1=1"])),
	"filter on a function": listed(filters=[["ifnull((select sleep(2)), '')", "=", 0]]),
	"group by count, filter by text": counted(current_filters=json.dumps(["1=1) or (sleep(2)"])),
	"group by count, field of SQL": counted(field="name`, (select password from __Auth limit 1) as `x"),
	"link field, column of SQL": lambda client: client.call(
		"frappe.desk.search.search_widget",
		doctype=APPLICATION,
		txt="a",
		filter_fields=json.dumps(["name`, (select password from __Auth limit 1) as `x"]),
	),
}


@pytest.mark.parametrize("user", [OTHER_APPLICANT, OFFICER])
@pytest.mark.parametrize("way", SQL)
def test_no_sql_of_the_sender_runs(way, user, clients):
	began = time.monotonic()
	answer = SQL[way](clients[user])
	refused(answer)
	assert time.monotonic() - began < 1.5


def refused(answer) -> None:
	"""With a sentence, or with nothing found; official releases end some of these in an error of their own."""
	told = f"{answer.status_code} {answer.text[:300]}"
	assert answer.status_code >= 400 or not answer.json().get("message"), told
	assert answer.status_code < 500 or not snapshot.is_served(), told


@pytest.mark.parametrize(
	"asked",
	[
		{"order_by": "modified desc, `tabRTC Application`.`name` asc"},
		{"fields": ["name", "call as of_call"], "order_by": "creation asc"},
		{"fields": ["`tabRTC Application`.`name`", "title as label"], "filters": {"title": ["like", "%a%"]}},
	],
)
def test_what_a_list_is_for_still_works(asked, clients):
	answer = clients[APPLICANT].call("frappe.client.get_list", doctype=APPLICATION, **asked)
	assert answer.status_code == 200, answer.text
	assert answer.json()["message"]


def test_the_desk_still_counts_and_searches(clients, records):
	officer, applicant = clients[OFFICER], clients[APPLICANT]
	assert applicant.call("frappe.client.get_count", doctype=APPLICATION).json()["message"] >= 1
	groups = counted(field="workflow_state")(applicant).json()["message"]
	assert [row["count"] for row in groups if row["name"] == "Draft"]
	found = officer.call("frappe.desk.search.search_link", doctype="RTC Call", txt="", page_length=5)
	assert records.call in found.text


#: who asks, what, and what must not be in the answer (nothing: it must be refused)
OF_OTHERS = {
	"get_count, without a role": (
		NOBODY,
		lambda c, w: c.call("frappe.client.get_count", doctype=APPLICATION, filters={"name": w.draft}),
		'"message":1',
	),
	"get_count": (
		OTHER_APPLICANT,
		lambda c, w: c.call("frappe.client.get_count", doctype=APPLICATION, filters={"name": w.draft}),
		'"message":1',
	),
	"custom field of a report": (
		OTHER_APPLICANT,
		lambda c, w: c.call(
			"frappe.desk.query_report.get_data_for_custom_field", doctype=APPLICATION, field="title"
		),
		SECRET,
	),
	"what links to a call, without a role": (
		NOBODY,
		lambda c, w: c.call("frappe.desk.form.linked_with.get", doctype="RTC Call", docname=w.call),
		"draft",
	),
	"what links to a call": (
		OTHER_APPLICANT,
		lambda c, w: c.call("frappe.desk.form.linked_with.get", doctype="RTC Call", docname=w.call),
		"draft",
	),
	"what is submitted with it": (
		OTHER_APPLICANT,
		lambda c, w: c.call(
			"frappe.desk.form.linked_with.get_submitted_linked_docs", doctype=APPLICATION, name=w.draft
		),
		None,
	),
	"who works on it": (OTHER_APPLICANT, lambda c, w: counted(field="assigned_to")(c), OFFICER),
	"contact": (
		NOBODY,
		lambda c, w: c.call("frappe.contacts.doctype.contact.contact.get_contact_details", contact=w.contact),
		None,
	),
	"address": (
		NOBODY,
		lambda c, w: c.call(
			"frappe.contacts.doctype.address.address.get_address_display", address_dict=w.address
		),
		"Segreta",
	),
	"import, how far": (
		OFFICER,
		lambda c, w: c.call(
			"frappe.core.doctype.data_import.data_import.get_import_status", data_import_name=w.data_import
		),
		None,
	),
	"import, its log": (
		OFFICER,
		lambda c, w: c.call(
			"frappe.core.doctype.data_import.data_import.download_import_log", data_import_name=w.data_import
		),
		None,
	),
	"import, its errors": (
		NOBODY,
		lambda c, w: c.call(
			"frappe.core.doctype.data_import.data_import.download_errored_template",
			data_import_name=w.data_import,
		),
		None,
	),
	"import, begin": (
		NOBODY,
		lambda c, w: c.call(
			"frappe.core.doctype.data_import.data_import.form_start_import", data_import=w.data_import
		),
		None,
	),
	"repeated document": (
		NOBODY,
		lambda c, w: c.call(
			"frappe.automation.doctype.auto_repeat.auto_repeat.update_reference",
			docname=w.repeat,
			reference="altra",
		),
		None,
	),
	"users of the office": (
		NOBODY,
		lambda c, w: c.call("frappe.desk.search.search_link", doctype="User", txt="officer"),
		OFFICER,
	),
	"users, asked directly": (
		NOBODY,
		lambda c, w: c.call(
			"frappe.core.doctype.user.user.user_query",
			doctype="User",
			txt="officer",
			searchfield="name",
			start=0,
			page_len=20,
			filters={},
		),
		OFFICER,
	),
	"points of the office": (
		NOBODY,
		lambda c, w: c.call("frappe.desk.leaderboard.get_energy_point_leaderboard", date_range=None),
		OFFICER,
	),
	"titles behind a web form": (
		NOBODY,
		lambda c, w: c.call(
			"frappe.website.doctype.web_form.web_form.get_link_options",
			web_form_name=frappe.db.get_value("Web Form", {"login_required": 1}),
			doctype=APPLICATION,
			allow_read_on_all_link_options=1,
		),
		"draft",
	),
	"page of the desk, delete": (
		OFFICER,
		lambda c, w: c.call(
			"frappe.desk.doctype.workspace.workspace.delete_page",
			page=json.dumps({"name": w.page, "public": 0}),
		),
		None,
	),
	"page of the desk, rewrite": (
		OFFICER,
		lambda c, w: c.call(
			"frappe.desk.doctype.workspace.workspace.update_page",
			name=w.page,
			title="Presa",
			icon="",
			indicator_color="",
			parent="",
			public=0,
		),
		None,
	),
	"default print": (
		OFFICER,
		lambda c, w: c.call(
			"frappe.printing.doctype.print_format.print_format.make_default", name="RTC Application"
		),
		None,
	),
	"tag": (
		OTHER_APPLICANT,
		lambda c, w: c.call(
			"frappe.desk.doctype.tag.tag.add_tag", tag="preso", dt=APPLICATION, dn=w.draft, color=""
		),
		None,
	),
	"tags": (
		NOBODY,
		lambda c, w: c.call(
			"frappe.desk.doctype.tag.tag.add_tags",
			tags=json.dumps(["preso"]),
			dt=APPLICATION,
			docs=json.dumps([w.draft]),
			color="",
		),
		None,
	),
	"give work on it to somebody": (
		OTHER_APPLICANT,
		lambda c, w: c.call(
			"frappe.desk.form.assign_to.add",
			doctype=APPLICATION,
			name=w.draft,
			assign_to=json.dumps(["Administrator"]),  # who may read it: core need not share it
		),
		None,
	),
	"take work on it from somebody": (
		OTHER_APPLICANT,
		lambda c, w: c.call(
			"frappe.desk.form.assign_to.remove", doctype=APPLICATION, name=w.draft, assign_to=OFFICER
		),
		None,
	),
}


@pytest.mark.parametrize("way", OF_OTHERS)
def test_nobody_reads_or_changes_what_is_of_others(way, clients, records):
	user, ask, secret = OF_OTHERS[way]
	before = as_they_are(records)
	answer = ask(clients[user], records)
	if secret:
		told = answer.text.replace(": ", ":")
		assert records.get(secret, secret) not in told, f"{answer.status_code} {told[:300]}"
		assert answer.status_code < 500 or not snapshot.is_served(), told[:300]
	else:
		refused(answer)
		assert answer.status_code >= 400, answer.text[:300]
	assert as_they_are(records) == before


def as_they_are(records) -> dict:
	frappe.db.rollback()
	names = [records.draft, records.todo, records.data_import, records.repeat, records.page]
	doctypes = [APPLICATION, "ToDo", "Data Import", "Auto Repeat", "Workspace"]
	rows = {
		name: frappe.db.get_value(doctype, name, "*") for doctype, name in zip(doctypes, names, strict=True)
	}
	todos = frappe.get_all("ToDo", {"reference_name": records.draft}, pluck="name")
	printed = frappe.db.exists(
		"Property Setter", {"property": "default_print_format", "doc_type": APPLICATION}
	)
	return {**rows, "todos": todos, "printed": printed}


def test_prepared_reports_are_deleted_by_who_may(clients, records):
	path = "frappe.core.doctype.prepared_report.prepared_report.delete_prepared_reports"
	answer = clients[NOBODY].call(path, reports=json.dumps([{"name": records.prepared}]))
	frappe.db.rollback()
	assert answer.status_code < 500 and frappe.db.exists("Prepared Report", records.prepared)


ELSEWHERE = (
	"//example.org",
	"/\\example.org",
	"\\\\example.org",
	"https://example.org/",
	"https:example.org",
)


@pytest.mark.parametrize("address", [*ELSEWHERE, "/\t/example.org", " //example.org", "javascript:alert(1)"])
def test_a_login_leads_nowhere_else(address, clients):
	answer = clients[APPLICANT].get("/login", **{"redirect-to": address})
	leads_to = answer.headers.get("Location", "/").replace(clients[APPLICANT].base_url, "")
	assert answer.status_code < 500 and leads_to.startswith("/") and leads_to[1:2] not in ("/", "\\"), (
		leads_to
	)
	assert "\t" not in leads_to


def test_a_login_leads_on_within_the_site(clients):
	answer = clients[APPLICANT].get("/login", **{"redirect-to": "/domanda?call=x"})
	assert answer.headers["Location"].removeprefix(clients[APPLICANT].base_url) == "/domanda?call=x"


@pytest.mark.parametrize("address", ["//example.org", "https://example.org/x"])
def test_a_sign_up_leads_nowhere_else(address, base_url, clients):
	email = f"{frappe.generate_hash(length=8)}@rtc.test"
	path = "frappe.core.doctype.user.user.sign_up"
	answer = Client(base_url).call(path, email=email, full_name="Nuova", redirect_to=address)
	assert answer.status_code < 500, answer.text[:300]
	leads_to = frappe.cache.hget("redirect_after_login", email) or ""
	assert "example.org" not in leads_to.replace(base_url, "")


@pytest.mark.skipif(not find("wkhtmltopdf"), reason="wkhtmltopdf is not installed")
def test_a_printed_report_fetches_nothing(clients):
	asked = []

	class Inside(BaseHTTPRequestHandler):
		def do_GET(self):
			asked.append(self.path)
			self.send_response(200)
			self.end_headers()
			self.wfile.write(b"what only this machine sees")

		def log_message(self, *arguments):
			pass

	server = HTTPServer(("127.0.0.1", 0), Inside)
	threading.Thread(target=server.serve_forever, daemon=True).start()
	address = f"http://127.0.0.1:{server.server_port}"
	html = f'<p>Elenco</p><img src="{address}/a.png"><iframe src="{address}/b"></iframe>'
	html += f'<link rel="stylesheet" href="{address}/c.css">'
	try:
		answer = clients[APPLICANT].call("frappe.utils.print_format.report_to_pdf", html=html)
	finally:
		server.shutdown()
	assert answer.status_code < 500 or not snapshot.is_served(), answer.text[:300]
	assert asked == []
