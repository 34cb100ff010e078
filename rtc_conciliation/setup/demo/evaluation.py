"""The panels of the two calls, and the reviews of the first one: three members, each on their own."""

from decimal import Decimal

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime

from rtc_conciliation.evaluation import reviewing
from rtc_conciliation.rules.evaluation import scoring
from rtc_conciliation.setup.demo.acting import acting, make, step
from rtc_conciliation.setup.demo.data import evaluation as data
from rtc_conciliation.setup.demo.data.users import DIRECTOR, OFFICER

STEP = scoring.STEP


def appoint(call: str, act: dict, at) -> Document:
	day = get_datetime(at).date()
	members = [{**row, "from_date": day} for row in data.MEMBERS]
	panel = make("RTC Panel", {"call": call, "members": members, **act}, OFFICER, at)
	return step(panel, "Appoint", DIRECTOR, at)


def hold_sitting(call: str, at) -> None:
	with acting(OFFICER, at):
		panel = frappe.get_doc("RTC Panel", {"call": call})
		present = ", ".join(row.person for row in panel.members if row.office != "Substitute")
		values = {
			"held_on": get_datetime(at).date(),
			"present": present,
			"minutes": data.MINUTES,
			"closed": 1,
		}
		panel.append("sittings", values)
		panel.save()


def review_all(call: str, judged: list[tuple[Document, dict]], at) -> None:
	"""The members declare no conflict and review every application that reached the evaluation."""
	stories = {application.name: story for application, story in judged if "score" in story}
	for member, shift in zip(data.REVIEWERS, data.SHIFTS, strict=True):
		with acting(member, at):
			reviewing.declare(call)
			for name, story in stories.items():
				review(name, Decimal(str(story["score"])) + shift)
	hold_sitting(call, at)


def review(application: str, total: Decimal) -> None:
	doc = frappe.get_doc("RTC Review", reviewing.begin_review(application))
	spread_over(doc.scores, total)
	doc.workflow_state = "Submitted"
	doc.save()


def spread_over(rows: list, total: Decimal) -> None:
	"""Marks in proportion to what each criterion may have, by steps, that make `total` as near as they can."""
	judged = [row for row in rows if row.kind != scoring.COMPUTED]
	given = sum((scoring.read(row.score) or 0 for row in rows if row.kind == scoring.COMPUTED), Decimal(0))
	left, room = max(total - given, Decimal(0)), sum(Decimal(str(row.max_score)) for row in judged)
	for row in judged:
		most = Decimal(str(row.max_score))
		mark = min((left * most / room) // STEP * STEP, most) if room else Decimal(0)
		row.score, row.note = scoring.format_mark(mark), data.NOTE
		left, room = left - mark, room - most
