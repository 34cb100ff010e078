"""What a page says of the state of things is so, and is the same wherever it is said."""

import csv
import re
from datetime import timedelta
from email import message_from_string

import frappe
import pytest
from frappe.desk.notifications import get_open_count

from devsite.paths import REPO
from rtc_conciliation.common import clock
from rtc_conciliation.common.web import core_methods, statements
from rtc_conciliation.evaluation import panel_progress
from rtc_conciliation.network import adhesion_mails
from rtc_conciliation.rtc_conciliation.doctype.rtc_application.next_step import describe_next_step
from tests.site import evaluating, factories
from tests.site.factories import MANAGER, OFFICER

REQUEST = "RTC Integration Request"


def onload_of(doctype: str, name: str, user: str = OFFICER) -> dict:
	with factories.acting(user):
		doc = frappe.get_doc(doctype, name)
		doc.run_method("onload")
		return doc.get("__onload") or {}


def test_an_application_under_evaluation_says_who_is_waited_for():
	records = evaluating.make_call(applications=1)
	[name] = records.applications
	said = onload_of("RTC Application", name)["next_step"]["text"]
	assert "0 valutazioni consegnate su 3" in said and "Valutazioni mancanti" in said, said
	assert "scrive il punteggio" not in said
	assert onload_of("RTC Application", factories.application("Draft").name)["next_step"] == {}


def test_the_banner_of_an_application_leads_to_the_record_of_its_next_step():
	"""From the check to the ranking: the sentence and where it is done, as things stand."""
	doc = factories.application("Under Formal Check")

	def told() -> tuple:
		step = onload_of("RTC Application", doc.name)["next_step"]
		return step["text"], step["doctype"], step["name"]

	assert "Controlli senza risposta" in told()[0] and told()[1:] == ("RTC Formal Check", doc.name)
	factories.pass_checks(doc.name, row_1="Manca la firma")
	assert "Controlli non superati: 1" in told()[0]
	request = factories.integration("Draft", doc.name)
	assert "in bozza" in told()[0] and told()[1:] == (request.doctype, request.name)
	with factories.acting(factories.MANAGER):
		frappe.model.workflow.apply_workflow(request, "Send Request")
	assert "In attesa del richiedente" in told()[0] and told()[2] == request.name
	factories.answer(request.name)
	assert "ha risposto il" in told()[0] and told()[2] == request.name


def test_who_may_not_read_the_record_is_not_led_to_it():
	doc = factories.application("Under Formal Check")
	with factories.acting(factories.APPLICANT):
		assert describe_next_step(frappe.get_doc("RTC Application", doc.name)) == {}


def test_once_the_reviews_are_in_the_banner_leads_to_the_ranking():
	records = evaluating.make_call(applications=1)
	[name] = records.applications
	step = onload_of("RTC Application", name)["next_step"]
	assert step["doctype"] == "RTC Panel"
	for user in evaluating.MEMBERS:
		evaluating.declare(user, records.call)
	evaluating.everybody(records, name)
	step = onload_of("RTC Application", name)["next_step"]
	assert "graduatoria" in step["text"] and step["doctype"] == "RTC Panel"
	with factories.acting(OFFICER):
		ranking = factories.make("RTC Ranking", {"call": records.call, "kind": "Ranking"})
	step = onload_of("RTC Application", name)["next_step"]
	assert (step["doctype"], step["name"]) == ("RTC Ranking", ranking.name) and "in bozza" in step["text"]


def test_its_next_step_names_the_panel_that_is_missing_and_then_the_ranking(monkeypatch):
	doc = factories.application("Under Evaluation")
	with factories.acting(OFFICER):
		assert "nominata la commissione" in panel_progress.next_step(doc)
		evaluating.make_call(applications=1)
	monkeypatch.setattr("rtc_conciliation.evaluation.scores.describe_missing", lambda found, application: "")
	reviewed = frappe.get_last_doc("RTC Application", {"title": "Progetto 1"})
	with factories.acting(OFFICER):
		assert "graduatoria" in panel_progress.next_step(reviewed)
	with factories.acting(factories.APPLICANT):
		assert panel_progress.next_step(reviewed) == ""


def test_an_answered_request_shows_its_answers_with_the_names_of_the_files():
	doc = factories.integration("Answered")
	shown = onload_of(REQUEST, doc.name)["answers_html"]
	[address] = [row.answer_file for row in doc.items if row.answer_file]
	assert "Ecco il chiarimento" in shown and ">integrazione.pdf</a>" in shown and address in shown
	assert onload_of(REQUEST, factories.integration("Sent").name)["answers_html"] == ""


def test_the_answer_of_somebody_is_text_and_its_address_whole():
	doc = factories.integration("Answered")
	row = doc.items[0]
	row.answer_text, row.answer_file = "<img src=x onerror=1>", "/private/files/30% #1?.pdf"
	from rtc_conciliation.formal_check import integration_answers

	shown = integration_answers.render_answers(doc)
	assert "<img" not in shown and 'href="/private/files/30%25%20%231%3F.pdf"' in shown


def test_who_saves_over_the_change_of_another_is_told_once_in_italian():
	doc = factories.member()
	with factories.acting(OFFICER):
		overtaken = frappe.get_doc(doc.doctype, doc.name)
		doc.save()
		frappe.clear_messages()
		with pytest.raises(frappe.TimestampMismatchError, match=f"{doc.name} è stato modificato dopo"):
			overtaken.save()
	assert len(frappe.local.message_log) == 1


def test_moments_of_a_request_have_no_parts_of_a_second():
	"""The desk shows none, and takes what differs from what it shows for unsaved."""
	doc = factories.integration("Sent")
	with factories.acting(MANAGER):
		doc.due_on = clock.now() + timedelta(days=40, microseconds=123456)
		doc.save()
	assert frappe.get_doc(REQUEST, doc.name).due_on.microsecond == 0


@pytest.mark.parametrize("user", [OFFICER, MANAGER, factories.AUDITOR])
def test_the_records_that_hang_on_one_are_counted_as_their_reader_sees_them(user):
	call = factories.call(title="Con bozze di altri")
	factories.application("Draft", call=call.name)
	factories.application("Submitted", call=call.name, title="Inviata")
	with factories.acting(user):
		assert counted(core_methods.get_open_count("RTC Call", call.name))["RTC Application"] == 1
	with factories.acting(user):
		assert counted(get_open_count("RTC Call", call.name))["RTC Application"] == 2, (
			"core counts the draft too"
		)


def test_who_asks_for_the_count_of_what_he_may_not_read_gets_none():
	call = factories.call(title="Per chi si candida")
	factories.application("Submitted", call=call.name)
	with factories.acting(factories.OTHER_APPLICANT):
		asked = ["RTC Application", "RTC Panel", "RTC Review"]
		found = core_methods.get_open_count("RTC Call", call.name, asked)
	assert counted(found) == dict.fromkeys(asked, 0)


def counted(told: dict) -> dict[str, int]:
	"""DocType → number, however this core tells it."""
	links = told["count"]["external_links_found"] if isinstance(told["count"], dict) else told["count"]
	return {link.get("doctype") or link["name"]: link["count"] for link in links}


def name_attachment(one: dict) -> str:
	"""Core adds it to the message when the mail leaves."""
	return frappe.db.get_value("File", one["fid"], "file_name")


def mails_of(name: str) -> list[tuple[set[str], str, list[str]]]:
	"""[(addresses, text, names of attachments)] of the mails about a record."""
	found = []
	for queue in frappe.get_all("Email Queue", {"reference_name": name}, pluck="name", order_by="creation"):
		doc = frappe.get_doc("Email Queue", queue)
		parts = list(message_from_string(doc.message).walk())
		text = next(part for part in parts if part.get_content_type() == "text/html")
		files = [name_attachment(one) for one in frappe.parse_json(doc.attachments or "[]")]
		body = text.get_payload(decode=True).decode()
		found.append(({row.recipient for row in doc.recipients}, body, files))
	return found


def test_who_joins_is_told_the_outcome_as_the_page_promises():
	doc = factories.member("Admitted")
	adhesion_mails.send_outcome(doc.name)
	[(people, text, files)] = mails_of(doc.name)
	assert people == {"aderente@pec.example.org", "aderente@example.org"}
	assert "3/2026" in text and "06/05/2026" in text and files == [f"{doc.name}-attestato-di-adesione.pdf"]


def test_a_refusal_tells_its_reason_and_how_to_appeal():
	doc = factories.member("Under Review")
	with factories.acting(MANAGER):
		doc.decision_reason = "Manca lo statuto <1>"
		doc.workflow_state = "Rejected"
		doc.save()
	adhesion_mails.send_outcome(doc.name)
	[(_people, text, files)] = mails_of(doc.name)
	assert "Manca lo statuto &lt;1&gt;" in text and "TAR" in text
	assert files == [f"{doc.name}-comunicazione-di-non-ammissione.pdf"]


def test_the_steps_that_decide_are_told_and_no_others(monkeypatch):
	told = []
	monkeypatch.setattr(adhesion_mails, "tell_later", lambda doc: told.append(doc.workflow_state))
	doc = factories.member("Admitted")
	assert told == ["Admitted"]
	with factories.acting(MANAGER):
		doc.update({"step_from": clock.now().date() + timedelta(days=1), "decision_reason": "x"})
		doc.workflow_state = "Suspended"
		doc.save()
	assert told == ["Admitted"]


def test_the_job_comes_after_the_step_is_stored(monkeypatch):
	asked = []
	monkeypatch.setattr(frappe, "enqueue", lambda method, **options: asked.append((method, options)))
	monkeypatch.setattr(frappe.flags, "mute_emails", False)
	adhesion_mails.tell_later(frappe._dict(name="RTC-ADH-1"))
	[(method, options)] = asked
	assert frappe.get_attr(method) is adhesion_mails.send_outcome and options["enqueue_after_commit"]


def test_the_accessibility_statement_tells_what_is_so():
	said = " ".join(statements.list_gaps())
	assert "copie delle domande" not in said and "allegata all'e-mail" in said


def test_the_readme_names_what_stands_on_the_screen():
	readme = (REPO / "README.md").read_text(encoding="utf-8")
	walk = readme.split("### Five minutes", 1)[1].split("[docs/dev/demo.md]", 1)[0]
	words = {
		part for named in re.findall(r"(?<!\*)\*([A-Z][^*]+)\*(?!\*)", walk) for part in named.split(" → ")
	}
	assert words, "the walk names nothing"
	with open(REPO / "rtc_conciliation/translations/it.csv", encoding="utf-8", newline="") as file:
		italian = {row[1] for row in csv.reader(file) if row}
	assert not words - italian - {"Azioni"}  # core's own
