"""One organisation per codice fiscale, and two records of one joined without losing what names them."""

import frappe
import pytest

from rtc_conciliation.common.findings import RulesError
from rtc_conciliation.network import composition, mergers
from rtc_conciliation.rtc_conciliation.doctype.rtc_organisation.rtc_organisation import (
	DuplicateOrganisationError,
	MergeError,
)
from tests.site import factories
from tests.site.factories import AUDITOR, MANAGER, OFFICER, TAX_CODES, seat


@pytest.mark.parametrize("written", ["94000060163", " 94000060163 ", "it 940 000 60163", "IT-94000060163"])
def test_a_code_is_one_however_it_is_written(written):
	factories.organisation()
	with pytest.raises(DuplicateOrganisationError):
		factories.organisation(tax_code=written)


@pytest.fixture
def twice():
	"""(record that goes, record that remains): each a member, the first with a seat and a sent application."""
	gone = factories.member("Admitted", index=5).organisation
	stays = factories.member("Admitted", index=4, organisation_name="Altro nome").organisation
	body = factories.body(seats=[seat("Ada Prova", organisation=gone)])
	factories.meeting(body=body.name)
	return gone, stays


def test_the_merge_moves_every_link(twice, as_user):
	gone, stays = twice
	partner = factories.application_values()["partners"]
	partner[2]["tax_code"] = TAX_CODES[5]
	application = factories.application("Submitted", partners=partner)
	assert application.partners[2].organisation == gone
	digest = application.digest
	with as_user(MANAGER):
		moves = {row["label"]: row["count"] for row in mergers.preview_merge(gone, stays)["moves"]}
		assert moves == {
			frappe._(name): 1 for name in ("RTC Member", "RTC Body", "RTC Meeting", "RTC Application")
		}
		assert mergers.merge_organisations(gone, stays) == stays
	assert not frappe.db.exists("RTC Organisation", gone)
	assert frappe.db.count("RTC Member", {"organisation": stays}) == 2
	assert frappe.db.count("RTC Body Seat", {"organisation": stays}) == 1
	assert frappe.db.count("RTC Meeting Attendee", {"organisation": stays}) == 1
	application = frappe.get_doc("RTC Application", application.name)
	assert application.partners[2].organisation == stays
	assert application.content_digest() == digest  # what was sent stays as it was sent
	programme = frappe.db.get_value("RTC Member", {"organisation": stays}, "programme")
	assert composition.compose_network(programme, frappe.utils.getdate())["total"] == 1
	assert frappe.db.get_value("RTC Organisation", stays, "former_tax_codes") == TAX_CODES[5]
	with pytest.raises(DuplicateOrganisationError):
		factories.organisation()  # its former code leads to the record that remains


def test_a_merge_that_is_refused_moves_nothing(twice, as_user):
	gone, stays = twice
	with as_user(MANAGER), pytest.raises(MergeError):
		mergers.merge_organisations(gone, gone)
	for user in (OFFICER, AUDITOR):
		with as_user(user):
			for merge in (mergers.merge_organisations, mergers.preview_merge):
				with pytest.raises(frappe.PermissionError):
					merge(gone, stays)
	with as_user(OFFICER), pytest.raises(frappe.PermissionError):
		frappe.rename_doc("RTC Organisation", gone, stays, merge=True)  # core's own way in
	factories.body(title="Altro", seats=[seat("Ada", organisation=gone), seat("Bice", organisation=stays)])
	with as_user(MANAGER), pytest.raises(RulesError):
		mergers.merge_organisations(gone, stays)
	assert frappe.db.count("RTC Member", {"organisation": gone}) == 1
