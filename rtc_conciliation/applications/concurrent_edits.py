"""Tells who writes in a draft that it was saved meanwhile by somebody else, or in another window."""

import frappe
from frappe.utils import get_fullname

from rtc_conciliation.applications import draft_saves

DOCTYPE = "RTC Application"


def get_edits_since(application: str, modified: str) -> dict:
	"""{} while the draft is as the form has it; else {"modified", "by", "own", "sent", "at"}.

	"by" is a full name, "own" whether it is the reader's, "at" the hour in Europe/Rome. Nothing is asked of the
	database while there is nothing to tell: who knows the moment of the last save learns nothing, and whether they
	may read the draft is asked as soon as there is.
	"""
	last = draft_saves.get_last_save(application)
	if last and last["modified"] == modified:
		return {}
	frappe.get_doc(DOCTYPE, application).check_permission("read")
	last = last or draft_saves.load_last_save(application)
	if not last or last["modified"] == modified:
		return {}
	return {**last, "by": get_fullname(last["by"]), "own": last["by"] == frappe.session.user}
