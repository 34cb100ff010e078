from rtc_conciliation import rules

from . import factories as make


def codes(application=None, call=None, at=make.AT) -> list[str]:
	"""Kinds of the findings, in order."""
	report = rules.check(application or make.application(), call or make.call(), at)
	return [finding.code for finding in report.findings]


def only(rule: str, application=None, call=None, at=make.AT) -> list[str]:
	"""Kinds of the findings of one rule."""
	return [code for code in codes(application, call, at) if code.startswith(f"{rule}.")]
