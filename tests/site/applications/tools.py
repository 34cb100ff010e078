"""How the tests talk to the Web Forms."""

import base64
import json
import re
from datetime import datetime, timedelta, timezone

import frappe
from altcha.altcha import solve_challenge

from rtc_conciliation.common.web import captcha
from tests.site import factories
from tests.site.factories import OTHER_APPLICANT

ACCEPT = "frappe.website.doctype.web_form.web_form.accept"
FORM_DATA = "frappe.website.doctype.web_form.web_form.get_form_data"
CHECK = "rtc_conciliation.applications.api.check_draft"
SAVE = "rtc_conciliation.applications.api.save_draft"
UPLOAD = "/api/method/rtc_conciliation.common.api.upload_file"
APPLICATION, MEMBER = "RTC Application", "RTC Member"
SCRIPT = "<script>alert('x')</script><img src=x onerror=alert(1)><b>grassetto</b>"
#: a letter of two code units and an emoji
TEXT = "perché\r\n𝄞 è un carattere 👍"
OUTSIDER = "Impresa"  # a type that does not count towards the minimum
NOT_FOR_APPLICANTS = {
	"workflow_state": "Funded",
	"granted_amount": 99999,
	"applicant": OTHER_APPLICANT,
	"owner": OTHER_APPLICANT,
	"docstatus": 1,
	"protocol_number": "1/2026",
	"score": 100,
	"cup": "A" * 15,
	"digest": "f" * 64,
	"sent_on": "2026-01-01 00:00:00",
}


def accept(client, web_form: str, **values):
	return client.call(ACCEPT, web_form=web_form, data=json.dumps(values))


SEND = "/api/method/rtc_conciliation.network.api.send_adhesion"


def solution(seconds_ago: float = 60, **changes) -> str:
	"""A solved challenge of the site, made some time ago, as the browser sends it."""
	made = captcha.make_challenge(datetime.now(timezone.utc) - timedelta(seconds=seconds_ago))
	number = solve_challenge(made["challenge"], made["salt"], made["algorithm"], made["maxnumber"]).number
	solved = {key: made[key] for key in ("algorithm", "challenge", "salt", "signature")}
	return base64.b64encode(json.dumps({**solved, "number": number, **changes}).encode()).decode()


def send_adhesion(client, form: tuple[str, bytes] | None = None, altcha: str | None = None, **values):
	"""Send the public form with these values; `form` is its file."""
	data = {
		"adhesion": json.dumps(adhesion(**values)),
		"altcha": solution() if altcha is None else altcha,
		"nickname": "",
	}
	return post_form(client, data, form)


def post_form(client, data: dict, form: tuple[str, bytes] | None = None):
	files = {"form": form} if form else {"none": (None, "")}
	return client.session.post(
		client.base_url + SEND, data=data, files=files, headers=client.csrf(), timeout=60
	)


def adhesion(**values) -> dict:
	return {
		"organisation_name": "Associazione dal modulo",
		"organisation_type": "Associazione di promozione sociale",
		"tax_code": factories.TAX_CODES[4],
		"municipality": "Bergamo",
		"pec": "ente@pec.example.org",
		"email": "ente@example.org",
		"legal_representative": "Carla Prova",
		"privacy_accepted": 1,
		**values,
	}


def words(answer) -> str:
	"""What the site says to the person."""
	packed = answer.json().get("_server_messages") or "[]"
	assert "Traceback" not in packed
	messages = [json.loads(message) for message in json.loads(packed)]
	return "\n".join(str(message["message"]) for message in messages)


def fresh(doctype: str, name: str):
	"""The record as the server has stored it."""
	frappe.db.rollback()
	return frappe.get_doc(doctype, name)


def stored(doc) -> dict:
	return fresh(doc.doctype, doc.name).as_dict(convert_dates_to_str=True)


def settings_in(html: str) -> dict:
	"""The data that the page gives to its script."""
	found = re.search(r"rtc_web_form\.start\((.*)\);</script>", html)
	assert found, html[-2000:]
	assert "<" not in found.group(1)
	common, own = json.loads(f"[{found.group(1)}]")
	if "calls" in own:
		common["options"]["calls"] = own.pop("calls")
	return {**common, **own}


def upload(client, name: str, content: bytes):
	return client.session.post(
		client.base_url + UPLOAD, files={"file": (name, content)}, headers=client.csrf(), timeout=60
	)


ASK = "rtc_conciliation.calls.api.send_question"
ASKED = {"subject": "Voucher <b>", "question": "Sono Ada.\nI voucher valgono?", "email": "ada@example.org"}


def ask(client, call: str, altcha: str | None = None, nickname: str = "", **values):
	asked = {**ASKED, **values}
	altcha = solution() if altcha is None else altcha
	return client.call(ASK, call=call, question=asked, altcha=altcha, nickname=nickname)
