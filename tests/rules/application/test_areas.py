import pytest

from rtc_conciliation import rules
from tests.rules import factories as make
from tests.rules.helpers import only


def with_area(area, **changes):
	return make.changed(make.application(), "actions", 1, area=area, **changes)


def test_two_areas_are_enough_and_one_is_not():
	assert only("areas") == []
	(finding,) = rules.check(with_area("Care services"), make.call(), make.AT).findings
	assert finding.code == "areas.too_few" and finding.args == {"count": 1, "minimum": 2}


def test_the_times_of_the_city_are_admitted_and_do_not_count():
	assert only("areas", with_area("Times of the city")) == ["areas.too_few"]
	application = make.application()
	application["actions"].append(make.action(3, "Times of the city"))
	assert only("areas", application) == []


@pytest.mark.parametrize("area", ["Mobility", "care services", [1], "<b>x</b>"])
def test_an_area_that_the_call_does_not_admit(area):
	assert only("areas", with_area(area)) == ["areas.too_few", "areas.not_admitted"]


@pytest.mark.parametrize("area", [None, "", " "])
def test_an_action_without_area(area):
	assert only("areas", with_area(area)) == ["areas.too_few", "areas.no_area"]


@pytest.mark.parametrize("areas", [[], None])
def test_a_call_without_areas_leaves_it_to_the_actions(areas):
	call = make.call(areas=areas)
	assert only("areas", with_area("Anything"), call) == []
	assert only("areas", with_area("Anything", counts_towards_minimum=0), call) == ["areas.too_few"]
	assert only("areas", with_area(""), call) == ["areas.too_few", "areas.no_area"]


def test_the_flag_of_the_call_decides_not_that_of_the_action():
	application = make.changed(with_area("Times of the city"), "actions", 0, counts_towards_minimum=0)
	report = rules.check(application, make.call(), make.AT)
	assert report.totals.counting_areas == 1
	assert rules.totals(application).counting_areas == 1
	assert rules.totals(application, make.call()).counting_areas == 1


@pytest.mark.parametrize("actions", [[], None])
def test_no_action(actions):
	assert only("areas", make.application(actions=actions)) == ["areas.no_action"]


@pytest.mark.parametrize("minimum", [None, "two", -1, 1.5])
def test_a_call_without_a_minimum(minimum):
	assert only("areas", None, make.call(min_areas=minimum)) == ["areas.no_threshold"]
