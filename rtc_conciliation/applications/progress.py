"""Draft, sending and withdrawal in the timeline of an application, and what follows the sending, for mail and receipt."""

from datetime import datetime

import frappe
from frappe import _
from frappe.utils import get_datetime

from rtc_conciliation.common import applicant_steps
from rtc_conciliation.rules.application import progress as rules


def list_sending(applications: list, now: datetime) -> dict[str, list[dict]]:
	return {
		row.name: [word(step) for step in rules.follow_sending(applicant_steps.get_case(row), now)]
		for row in applications
	}


def word(step: rules.Step) -> dict:
	words = {
		"to send": (_("Fill in the application and send it"), ""),
		"too early": (_("Fill in the application"), _("It can be sent once the call opens.")),
		"never sent": (_("Not sent"), _("The call no longer takes applications.")),
		"sent": (_("Application sent"), ""),
		"withdrawn": (_("Application withdrawn"), _("It takes no part in the call any more.")),
		"closing": (
			_("The call closes"),
			_("Until then the application can be withdrawn and another one sent."),
		),
	}
	title, note = words[step.what]
	when = applicant_steps.write(step.by) if step.what in ("too early", "closing") else ""
	return applicant_steps.describe(step, title, note, when=when)


def list_what_follows(doc) -> list[dict]:
	"""What came after the sending on the day of it, whatever became of the application: the receipt reads the same ever after."""
	# without the name of a record no subject finds what was written since
	as_sent = frappe._dict(
		name="", call=doc.call, workflow_state=rules.SUBMITTED, sent_on=doc.sent_on, modified=doc.sent_on
	)
	steps = applicant_steps.collect_steps([as_sent], get_datetime(doc.sent_on))[""]
	return [step for step in steps if step["status"] != rules.DONE]


APPLICANT_STEPS = {"sending": list_sending}
