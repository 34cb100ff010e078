"""Reminders of the day by which the Plan must be with the Region: a daily job."""

import frappe
from frappe import _
from frappe.utils import getdate

from rtc_conciliation.common import mails
from rtc_conciliation.common.italian import rtc_day, use_italian
from rtc_conciliation.common.notices import list_staff, notify
from rtc_conciliation.plan.deadline import count_days_to, open_deadlines
from rtc_conciliation.rules.plan import due_reminder


def remind() -> None:
	"""Tell officers and managers of every Plan that is due and was never sent, once for each threshold."""
	for programme in open_deadlines():
		deadline = getdate(programme.plan_deadline)
		threshold = due_reminder(count_days_to(deadline), get_last_threshold(programme.name, deadline))
		if threshold is not None:
			notify_staff(programme, deadline)
			frappe.db.set_value(
				"RTC Programme",
				programme.name,
				"plan_reminded",
				f"{deadline.isoformat()} {threshold}",
				update_modified=False,
			)


def get_last_threshold(programme: str, deadline) -> int | None:
	"""The threshold of the last reminder of this very deadline: another deadline starts anew."""
	day, _space, threshold = (
		frappe.db.get_value("RTC Programme", programme, "plan_reminded") or ""
	).partition(" ")
	return int(threshold) if day == deadline.isoformat() else None


def notify_staff(programme, deadline) -> None:
	title = frappe.utils.escape_html(programme.title)
	with use_italian():
		text = _("The Plan of {0} is due to the Region by {1}: {2} days left.").format(
			frappe.bold(title), rtc_day(deadline), count_days_to(deadline)
		)
	mails.send(
		list_staff(),
		frappe.utils.strip_html(text),
		message=f"<p>{text}</p>",
		reference_doctype="RTC Programme",
		reference_name=programme.name,
	)
	notify("RTC Programme", programme.name, text)
