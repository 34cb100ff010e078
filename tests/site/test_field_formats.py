"""A mail address, a number or a website that is none is refused with the name of its field, all of them at once."""

import frappe
import pytest

from rtc_conciliation.common.data_fields import MODULE, FieldFormatError
from tests.site import factories


def told(error) -> str:
	return str(error.value)


def test_every_field_is_named_at_once():
	with pytest.raises(FieldFormatError) as error:
		factories.member(website="non un sito", email="ente@", contact_email="a b@example.org")
	text = told(error)
	for label, value in (("Sito web", "non un sito"), ("E-mail", "ente@")):
		assert label in text and f"“{value}”" in text, text
	assert "https://www.example.org" in text and "valid" not in text


def test_a_row_is_named_too():
	with pytest.raises(FieldFormatError, match="Riga 2, E-mail"):
		factories.meeting(attendees=[{"person": "Ada"}, {"person": "Bruna", "email": "bruna@@example"}])


def test_what_is_typed_is_no_tag():
	with pytest.raises(FieldFormatError) as error:
		factories.member(website="<img src=x onerror=alert(1)>")
	assert "<img" not in told(error)


@pytest.mark.parametrize("value", ["https://www.example.org", "", None])
def test_what_core_takes_is_taken(value):
	assert factories.member(website=value).name


def test_every_field_of_these_kinds_is_looked_at():
	"""Those of core for which its own sentence names no field; a new kind in a DocType of ours would be seen here."""
	ours = frappe.get_all("DocType", {"module": MODULE}, pluck="name")
	kinds = {df.options for name in ours for df in frappe.get_meta(name).get_data_fields() if df.options}
	assert kinds == {"Email", "URL", "Phone"}
