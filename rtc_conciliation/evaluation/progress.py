"""The evaluation in the timeline of an application: that it goes on or is over, and nothing of who evaluates or how."""

from datetime import datetime

from frappe import _

from rtc_conciliation.common import applicant_steps
from rtc_conciliation.rules.application import progress as rules


def list_evaluation(applications: list, now: datetime) -> dict[str, list[dict]]:
	return {
		row.name: [word(step) for step in rules.follow_evaluation(applicant_steps.get_case(row), now)]
		for row in applications
	}


def word(step: rules.Step) -> dict:
	note = "" if step.status == rules.DONE else _("A panel gives the points of the call's criteria.")
	return applicant_steps.describe(step, _("Evaluation"), note)


APPLICANT_STEPS = {"evaluation": list_evaluation}
