"""Over HTTP: headers of every answer, names and addresses that a request may not choose, and what errors tell."""

import base64
import hashlib
import http.client
import json
import re
from email import message_from_string
from urllib.parse import urlsplit

import frappe
import pytest
from frappe.installer import update_site_config

from rtc_conciliation.applications import form as application
from rtc_conciliation.applications import profile
from rtc_conciliation.common.web.address import get_client as client_address
from tests.site import factories
from tests.site.applications.tools import ACCEPT, send_adhesion
from tests.site.factories import APPLICANT, EVALUATOR, OFFICER
from tests.site.http import Client, committed_rows

pytestmark = pytest.mark.usefixtures("no_waiting")
OURS = ("/rete", "/bandi", "/verifica", "/trasparenza", "/adesione/new", "/domanda/new", "/progetti/none")
CORE = ("/login", "/app", "/no/such/page", "/printview?doctype=User&name=none")
FORGED = "evil.example.com"
NO_ROLE = "senza.ruolo@rtc.test"
RESET = "frappe.core.doctype.user.user.reset_password"
SIGN_UP = "frappe.core.doctype.user.user.sign_up"


@pytest.fixture(scope="module")
def records(site):
	with committed_rows():
		user = frappe.get_doc(
			{"doctype": "User", "email": NO_ROLE, "first_name": "Nessuno", "send_welcome_email": 0}
		)
		user.insert().set("new_password", factories.PASSWORD)
		user.save()
		draft = factories.application("Draft")
		closed = open_sign_up(0)
		frappe.db.commit()
		yield frappe._dict(draft=draft.name)
		open_sign_up(closed)


def open_sign_up(closed) -> int:
	"""As the setting was before."""
	before = frappe.db.get_single_value("Website Settings", "disable_signup")
	frappe.db.set_single_value("Website Settings", "disable_signup", closed)
	frappe.clear_document_cache("Website Settings", "Website Settings")
	return before


@pytest.fixture(scope="module")
def clients(base_url, records):
	return {user: Client(base_url, user) for user in (None, APPLICANT, OFFICER, EVALUATOR, NO_ROLE)}


@pytest.fixture
def configured(site):
	"""`configured(key, value)` writes into site_config.json, which the server reads at each request."""
	written = []

	def write(key: str, value) -> None:
		written.append((key, frappe.get_site_config().get(key)))
		update_site_config(key, value if value is not None else "None", validate=False)

	yield write
	for key, value in written:
		update_site_config(key, "None" if value is None else value, validate=False)


def ask_raw(base_url: str, *hosts: str, path: str = "/rete", **headers):
	"""(status, text) with exactly these Host headers, as no well-behaved client sends them."""
	connection = http.client.HTTPConnection(urlsplit(base_url).netloc, timeout=30)
	connection.putrequest("GET", path, skip_host=True)
	for host in hosts:
		connection.putheader("Host", host)
	for name, value in headers.items():
		connection.putheader(name.replace("_", "-"), value)
	connection.endheaders()
	answer = connection.getresponse()
	return answer.status, answer.read().decode()


@pytest.mark.parametrize("user", [None, APPLICANT, OFFICER])
@pytest.mark.parametrize("path", [*OURS, *CORE, "/api/method/ping", "/api/resource/User/none"])
def test_every_answer_says_how_it_may_be_used(path, user, clients):
	answer = clients[user].get(path)
	assert answer.headers["X-Content-Type-Options"] == "nosniff"
	assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
	assert answer.headers["Referrer-Policy"] == "same-origin"
	if answer.headers["Content-Type"].startswith("text/html"):
		policy = answer.headers["Content-Security-Policy"]
		for part in ("object-src 'none'", "base-uri 'self'", "form-action 'self'", "frame-ancestors 'self'"):
			assert part in policy


@pytest.mark.parametrize("path", OURS)
def test_a_page_of_ours_runs_no_other_script_than_its_own(path, clients):
	answer = clients[APPLICANT].get(path)
	policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
	allowed = policy["script-src"].split()
	assert "'unsafe-inline'" not in allowed and "'unsafe-eval'" not in allowed
	for script in re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL):
		digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
		assert f"'sha256-{digest}'" in allowed
	assert not re.search(r"\son[a-z]+\s*=\s*[\"']", answer.text)


def test_the_desk_runs_no_script_in_an_attribute(clients):
	policy = clients[OFFICER].get("/app").headers["Content-Security-Policy"]
	attributes = re.search(r"script-src-attr ([^;]+)", policy).group(1)
	assert "'unsafe-inline'" not in attributes and attributes.startswith("'unsafe-hashes'")


def test_the_site_can_add_sources_and_try_the_policy_first(clients, configured):
	configured("rtc_csp_sources", {"img-src": "https://tiles.example.org"})
	assert (
		"blob: https://tiles.example.org" in clients[OFFICER].get("/app").headers["Content-Security-Policy"]
	)
	configured("rtc_csp_report_only", 1)
	headers = clients[OFFICER].get("/app").headers
	assert "Content-Security-Policy" not in headers and "Content-Security-Policy-Report-Only" in headers


@pytest.mark.parametrize(
	"path", ["/domanda/list", "/api/resource/RTC Application", "/rete", "/accettazione/none"]
)
def test_nothing_of_a_session_is_kept_by_the_browser(path, clients, records):
	assert "no-store" in clients[APPLICANT].get(path).headers["Cache-Control"]


def test_pages_of_a_mailed_link_are_not_kept_and_open_data_are_nobody_s_secret(clients):
	assert "no-store" in clients[None].get("/adesione/conferma", token="x").headers["Cache-Control"]
	# with what we add for a session; core 16 keeps nothing on a site that has its cache of pages off
	assert "private, no-store" not in clients[None].get("/trasparenza").headers.get("Cache-Control", "")


@pytest.mark.parametrize(
	"hosts",
	[
		(FORGED,),
		(f"{FORGED}:80",),
		(f"{FORGED}.",),
		("rete.example.org", FORGED),
		(FORGED, "rete.example.org"),
		("rete.example.org@evil.example.com",),
		("",),
		("[::2]",),
		("rete.example.org.evil.example.com",),
	],
)
def test_another_name_than_the_site_s_gets_no_answer(hosts, base_url, configured):
	configured("host_name", "https://rete.example.org")
	status, text = ask_raw(base_url, *hosts)
	assert status in (400, 421), text
	assert "evil" not in text and "<" not in text.replace("<!doctype html>", "")[:1]


@pytest.mark.parametrize(
	"host",
	[
		"rete.example.org",
		"RETE.example.org:8000",
		"rete.example.org.",
		None,  # the name of the site itself
		"127.0.0.1:1",
		"altro.it",
	],
)
def test_the_site_s_own_names_are_answered(host, base_url, configured):
	configured("host_name", "https://rete.example.org")
	configured("domains", ["altro.it", {"domain": "terzo.it"}])
	assert ask_raw(base_url, host or frappe.local.site)[0] == 200
	assert ask_raw(base_url, FORGED, path="/api/method/ping")[0] == 200  # who looks after the machine


def test_what_stands_in_other_headers_or_in_the_address_is_no_name(base_url, configured):
	configured("host_name", "https://rete.example.org")
	status, text = ask_raw(base_url, "rete.example.org", path="/rete", X_Forwarded_Host=FORGED)
	assert status == 200 and "evil" not in text
	status, text = ask_raw(base_url, FORGED, path="http://rete.example.org/rete")
	assert status in (400, 421) and "evil" not in text


@pytest.mark.parametrize("host_name", ["https://rete.example.org", None])
def test_no_mailed_link_carries_the_name_of_a_request(host_name, site, base_url, configured):
	"""Adhesion, password reset and sign-up, with and without a name of the site."""
	configured("host_name", host_name)
	before = set(frappe.db.sql_list("select name from `tabEmail Queue`"))
	guest = Client(base_url)
	guest.session.headers["Host"] = FORGED
	with committed_rows():
		send_adhesion(guest, email="nuovo@example.org")
		guest.call(RESET, user=APPLICANT)
		guest.call(SIGN_UP, email="nuova.persona@example.org", full_name="Nuova", redirect_to="")
		frappe.db.rollback()
		mails = frappe.get_all("Email Queue", {"name": ("not in", before or [""])}, pluck="message")
		assert not any(FORGED in decoded(mail) for mail in mails)
		if not host_name:
			assert len(mails) >= 3 and all(f"//{site}" in decoded(mail) for mail in mails)
		frappe.db.sql("delete from tabUser where name = 'nuova.persona@example.org'")
		for member in frappe.get_all("RTC Member", {"email": "nuovo@example.org"}, pluck="name"):
			frappe.delete_doc("RTC Member", member, force=True)
		frappe.db.sql("commit")


def decoded(mail: str) -> str:
	parts = [part for part in message_from_string(mail).walk() if not part.is_multipart()]
	return "\n".join((part.get_payload(decode=True) or b"").decode("utf-8", "replace") for part in parts)


@pytest.mark.parametrize(
	"peer, forwarded, trusted, address",
	[
		("127.0.0.1", "9.9.9.9, 5.6.7.8", 1, "5.6.7.8"),
		("127.0.0.1", "9.9.9.9", 0, "127.0.0.1"),
		("172.18.0.4", "9.9.9.9, 5.6.7.8", 1, "5.6.7.8"),
		("8.8.8.8", "9.9.9.9", 1, "8.8.8.8"),
		("127.0.0.1", "9.9.9.9, 5.6.7.8, 10.0.0.2", 2, "5.6.7.8"),
		("127.0.0.1", "5.6.7.8", 2, "5.6.7.8"),
		("10.0.0.9", "9.9.9.9, 5.6.7.8, 10.0.0.2", ["10.0.0.0/24"], "5.6.7.8"),
		("5.6.7.8", "9.9.9.9", ["10.0.0.0/24"], "5.6.7.8"),
		("127.0.0.1", "2001:db8:1:2:3:4:5:6", 1, "2001:db8:1:2::"),
		("127.0.0.1", "[2001:db8:1:2::9]:443", 1, "2001:db8:1:2::"),
		("127.0.0.1", "::ffff:5.6.7.8", 1, "5.6.7.8"),
		("127.0.0.1", "nonsense, <b>", 1, "127.0.0.1"),
		("127.0.0.1", "", 1, "127.0.0.1"),
	],
)
def test_an_address_is_what_a_trusted_proxy_saw(peer, forwarded, trusted, address):
	assert client_address(peer, forwarded, trusted) == address


@pytest.mark.parametrize("trusted", [0, 1])
def test_another_forwarded_address_each_time_avoids_no_limit(trusted, clients, configured):
	configured("rtc_trusted_proxies", trusted)
	guest = clients[None].session
	seen = "" if trusted == 0 else ", 5.6.7.8"
	path = f"{clients[None].base_url}/api/method/rtc_conciliation.common.api.get_challenge"
	answers = [
		guest.get(path, headers={"X-Forwarded-For": f"9.9.9.{number}{seen}"}).status_code
		for number in range(65)
	]
	assert answers.count(429) == 5, answers


@pytest.mark.parametrize(
	"begin", ["/bandi/", "/progetti/", "/trasparenza/", "/graduatorie/", "/accettazione/", "/"]
)
@pytest.mark.parametrize("end", ["x%0d%0aSet-Cookie:a=b", "x%0a", "%0dx", "x%00y"])
def test_control_characters_in_an_address_are_not_found(begin, end, clients):
	answer = clients[None].get(f"{begin}{end}")
	assert answer.status_code in (400, 404), answer.status_code
	assert "a=b" not in str(answer.headers.get("Set-Cookie"))


@pytest.mark.parametrize("user", [None, APPLICANT, NO_ROLE])
def test_an_error_tells_who_has_no_desk_not_how_the_site_is_made(user, clients):
	for method, data in (
		("frappe.client.get", {"doctype": "RTC Application", "name": "none"}),
		("rtc_conciliation.applications.api.check_draft", {"application": "{"}),
		("frappe.client.get_list", {"doctype": "RTC Application", "fields": ["none"]}),
		("login", {"usr": "nobody@example.org", "pwd": "x"}),
		("login", {"usr": OFFICER, "pwd": "x"}),
	):
		text = clients[user].call(method, **data).text
		assert "Traceback" not in text and "/frappe/" not in text and ".py" not in text, text[:500]


@pytest.mark.parametrize("user", [NO_ROLE, EVALUATOR])
@pytest.mark.parametrize("form", [application.WEB_FORM, profile.WEB_FORM])
def test_web_forms_are_for_those_who_may_make_their_record(user, form, clients):
	answer = clients[user].call(
		ACCEPT, web_form=form, data=json.dumps({"title": "Mia", "organisation_name": "Mia"})
	)
	assert answer.status_code == 403, answer.text
	frappe.db.rollback()
	assert not frappe.db.exists("RTC Application", {"owner": user})
	assert not frappe.db.exists("RTC Applicant Profile", {"owner": user})


@pytest.mark.parametrize(
	"method, key, more", [(RESET, "user", {}), (SIGN_UP, "email", {"full_name": "X", "redirect_to": ""})]
)
def test_who_has_an_account_is_not_told(method, key, more, clients):
	known = clients[None].call(method, **{key: OFFICER}, **more)
	unknown = clients[None].call(method, **{key: "nessuno.qui@example.org"}, **more)
	others = clients[None].call(method, **{key: "Administrator"}, **more)
	assert known.status_code == unknown.status_code == 200, (known.text, unknown.text)
	assert known.json() == unknown.json()
	assert method == SIGN_UP or others.json() == known.json()
	frappe.db.sql("delete from tabUser where name = 'nessuno.qui@example.org'")
	frappe.db.sql("commit")


def test_a_login_that_fails_tells_no_more(clients):
	wrong, nobody = (
		Client(clients[None].base_url).call("login", usr=user, pwd="x")
		for user in (OFFICER, "nessuno@example.org")
	)
	assert (wrong.status_code, nobody.status_code) == (401, 401)
	assert wrong.json() == nobody.json()


def test_applicants_are_not_told_who_works_there(clients):
	applicant = clients[APPLICANT]
	mentions = applicant.call("frappe.desk.search.get_names_for_mentions", search_term="")
	assert mentions.json().get("message") == []
	query = "frappe.core.doctype.user.user.user_query"
	for answer in (
		applicant.call("frappe.desk.search.search_link", doctype="User", txt="", query=query),
		applicant.call("frappe.desk.search.search_widget", doctype="User", txt=""),
		applicant.call("frappe.desk.search.search_link", doctype="RTC Area", txt="", query=query),
		applicant.call(query, doctype="User", txt="", searchfield="name", start=0, page_len=20, filters={}),
	):
		assert answer.status_code == 403, answer.text
	officer = clients[OFFICER].call("frappe.desk.search.search_link", doctype="User", txt="")
	assert officer.status_code == 200 and OFFICER in officer.text
