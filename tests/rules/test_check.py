"""The check as a whole."""

import factories as make

from rtc_conciliation import rules


def test_an_application_that_keeps_every_rule_has_no_findings():
	report = rules.check(make.application(), make.call(), make.AT)
	assert report.ok and report.findings == ()


def test_a_call_that_goes_together_has_no_findings():
	assert rules.check_call(make.call(), make.programme()).findings == ()
