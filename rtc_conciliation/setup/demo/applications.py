"""The applications: written and sent by the applicants, checked by the office, decided by the ranking."""

from datetime import timedelta

from frappe.model.document import Document
from frappe.utils import get_datetime

from rtc_conciliation.applications import partner_confirmations as confirmations
from rtc_conciliation.rules.application import confirmation as rule
from rtc_conciliation.setup.demo import awards, evaluation, formal_checks, ranking, team
from rtc_conciliation.setup.demo.acting import acting, edit, make, step
from rtc_conciliation.setup.demo.calendar import Calendar
from rtc_conciliation.setup.demo.data import calls, first_call, second_call
from rtc_conciliation.setup.demo.data.users import MANAGER, OFFICER
from rtc_conciliation.setup.demo.forms import filled_in


def send_first(call: Document) -> list[tuple[Document, dict]]:
	"""(application, what is told of it) in the order of arrival."""
	stories = sorted(first_call.APPLICATIONS.items(), key=lambda item: item[1]["sent"])
	return [
		(send(write(call, key, story, story["sent"]), story, story["sent"]), story) for key, story in stories
	]


def decide(sent: list[tuple[Document, dict]]) -> None:
	for application, story in sent:
		if story["end"] == "Withdrawn":
			at = get_datetime(story["sent"]) + timedelta(days=4)
			step(application, "Withdraw", story["applicant"], at)
	with acting(OFFICER):
		checked = [
			(check(application, story), story) for application, story in sent if story["end"] != "Withdrawn"
		]
	with acting(MANAGER):
		judged = [(judge(application, story), story) for application, story in checked]
	evaluation.review_all(sent[0][0].call, judged, calls.EVALUATED_ON)
	call = sent[0][0].call
	ranking.decide(call)
	awards.publish_register(call)
	awards.accept(call)


def check(application: Document, story: dict) -> Document:
	application = protocol(application, story["sent"])
	application = step(application, "Start Formal Check", OFFICER, calls.CLOSED_ON)
	if story["end"] == "Not Admissible":
		request = formal_checks.ask(application, story["asked"], calls.CLOSED_ON)
		edit(request, OFFICER, calls.CHECKED_ON, outcome="Not Answered")
		step(request, "Close Request", OFFICER, calls.CHECKED_ON)
	formal_checks.answer(application, story.get("failed", {}), calls.CHECKED_ON)
	application.reload()
	return application


def judge(application: Document, story: dict) -> Document:
	if story["end"] == "Not Admissible":
		application = edit(application, MANAGER, calls.CHECKED_ON, decision_reason=story["reason"])
		return step(application, "Declare Not Admissible", MANAGER, calls.CHECKED_ON)
	application = step(application, "Declare Admissible", MANAGER, calls.CHECKED_ON)
	application = step(application, "Start Evaluation", MANAGER, calls.EVALUATED_ON)
	return edit(application, MANAGER, calls.RANKED_ON, cup=story.get("cup"))


def make_second(call: Document, calendar: Calendar) -> None:
	for key, story in second_call.APPLICATIONS.items():
		at = calendar.opening + timedelta(days=story.get("sent_after_days", 7), hours=6)
		application = write(call, key, story, at)
		if "shared_with" in story:
			team.share(application, story)
			team.keep_profile(key, story)
		if "confirmed_by" in story:
			ask_partners(application, story, call, at)
		if "end" in story:
			application = protocol(send(application, story, at), at)
		if story.get("end") == "Integration Requested":
			step(application, "Start Formal Check", OFFICER, at + timedelta(days=1))
			formal_checks.ask(application, story["asked"], at + timedelta(days=2))


def ask_partners(application: Document, story: dict, call: Document, at) -> None:
	"""The first partner has confirmed, the second has not answered yet."""
	with acting(story["applicant"], at):
		first, second = application.partners[1:3]
		confirmations.answer(application, first, rule.CONFIRMED, *story["confirmed_by"])
		_token, asked = confirmations.make_token(second, call.closing)
		confirmations.write(second, asked)


def write(call: Document, key: str, story: dict, at) -> Document:
	with acting(story["applicant"], at):
		return make("RTC Application", filled_in(call, key, story), story["applicant"], at)


def send(application: Document, story: dict, at) -> Document:
	return step(application, "Send", story["applicant"], at)


def protocol(application: Document, at) -> Document:
	number = application.name.rsplit("-", 1)[-1]
	day = get_datetime(at).date()
	values = {"protocol_number": f"{int(number):07d}/{day.year}", "protocol_date": day}
	return edit(application, OFFICER, at, **values)
