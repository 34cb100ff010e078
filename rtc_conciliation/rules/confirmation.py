"""Partners other than the lead confirm their part themselves, where the call asks for it.

Source: the call; the confirmation is the partner's own declaration (D.P.R. 445/2000 art. 38) and holds for the part
that it was shown: its role, activities and amounts.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping

from .case import Case
from .finding import CALL_TEXT, ERROR, WARNING, Finding, template
from .plain_text import as_typed
from .tables import Row
from .taxcodes import normalise
from .values import flag, is_missing, number, text

NOT_ASKED, ASKED, CONFIRMED, DECLINED, CHANGED = "", "Asked", "Confirmed", "Declined", "Changed Since"
LEAD = "Lead"

MISSING = template(
	"confirmation.missing",
	ERROR,
	"“{name}” has not been asked to confirm its part yet: the call wants all partners to confirm before sending.",
	"In the tab Partnership, fill in its Contact E-mail, save and ask for the confirmation.",
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
	"In the tab Partnership, ask it to confirm again, or put back role, activities and amounts as they were.",
	CALL_TEXT,
)
REFUSED = template(
	"confirmation.declined",
	ERROR,
	"“{name}” declined to take part.",
	"In the tab Partnership, agree with it and ask again, or remove its row.",
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
	"In the tab Partnership, agree with it and ask again, or remove its row.",
	CALL_TEXT,
)
WHEN_ASKED_FOR = {ASKED: WAITING, CHANGED: CHANGED_SINCE, DECLINED: REFUSED}
ANYHOW = {CHANGED: CHANGED_ANYHOW, DECLINED: REFUSED_ANYHOW}


def content(row: Mapping) -> str:
	"""SHA-256 of what a partner confirms: who it is, its role, activities and amounts."""
	amounts = [row.get(field) for field in ("budget", "cofinancing_cash", "cofinancing_in_kind")]
	parts = [
		_words(row.get("organisation_name")),
		normalise(row.get("tax_code")),
		text(row.get("role")),
		_words(row.get("activities")),
		*(_money(value) for value in amounts),
	]
	return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def state(row: Mapping) -> str:
	"""The state of a partner row as it stands: a confirmation holds as long as its part is what was confirmed."""
	kept = text(row.get("confirmation_state"))
	if kept not in (CONFIRMED, CHANGED):
		return kept
	return CONFIRMED if row.get("confirmation_content") == content(row) else CHANGED


def check(case: Case) -> Iterator[Finding]:
	wanted = flag(case.call.get("requires_partner_confirmation"))
	for row in case.rows("partners"):
		if text(row.get("role")) != LEAD:
			yield from _check_row(row, text(row.get("confirmation_state")), wanted)


def _check_row(row: Row, now: str, wanted: bool) -> Iterator[Finding]:
	name = text(row.get("organisation_name"))
	if wanted and now != CONFIRMED:
		yield WHEN_ASKED_FOR.get(now, MISSING)(row.ref, field="contact_email", name=name)
	elif now in ANYHOW:
		yield ANYHOW[now](row.ref, field="contact_email", name=name)


def _words(value) -> str:
	"""As typed: what is stored may have "<" as "&lt;"."""
	return text(as_typed(text(value)))


def _money(value) -> str:
	found = number(0 if is_missing(value) else value)
	return "?" if found is None else f"{found:.2f}"
