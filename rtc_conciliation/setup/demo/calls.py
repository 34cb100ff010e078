"""The two calls, from the officer's draft to the director's approval and the manager's publication."""

from datetime import timedelta

from frappe.model.document import Document

from rtc_conciliation.setup.demo import applications, evaluation
from rtc_conciliation.setup.demo.acting import edit, make, step
from rtc_conciliation.setup.demo.calendar import Calendar
from rtc_conciliation.setup.demo.data import calls as data
from rtc_conciliation.setup.demo.data import evaluation as panel
from rtc_conciliation.setup.demo.data.programme import PROGRAMME
from rtc_conciliation.setup.demo.data.users import DIRECTOR, MANAGER, OFFICER


def make_first(programme: str) -> None:
	window = {field: PROGRAMME[field] for field in ("project_start", "project_end")}
	values = {**data.FIRST, **window, "programme": programme}
	call = make("RTC Call", values, OFFICER, data.DRAFTED_ON)
	call = step(call, "Approve", DIRECTOR, data.APPROVED_ON)
	call = publish(call, data.FIRST_ACT, data.PUBLISHED_ON)
	sent = applications.send_first(call)
	step(call, "Close", MANAGER, data.CLOSED_ON)
	evaluation.appoint(call.name, panel.FIRST_ACT, panel.FIRST_APPOINTED_ON)
	applications.decide(sent)
	step(call, "Conclude", MANAGER, data.CONCLUDED_ON)


def make_second(programme: str, calendar: Calendar) -> None:
	before = calendar.opening - timedelta(days=3)
	values = {
		**data.SECOND,
		"programme": programme,
		"opening": calendar.opening,
		"closing": calendar.closing,
		"project_start": calendar.project_start,
		"project_end": calendar.project_end,
	}
	call = make("RTC Call", values, OFFICER, before - timedelta(days=7))
	call = step(call, "Approve", DIRECTOR, before)
	call = publish(call, {"act_number": data.SECOND_ACT_NUMBER, "act_date": before.date()}, before)
	applications.make_second(call, calendar)
	second = {"act_number": panel.SECOND_ACT_NUMBER, "act_date": calendar.opening.date()}
	evaluation.appoint(call.name, second, calendar.opening + timedelta(days=8))
	make_questions(call, calendar)


def make_questions(call: Document, calendar: Calendar) -> None:
	"""Two answered and published, one that waits for its answer."""
	for story in data.QUESTIONS:
		asked = calendar.opening + timedelta(days=story["after_days"])
		values = {field: story[field] for field in ("subject", "question")}
		question = make(
			"RTC Call Question", {"call": call.name, "channel": "E-mail", **values}, OFFICER, asked
		)
		if "answer" in story:
			answered = asked + timedelta(hours=20)
			edit(question, OFFICER, answered, answer=story["answer"])
			step(question, "Submit Answer", OFFICER, answered)
			step(question, "Publish Answer", MANAGER, answered + timedelta(hours=2))


def publish(call: Document, act: dict, at) -> Document:
	call = edit(call, MANAGER, at, **act)
	return step(call, "Publish", MANAGER, at)
