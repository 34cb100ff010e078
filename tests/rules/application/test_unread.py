"""What was typed and is no value of its field stops the sending, and is told once."""

import pytest

from rtc_conciliation import rules
from tests.rules import factories as make
from tests.rules.helpers import codes


def test_a_field_that_no_rule_reads_is_told():
	broken = make.application(contact_email="ente@", unread_values=("contact_email",))
	(finding,) = rules.check(broken, make.call(), make.AT).errors
	assert (finding.code, finding.field, finding.rows) == ("texts.unread", "contact_email", ())
	assert finding.args["value"] == "ente@"


def test_a_field_that_a_rule_tells_is_not_told_twice():
	assert codes(make.application(pec="ente@", unread_values=("pec",))) == ["lead.bad_pec"]
	broken = make.changed(make.application(), "costs", 0, unit_cost="12.000,-", unread_values=("unit_cost",))
	assert "texts.unread" not in codes(broken) and "budget.bad_unit_cost" in codes(broken)


def test_a_row_is_told_with_its_number():
	broken = make.changed(
		make.application(), "recipients", 0, description="x" * 99, unread_values=["description"]
	)
	(finding,) = rules.check(broken, make.call(), make.AT).errors
	assert (finding.code, finding.rows) == ("texts.unread", (("recipients", 1),))


@pytest.mark.parametrize("forged", [None, "pec", 5, {"pec": 1}, [5, None]])
def test_what_is_no_list_of_fields_is_nothing(forged):
	assert codes(make.application(unread_values=forged)) == []
