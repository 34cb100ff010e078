"""No row is written past its record: REST would take a row by itself, with nothing of its record checked."""

import frappe
import pytest

from rtc_conciliation.common.rows import LooseRowError, OwnedRow
from tests.site import factories
from tests.site.factories import APPLICANT, TAX_CODES


def test_every_row_is_owned():
	tables = frappe.get_all("DocType", {"module": "RTC Conciliation", "istable": 1}, pluck="name")
	assert tables
	assert [name for name in tables if not isinstance(frappe.new_doc(name), OwnedRow)] == []


def test_nobody_adds_a_partner_to_an_application_that_was_sent(as_user):
	doc = factories.application("Submitted")
	values = {"parent": doc.name, "parenttype": "RTC Application", "parentfield": "partners"}
	with as_user(APPLICANT):
		with pytest.raises(LooseRowError):
			factories.make("RTC Application Partner", {**values, **factories.partner(5, "Intruso", "Comune")})
		with pytest.raises((LooseRowError, frappe.ValidationError)):  # core refuses a submitted row by itself
			frappe.delete_doc("RTC Application Partner", doc.partners[0].name)
		with pytest.raises((LooseRowError, frappe.ValidationError)):
			frappe.get_doc("RTC Application Partner", doc.partners[0].name).update(
				{"tax_code": TAX_CODES[5]}
			).save()
	assert len(frappe.get_doc("RTC Application", doc.name).partners) == 3
