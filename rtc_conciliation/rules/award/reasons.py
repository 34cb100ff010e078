"""Why an application has its place: one sentence each, kept with the ranking and told to the applicant.

Unlike a finding a reason mends nothing: it is said in one sentence and has no remedy.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from rtc_conciliation.rules.finding import Value
from rtc_conciliation.rules.render import italian_money, write

_texts: dict[str, str] = {}


class Reason(NamedTuple):
	"""`text` is an English template: translate it first, then fill in `args`; `code` names the kind for programs."""

	code: str
	text: str
	args: Mapping[str, Value]


def get_kind(code: str, text: str) -> Callable[..., Reason]:
	"""Registers the sentence of one kind of reason and gives what makes such reasons."""
	_texts[code] = text

	def made(**args: Value) -> Reason:
		return Reason(code, text, args)

	return made


def get_texts() -> Mapping[str, str]:
	"""Code → English template of every kind."""
	return dict(_texts)


def describe_reason(reasons, translate: Callable[[str], str] = str) -> str:
	"""The reasons as plain text, one sentence after the other; nothing is escaped."""
	return " ".join(
		translate(reason.text).format(
			**{name: write(value, str, italian_money) for name, value in reason.args.items()}
		)
		for reason in reasons
	)
