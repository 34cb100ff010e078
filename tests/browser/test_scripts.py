"""What a guest and an applicant write runs nowhere in the desk, in Chromium; and markup that lay there before does not."""

import json

import frappe
import pytest
from frappe.utils import add_to_date

from rtc_conciliation.common import clock
from tests.browser.desk import READY, open_record, open_route, quiet_tours
from tests.site import factories
from tests.site.applications.tools import ask, send_adhesion
from tests.site.http import Client, committed_rows

ATTACK = '"<img src=/none.png onerror=parent.__xss=(parent.__xss||0)+1>"'
HOSTILE = f"{ATTACK} &lt;img src=/none.png onerror=parent.__xss=1&gt; <svg onload=parent.__xss=1"
APPLICATION = "RTC Application"
#: elements that only an injected text can have made, wherever they stand
INJECTED = "() => document.querySelectorAll('[onerror], svg[onload]').length"
VIEWS = (
	"/app/rtc-member/view/list",
	"/app/rtc-member/view/report",
	"/app/rtc-call-question/view/report",
	"/app/rtc-application/view/list",
	"/app/rtc-application/view/report",
	"/app/query-report/RTC Applications of a Call",
)


@pytest.fixture(scope="module")
def planted(site, base_url):
	"""By a guest in the public forms, by an applicant in a draft and at the step of sending, over HTTP."""
	with committed_rows():
		frappe.set_user("Administrator")
		quiet_tours()
		call = factories.call(title="Con attacchi", closing=add_to_date(clock.now(), days=20))
		draft = factories.application("Draft", call=call.name)
		frappe.db.commit()
		guest, applicant = Client(base_url), Client(base_url, factories.APPLICANT)
		member = send_adhesion(guest, offers=HOSTILE, organisation_name=ATTACK, municipality=ATTACK)
		question = ask(guest, call.name, subject=ATTACK, question=HOSTILE)
		doc = json.loads(frappe.as_json({**draft.as_dict(), "title": ATTACK, "abstract": HOSTILE}))
		doc["actions"][0]["description"] = HOSTILE
		sent = applicant.call("frappe.client.submit", doc={**doc, "workflow_state": "Submitted"})
		assert all(answer.status_code == 200 for answer in (member, question, sent)), sent.text
		yield frappe._dict(
			call=call.name,
			records=[
				("RTC Member", member.json()["message"]["number"]),
				("RTC Call Question", question.json()["message"]["number"]),
				(APPLICATION, draft.name),
			],
		)


def assert_nothing_ran(page, where) -> None:
	page.wait_for_timeout(300)
	assert not page.evaluate("() => window.__xss"), where
	assert not page.evaluate(INJECTED), where


@pytest.mark.parametrize("user", [factories.OFFICER, factories.MANAGER, factories.AUDITOR])
def test_nothing_that_was_planted_runs_in_the_desk(user, visit, planted):
	page = visit(user, factories.PASSWORD).page
	for doctype, name in planted.records:
		open_record(page, doctype, name)
		assert_nothing_ran(page, (doctype, name))
	for view in VIEWS:
		open_route(page, view.replace(" ", "%20"))
		page.wait_for_function(READY)
		assert_nothing_ran(page, view)


def test_markup_that_lay_there_before_runs_no_script(visit, planted):
	"""A row past all cleaning: the desk's policy holds."""
	visitor = visit(factories.OFFICER, factories.PASSWORD)
	doctype, name = planted.records[0]
	frappe.db.set_value(doctype, name, "offers", ATTACK, update_modified=False)
	frappe.db.sql("commit")
	open_record(visitor.page, doctype, name)
	visitor.page.wait_for_timeout(500)
	assert not visitor.page.evaluate("() => window.__xss")
	visitor.problems.clear()
