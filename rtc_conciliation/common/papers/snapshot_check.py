"""Is what was frozen at an approval still as it was? What the checks of a Plan and of a ranking share."""

import json

from frappe import _

from rtc_conciliation.common.papers import canonical


class NotFrozenError(SystemExit):
	"""Ends `bench execute` with one sentence."""


def get_data_digest(snapshot) -> str:
	try:
		return canonical.digest(json.loads(snapshot) if isinstance(snapshot, str) else snapshot)
	except ValueError:
		return _("the data cannot be read")


def compare_digests(what: str, kept: str | None, found: str) -> tuple[str, bool]:
	if kept == found:
		return _("{0}: digest matches ({1})").format(what, found), True
	return _("{0}: digest DIFFERS. Kept at approval: {1}. Found now: {2}.").format(
		what, kept or "—", found
	), False
