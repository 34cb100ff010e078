"""A draft that the server sees, as its applicant has it open in the browser."""

from contextlib import contextmanager

import frappe

from tests.site import factories
from tests.site.factories import APPLICANT
from tests.site.http import committed_rows


@contextmanager
def committed_draft(title: str):
	with committed_rows():
		with factories.acting(APPLICANT):
			doc = factories.application(title=title, partners=[])
		frappe.db.commit()
		yield doc


def status(page):
	return page.locator(".rtc-status")


def stored(draft):
	frappe.db.rollback()
	return frappe.get_doc("RTC Application", draft.name)
