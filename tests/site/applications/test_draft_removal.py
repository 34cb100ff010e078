"""A draft is deleted by who began it, whole, on its own page; what was sent never is."""

import os

import frappe
import pytest

from rtc_conciliation.access import colleagues
from rtc_conciliation.applications import draft_removal
from rtc_conciliation.common import clock
from tests.site import factories
from tests.site.applications.tools import APPLICATION, words
from tests.site.factories import APPLICANT, OFFICER, OTHER_APPLICANT
from tests.site.http import Client, committed_rows

DELETE = "rtc_conciliation.applications.api.delete_draft"


@pytest.fixture(scope="module")
def drafts(site):
	"""Two drafts that the server sees, each with a colleague who may send it: one goes, one stays."""
	with committed_rows():
		made = [factories.application("Draft", title=title) for title in ("Di troppo", "Che resta")]
		for doc in made:
			with factories.acting(APPLICANT):
				row = factories.make(
					colleagues.DOCTYPE, {"application": doc.name, "email": OTHER_APPLICANT, "may_send": 1}
				)
			row.db_set({"user": OTHER_APPLICANT, "accepted_on": clock.now()})
		frappe.db.commit()
		yield made


def test_it_goes_whole_and_its_colleagues_are_told(drafts, base_url):
	own, other = drafts
	files = frappe.get_all("File", {"attached_to_name": own.name}, pluck="name")
	paths = {frappe.get_doc("File", name).get_full_path() for name in files}
	assert paths and all(map(os.path.exists, paths))
	others = {
		frappe.get_doc("File", name).get_full_path()
		for name in frappe.get_all("File", {"attached_to_name": other.name}, pluck="name")
	}
	answer = Client(base_url, APPLICANT).call(DELETE, application=own.name)
	assert answer.status_code == 200, answer.text
	frappe.db.rollback()
	for doctype, filters in (
		(APPLICATION, own.name),
		(colleagues.DOCTYPE, {"application": own.name}),
		("RTC Application Partner", {"parent": own.name}),
		("File", {"attached_to_name": own.name}),
		("Deleted Document", {"deleted_name": own.name}),
	):
		assert not frappe.db.exists(doctype, filters), doctype
	assert {path for path in paths if os.path.exists(path)} == paths & others
	told = frappe.get_last_doc("Email Queue")
	assert [row.recipient for row in told.recipients] == [OTHER_APPLICANT]
	assert own.name in told.message


@pytest.mark.parametrize("user", [None, OTHER_APPLICANT, OFFICER])
def test_nobody_else_deletes_it(drafts, base_url, user):
	"""Not a colleague who may send, nor the office, which does not even see it."""
	kept = drafts[1]
	assert Client(base_url, user).call(DELETE, application=kept.name).status_code == 403
	frappe.db.rollback()
	assert frappe.db.exists(APPLICATION, kept.name)


def test_core_s_own_way_keeps_a_copy_and_is_refused(drafts, base_url):
	own, client = drafts[1], Client(base_url, APPLICANT)
	answer = client.delete(f"/api/resource/{APPLICATION}/{own.name}")
	assert answer.status_code == 403
	assert "Elimina la bozza" in words(answer)
	frappe.db.rollback()
	assert frappe.db.exists(APPLICATION, own.name)


@pytest.mark.parametrize("state", ["Submitted", "Withdrawn"])
def test_what_was_sent_is_kept(as_user, state):
	doc = factories.application(state)
	with as_user(APPLICANT), pytest.raises(draft_removal.RemovalError):
		draft_removal.delete_draft(doc.name)
	assert frappe.db.exists(APPLICATION, doc.name)


def test_a_draft_that_is_sent_meanwhile_is_kept(as_user):
	"""The row says so now, whatever the transaction has read before."""
	doc = factories.application("Draft")
	frappe.db.set_value(APPLICATION, doc.name, "docstatus", 1, update_modified=False)
	frappe.clear_document_cache(APPLICATION, doc.name)
	with as_user(APPLICANT), pytest.raises(draft_removal.RemovalError):
		draft_removal.delete_draft(doc.name)
