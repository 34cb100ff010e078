import pytest

from rtc_conciliation import rules
from tests.rules import factories as make
from tests.rules.helpers import only


def row(category="Employees", number=10):
	return {"recipient_category": category, "expected_number": number}


@pytest.mark.parametrize("recipients", [[], [row(number=0)], [row(number=None)], [row(), row()][:0]])
def test_nobody_is_reached(recipients):
	assert only("recipients", make.application(recipients=recipients)) == ["recipients.none"]


@pytest.mark.parametrize("category", [None, "", " "])
def test_a_row_without_category_reaches_nobody(category):
	application = make.application(recipients=[row(category)])
	assert only("recipients", application) == ["recipients.none", "recipients.no_category"]


@pytest.mark.parametrize("number", [-1, "many", 1.5, 10_000_001, 10**400, float("nan"), [], True, "1e3"])
def test_a_number_that_cannot_be(number):
	application = make.application(recipients=[row("Freelancers"), row(number=number)])
	assert only("recipients", application) == ["recipients.bad_number"]


@pytest.mark.parametrize("number", [1, "1", 1.0, 10_000_000])
def test_a_number_that_can_be(number):
	assert only("recipients", make.application(recipients=[row(number=number)])) == []


@pytest.mark.parametrize("category", ["Pensioners", [1]])
def test_a_category_that_the_call_does_not_admit(category):
	application = make.application(recipients=[row(), row(category)])
	assert only("recipients", application) == ["recipients.not_admitted"]


def test_a_call_without_categories_admits_all():
	application = make.application(recipients=[row("Pensioners")])
	assert only("recipients", application, make.call(recipient_categories=[])) == []


def test_the_same_category_twice_is_only_a_warning():
	report = rules.check(make.application(recipients=[row(), row()]), make.call(), make.AT)
	(finding,) = report.findings
	assert report.ok and finding.code == "recipients.repeated"
	assert finding.rows == (("recipients", 1), ("recipients", 2))
