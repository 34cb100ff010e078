"""Answers to single checks, from the screen: of two people who answer at once neither undoes what the other wrote."""

import frappe
from frappe import _
from frappe.utils import get_fullname

from rtc_conciliation.common.web.fields import parse_sent_values
from rtc_conciliation.formal_check.checks import DOCTYPE
from rtc_conciliation.rules.formal_check import checks as rules

#: letters of a note; more belongs in a request of integration
LONGEST = 4000
FIELDS = ("answer", "note")


class AnswersError(frappe.ValidationError):
	"""What came is not what the screen sends."""


def answer_checks(application: str, answers: dict | str) -> dict:
	"""Stores answers; {"modified", "open_items", "failed_items", "rows": {name: as it is now}, "overtaken": [names]}.

	`answers`: {name of a row: {"answer", "note", "seen": [answer, note] on the screen before}}. A row that meanwhile has
	another answer than the one seen is left as it is and named in "overtaken"; one that has the new answer already counts
	as stored.
	"""
	frappe.has_permission(DOCTYPE, "write", throw=True)
	given = parse_answers(answers)
	doc = frappe.get_doc(DOCTYPE, application, for_update=True)
	doc.check_permission("write")
	overtaken = set(given) - {row.name for row in doc.items}
	changed = False
	for row in doc.items:
		if row.name not in given:
			continue
		new, seen = given[row.name]
		stored = rules.answer_of(row)
		if stored == new:
			continue
		if stored != seen:
			overtaken.add(row.name)
			continue
		row.answer, row.note = new
		changed = True
	if changed:
		doc.save()
	return describe_answers(doc, overtaken)


def parse_answers(sent) -> dict[str, tuple]:
	"""{name of a row: (new, seen)}, each a pair as `rules.answer_of` gives it."""
	values = parse_sent_values(sent)
	if values is None:
		refuse_answers()
	return {name: parse_answer(value) for name, value in values.items()}


def parse_answer(value) -> tuple:
	if not isinstance(value, dict) or not isinstance(value.get("seen"), list) or len(value["seen"]) != 2:
		refuse_answers()
	texts = [*(value.get(field) for field in FIELDS), *value["seen"]]
	if not all(isinstance(text, str) for text in texts) or texts[0] not in ("", *rules.ANSWERS):
		refuse_answers()
	if len(texts[1]) > LONGEST:
		frappe.throw(
			_("The note has {0} letters: the most is {1}. Shorten it.").format(len(texts[1]), LONGEST),
			AnswersError,
			title=_("Too Long"),
		)
	new, seen = (dict(zip(FIELDS, pair, strict=True)) for pair in (texts[:2], texts[2:]))
	return rules.answer_of(new), rules.answer_of(seen)


def refuse_answers() -> None:
	frappe.throw(
		_("What was sent cannot be read as answers to the checks. Reload the page and try again."),
		AnswersError,
		title=_("Form Not Understood"),
	)


def describe_answers(doc, overtaken: set[str]) -> dict:
	return {
		"modified": str(doc.modified),
		"open_items": doc.open_items,
		"failed_items": doc.failed_items,
		"rows": {
			row.name: {
				"answer": row.answer or "",
				"note": row.note or "",
				"answered_by": row.answered_by or "",
				"answered_on": str(row.answered_on or ""),
				"person": get_fullname(row.answered_by) if row.answered_by else "",
			}
			for row in doc.items
		},
		"overtaken": sorted(overtaken),
	}
