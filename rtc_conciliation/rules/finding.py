"""What a rule says: a finding, and the templates that findings are made from.

Every sentence a person may read is a literal given to `template`, in English with named placeholders, so
that `messages()` lists them all and translations/it.csv can be held against the list.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

ERROR = "error"  # sending is refused
WARNING = "warning"  # shown, does not stop anything

# In the order in which a report lists them. The keys are the slugs of the findings.
RULES: Mapping[str, str] = {
	"window": "Call window",
	"lead": "Lead body",
	"partnership": "Partnership",
	"confirmation": "Confirmation of the partners",
	"areas": "Areas",
	"period": "Period",
	"recipients": "Recipients",
	"cofinancing": "Co-financing",
	"budget": "Budget",
	"declarations": "Declarations",
	"agreement": "Partnership agreement",
	"documents": "Documents",
	"texts": "Texts and rows",
	"scoring": "Scoring grid",
	"panel": "Panel",
	"review": "Review",
	"membership": "Membership",
	"bodies": "Bodies of the network",
	"plan": "Plan",
	"award": "Award",
	"project": "Project",
	"payment": "Payment",
}

GUIDELINES = "DGR XII/5464 of 9/12/2025 and the call"
CALL_TEXT = "L. 241/1990 art. 12 and the call"

Value = Decimal | int | date | datetime | str
_LONGEST = 140
_templates: list["Template"] = []


class RowRef(NamedTuple):
	"""A row of the application or of the call: fieldname of the table and number of the row, from 1."""

	table: str
	idx: int


@dataclass(frozen=True)
class Finding:
	"""One thing that is wrong, in words for a person.

	`code` names the kind of finding for programs and tests and never changes with the words. `message` and
	`remedy` are English templates: translate first, then fill in `args` (`render` does both), where a Decimal
	is always an amount in euro (a share in percent is text, with the decimal comma) and nothing is escaped. Row
	numbers are in `rows`, not in the words; `field` is a field of those rows, or of the record when there are
	none.
	"""

	rule: str
	severity: str
	code: str
	message: str
	remedy: str
	legal_reference: str
	args: Mapping[str, Value] = field(default_factory=dict, hash=False)
	rows: tuple[RowRef, ...] = ()
	field: str | None = None


@dataclass(frozen=True)
class Template:
	rule: str
	severity: str
	code: str
	message: str
	remedy: str
	legal_reference: str

	def __call__(
		self, *rows: RowRef, field: str | None = None, legal_reference: str = "", **args: Value
	) -> Finding:
		args = {name: _clip(value) if isinstance(value, str) else value for name, value in args.items()}
		legal_reference = legal_reference or self.legal_reference
		rows = tuple(sorted(rows))
		return Finding(
			self.rule, self.severity, self.code, self.message, self.remedy, legal_reference, args, rows, field
		)


def template(code: str, severity: str, message: str, remedy: str, legal_reference: str) -> Template:
	"""Registers the literals of one kind of finding; `code` is "rule.kind"."""
	made = Template(code.split(".")[0], severity, code, message, remedy, legal_reference)
	_templates.append(made)
	return made


def templates() -> tuple[Template, ...]:
	return tuple(_templates)


def messages() -> tuple[str, ...]:
	"""Every English text of the rules that is shown to a person: titles, messages, remedies, references."""
	texts = list(RULES.values())
	for made in _templates:
		texts += [made.message, made.remedy, made.legal_reference]
	return tuple(dict.fromkeys(texts))


def _clip(value: str) -> str:
	return value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
