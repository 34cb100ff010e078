"""Over HTTP, as everybody who writes: no text of a record holds markup, at whichever step it comes in."""

import html
import json
import re

import frappe
import pytest
from frappe.utils import add_to_date

from rtc_conciliation.applications import content_check, receipts
from rtc_conciliation.common import clock
from rtc_conciliation.common.papers import canonical
from rtc_conciliation.patches import texts_kept_plain
from tests.site import factories
from tests.site.applications.tools import ask, fresh, send_adhesion
from tests.site.factories import APPLICANT, OFFICER
from tests.site.http import Client, committed_rows

pytestmark = pytest.mark.usefixtures("no_waiting")
APPLICATION = "RTC Application"
SHAPES = (
	'"<img src=x onerror=rtc()>"',
	'["<svg onload=rtc()>"]',
	'{"a": "<img src=x onerror=rtc()>"}',
	"<img src=x onerror=rtc()",
	"&lt;img src=x onerror=rtc()&gt;",
	"&amp;lt;img src=x onerror=rtc()&amp;gt;",
)
TAG = re.compile(r"<[a-z/!?]", re.IGNORECASE)
EDITED = ("Text Editor", "HTML Editor")
HANDLER = re.compile(r"<[^>]*\son\w+\s*=", re.IGNORECASE)


@pytest.fixture(scope="module")
def records(site):
	with committed_rows():
		opened = factories.call(title="Con testi", closing=add_to_date(clock.now(), days=20)).name
		sent, member = factories.application("Submitted", call=opened), factories.member()
		frappe.db.commit()
		yield frappe._dict(call=opened, sent=sent.name, member=member.name)


@pytest.fixture(scope="module")
def clients(base_url, records):
	return {user: Client(base_url, user) for user in (None, APPLICANT, OFFICER)}


def keep() -> None:
	"""For the server to see: a test's own commit does nothing. The fixture `records` clears it all away."""
	frappe.db.sql("commit")


def assert_harmless(doctype: str, name: str) -> None:
	"""In no column of the record and its rows, decoded twice."""
	doc = fresh(doctype, name)
	for row in (doc, *doc.get_all_children()):
		for df in row.meta.fields:
			value = row.get(df.fieldname)
			if isinstance(value, str) and df.fieldtype not in ("Code", "JSON"):
				wrong = HANDLER if df.fieldtype in EDITED else TAG
				for text in (value, html.unescape(value), html.unescape(html.unescape(value))):
					assert not wrong.search(text), (row.doctype, df.fieldname, value)


def hostile(doctype: str, shape: str) -> dict:
	"""`shape` in every text that a person may write."""
	return {
		df.fieldname: shape
		for df in frappe.get_meta(doctype).fields
		if df.fieldtype in ("Data", "Small Text", "Text") and not (df.read_only or df.hidden or df.options)
	}


def application_with(shape: str, call: str) -> dict:
	values = factories.application_values(call=call)
	values.update({"title": shape, "abstract": shape, "governance": shape, "contact_person": shape})
	values["partners"][1]["activities"] = shape
	values["partners"][2]["organisation_name"] = shape
	for row in values["actions"]:
		row["description"] = row["output"] = shape
	values["costs"][0]["description"] = values["recipients"][0]["description"] = shape
	return values


@pytest.mark.parametrize("shape", SHAPES)
def test_a_guest_plants_nothing(shape, clients, records):
	asked = ask(clients[None], records.call, subject=shape, question=shape)
	assert asked.status_code == 200, asked.text
	assert_harmless("RTC Call Question", asked.json()["message"]["number"])
	texts = (
		"offers",
		"organisation_name",
		"municipality",
		"contact_person",
		"address",
		"legal_representative",
	)
	sent = send_adhesion(clients[None], **dict.fromkeys(texts, shape))
	assert sent.status_code == 200, sent.text
	assert_harmless("RTC Member", sent.json()["message"]["number"])


@pytest.mark.parametrize("shape", SHAPES)
def test_an_applicant_plants_nothing_at_any_step(shape, clients, records):
	"""A new record, a change, a title, and the step of sending, with texts that came with it."""
	applicant = clients[APPLICANT]
	values = application_with(shape, records.call)
	keep()
	made = applicant.post(f"/api/resource/{APPLICATION}", **values)
	assert made.status_code == 200, made.text
	name = made.json()["data"]["name"]
	assert_harmless(APPLICATION, name)
	applicant.put(f"/api/resource/{APPLICATION}/{name}", objectives=shape, title=f"{shape}!")
	applicant.call("frappe.client.set_value", doctype=APPLICATION, name=name, fieldname="risks", value=shape)
	applicant.call(
		"frappe.model.rename_doc.update_document_title", doctype=APPLICATION, docname=name, title=shape
	)
	assert_harmless(APPLICATION, name)
	doc = {**fresh(APPLICATION, name).as_dict(), **application_with(shape, records.call), "docstatus": 1}
	doc = json.loads(frappe.as_json(doc))
	keep()
	for method, data in (
		("frappe.client.submit", {"doc": doc}),
		("frappe.desk.form.save.savedocs", {"doc": json.dumps(doc), "action": "Submit"}),
	):
		applicant.call(method, **data)
		assert_harmless(APPLICATION, name)


def test_what_is_sent_with_hostile_texts_is_harmless_and_as_it_was_sent(clients, records):
	applicant = clients[APPLICANT]
	doc = factories.application("Draft", call=records.call)
	keep()
	doc = json.loads(frappe.as_json({**doc.as_dict(), "abstract": SHAPES[0], "title": SHAPES[3]}))
	doc["actions"][0]["description"] = SHAPES[1]
	answer = applicant.call("frappe.client.submit", doc={**doc, "workflow_state": "Submitted"})
	assert answer.status_code == 200, answer.text
	assert_harmless(APPLICATION, doc["name"])
	sent = fresh(APPLICATION, doc["name"])
	assert sent.docstatus == 1 and not TAG.search(sent.sent_content)
	assert not content_check.changed_fields(sent, receipts.sent_content(sent))


@pytest.mark.parametrize("shape", SHAPES[:4])
def test_the_office_s_texts_and_what_follows_a_sending_are_harmless(shape, clients, records):
	officer = clients[OFFICER]
	officer.put(f"/api/resource/{APPLICATION}/{records.sent}", protocol_number=shape[:100])
	changed = officer.put(f"/api/resource/RTC Member/{records.member}", **hostile("RTC Member", shape[:130]))
	assert_harmless(APPLICATION, records.sent)
	changed = officer.put(f"/api/resource/RTC Member/{records.member}", offers=shape, organisation_name=shape)
	assert changed.status_code == 200, changed.text
	assert_harmless("RTC Member", records.member)


@pytest.mark.parametrize("shape", SHAPES[:3])
def test_core_s_own_records_hold_no_script_in_json(shape, clients, records):
	applicant = clients[APPLICANT]
	draft = factories.application("Draft", call=records.call)
	keep()
	comment = applicant.call(
		"frappe.desk.form.utils.add_comment",
		reference_doctype=APPLICATION,
		reference_name=draft.name,
		content=shape,
		comment_email=APPLICANT,
		comment_by=APPLICANT,
	)
	contents = frappe.db.sql_list("select content from tabComment where reference_name = %s", draft.name)
	assert comment.status_code == 200 and not any(HANDLER.search(text) for text in contents), contents
	before = frappe.db.get_value("User", APPLICANT, ["first_name", "full_name", "bio"], as_dict=True)
	try:
		applicant.put(f"/api/resource/User/{APPLICANT}", first_name=shape, bio=shape)
		keep()
		assert_harmless("User", APPLICANT)
		assert '"' not in frappe.db.get_value("User", APPLICANT, "full_name")
	finally:
		frappe.db.set_value("User", APPLICANT, before)
		keep()


def test_a_file_s_name_cannot_break_out_of_an_attribute(clients, records):
	for name in ("<img src=x onerror=rtc()>.pdf", '" onmouseover="rtc().pdf'):
		answer = clients[APPLICANT].call(
			"frappe.client.insert", doc={"doctype": "File", "file_name": name, "content": "x"}
		)
		assert answer.status_code in (403, 417), answer.text
	assert not frappe.db.sql("select name from tabFile where file_name like '%%rtc()%%'")


def test_rows_of_before_are_cleaned_and_what_was_sent_is_as_it_was(records):
	"""As they were kept by a version that let them through: columns and kept content alike."""
	shape = SHAPES[0]
	sent, member = frappe.get_doc(APPLICATION, records.sent), frappe.get_doc("RTC Member", records.member)
	kept = json.loads(sent.sent_content)
	kept["abstract"] = kept["actions"][0]["description"] = shape
	frappe.db.set_value(APPLICATION, sent.name, "abstract", shape)
	frappe.db.set_value("RTC Application Action", sent.actions[0].name, "description", shape)
	frappe.db.set_value(
		APPLICATION, sent.name, {"sent_content": canonical.text(kept), "digest": canonical.digest(kept)}
	)
	frappe.db.set_value("RTC Member", member.name, "offers", shape)
	digest = canonical.digest(kept)
	texts_kept_plain.execute()
	for doctype, name in ((APPLICATION, sent.name), ("RTC Member", member.name)):
		doc = frappe.get_doc(doctype, name)
		assert not any(TAG.search(value) for value in (doc.get("abstract"), doc.get("offers")) if value)
	sent = frappe.get_doc(APPLICATION, sent.name)
	assert not TAG.search(sent.actions[0].description)
	assert (sent.digest, content_check.verify_receipt(sent.name, digest)) == (
		digest,
		content_check.MATCHES,
	)
	frappe.db.set_value(APPLICATION, sent.name, "abstract", "altro")
	assert content_check.verify_receipt(sent.name, digest) == content_check.CHANGED


def test_a_tag_is_for_the_desk_and_only_text(clients, records):
	given = {"tag": 'x" onmouseover="rtc()<img src=x>', "dt": APPLICATION, "dn": records.sent}
	add = "frappe.desk.doctype.tag.tag.add_tag"
	draft = factories.application("Draft", call=records.call)
	keep()
	assert clients[APPLICANT].call(add, **{**given, "dn": draft.name}).status_code == 403
	clients[OFFICER].call(add, **given)
	frappe.db.rollback()
	kept = frappe.db.get_value(APPLICATION, records.sent, "_user_tags") or ""
	assert not TAG.search(kept) and '"' not in kept
