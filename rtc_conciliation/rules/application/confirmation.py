"""Partners other than the lead confirm their part themselves, where the call asks for it.

Source: the call; the confirmation is the partner's own declaration (D.P.R. 445/2000 art. 38) and holds for the part
that it was shown: its role, activities and amounts.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping

from rtc_conciliation.rules.application.context import RuleContext
from rtc_conciliation.rules.finding import CALL_TEXT, ERROR, WARNING, Finding, template
from rtc_conciliation.rules.plain_text import as_typed
from rtc_conciliation.rules.tables import Row
from rtc_conciliation.rules.tax_codes import normalise
from rtc_conciliation.rules.values import is_missing, to_flag, to_number, to_text

NOT_ASKED, ASKED, CONFIRMED, DECLINED, CHANGED = "", "Asked", "Confirmed", "Declined", "Changed Since"
LEAD = "Lead"

MISSING = template(
	"confirmation.missing",
	ERROR,
	"“{name}” has not been asked to confirm its part yet: the call wants all partners to confirm before sending.",
	"Fill in its Contact E-mail, save and ask for the confirmation.",
	CALL_TEXT,
)
WAITING = template(
	"confirmation.waiting",
	ERROR,
	"“{name}” was asked to confirm its part and has not answered yet.",
	"Ring it up, or ask for the confirmation again in the tab Partnership: a new link is mailed.",
	CALL_TEXT,
)
CHANGED_SINCE = template(
	"confirmation.changed",
	ERROR,
	"The part of “{name}” was changed after it confirmed: its confirmation no longer holds.",
	"Ask it to confirm again, or put back role, activities and amounts as they were.",
	CALL_TEXT,
)
REFUSED = template(
	"confirmation.declined",
	ERROR,
	"“{name}” declined to take part.",
	"Agree with it and ask again, or remove its row.",
	CALL_TEXT,
)
CHANGED_ANYHOW = template(
	"confirmation.changed_unasked",
	WARNING,
	"The part of “{name}” was changed after it confirmed: its confirmation no longer holds.",
	"The call does not ask for it, but you may want to ask again in the tab Partnership.",
	CALL_TEXT,
)
REFUSED_ANYHOW = template(
	"confirmation.declined_unasked",
	WARNING,
	"“{name}” declined to take part, and is still among the partners.",
	"Agree with it and ask again, or remove its row.",
	CALL_TEXT,
)
WHEN_ASKED_FOR = {ASKED: WAITING, CHANGED: CHANGED_SINCE, DECLINED: REFUSED}
ANYHOW = {CHANGED: CHANGED_ANYHOW, DECLINED: REFUSED_ANYHOW}


def get_content(row: Mapping) -> str:
	"""SHA-256 of what a partner confirms: who it is, its role, activities and amounts."""
	amounts = [row.get(field) for field in ("budget", "cofinancing_cash", "cofinancing_in_kind")]
	parts = [
		_words(row.get("organisation_name")),
		normalise(row.get("tax_code")),
		to_text(row.get("role")),
		_words(row.get("activities")),
		*(_money(value) for value in amounts),
	]
	return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def get_state(row: Mapping) -> str:
	"""The state of a partner row as it stands: a confirmation holds as long as its part is what was confirmed."""
	kept = to_text(row.get("confirmation_state"))
	if kept not in (CONFIRMED, CHANGED):
		return kept
	return CONFIRMED if row.get("confirmation_content") == get_content(row) else CHANGED


def check(context: RuleContext) -> Iterator[Finding]:
	wanted = to_flag(context.call.get("requires_partner_confirmation"))
	for row in context.rows("partners"):
		if to_text(row.get("role")) != LEAD:
			yield from _check_row(row, to_text(row.get("confirmation_state")), wanted)


def _check_row(row: Row, now: str, wanted: bool) -> Iterator[Finding]:
	name = to_text(row.get("organisation_name"))
	if wanted and now != CONFIRMED:
		yield WHEN_ASKED_FOR.get(now, MISSING)(row.ref, field="contact_email", name=name)
	elif now in ANYHOW:
		yield ANYHOW[now](row.ref, field="contact_email", name=name)


def _words(value) -> str:
	"""As typed: what is stored may have "<" as "&lt;"."""
	return to_text(as_typed(to_text(value)))


def _money(value) -> str:
	found = to_number(0 if is_missing(value) else value)
	return "?" if found is None else f"{found:.2f}"
