"""The outcome of a check: all findings at once, the sums, and a form of both that JSON can keep."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from rtc_conciliation.rules.finding import ERROR, RULES, WARNING, Finding, RowRef, Value
from rtc_conciliation.rules.money import Totals

SCHEMA = 1
#: kind of a packed value → what reads it again
_READERS: Mapping[str, Callable[[str], Value]] = {
	"decimal": Decimal,
	"datetime": datetime.fromisoformat,
	"date": date.fromisoformat,
}


@dataclass(frozen=True)
class Report:
	"""Findings in the order of the rules and, within a rule, of the rows they concern."""

	findings: tuple[Finding, ...] = ()
	totals: Totals = field(default_factory=Totals)

	@classmethod
	def of(cls, findings, totals: Totals | None = None) -> "Report":
		return cls(tuple(sorted(findings, key=_order)), totals or Totals())

	@property
	def errors(self) -> tuple[Finding, ...]:
		return tuple(finding for finding in self.findings if finding.severity == ERROR)

	@property
	def warnings(self) -> tuple[Finding, ...]:
		return tuple(finding for finding in self.findings if finding.severity == WARNING)

	@property
	def ok(self) -> bool:
		"""Nothing forbids sending."""
		return not self.errors

	def as_dict(self) -> dict:
		"""Plain JSON types: {"schema": 1, "ok": bool, "totals": {...}, "findings": [{...}]}."""
		return {
			"schema": SCHEMA,
			"ok": self.ok,
			"totals": {name: _plain(value) for name, value in asdict(self.totals).items()},
			"findings": [_finding_as_dict(finding) for finding in self.findings],
		}

	@classmethod
	def from_dict(cls, data: dict) -> "Report":
		"""The report that `as_dict` wrote. ValueError when it is anything else."""
		try:
			if data["schema"] != SCHEMA:
				raise ValueError(f"schema {data['schema']!r}")
			totals = Totals(**{name: _read_sum(value) for name, value in data["totals"].items()})
			return cls(tuple(_finding_from_dict(item) for item in data["findings"]), totals)
		except (AttributeError, InvalidOperation, KeyError, TypeError, ValueError) as error:
			raise ValueError(f"Not a report of the rules, schema {SCHEMA}: {error}") from error


def _order(finding: Finding):
	rule = list(RULES).index(finding.rule)
	return rule, finding.rows, finding.code, finding.field or "", sorted(map(str, finding.args.values()))


def _plain(value):
	return format(value, "f") if isinstance(value, Decimal) else value


def _read_sum(value) -> Any:
	"""A count as it is, an amount from its text; `Totals` refuses a name that is none of its own."""
	return value if isinstance(value, int) else Decimal(value)


def _finding_as_dict(finding: Finding) -> dict:
	return {
		"rule": finding.rule,
		"severity": finding.severity,
		"code": finding.code,
		"message": finding.message,
		"remedy": finding.remedy,
		"legal_reference": finding.legal_reference,
		"args": {name: _pack(value) for name, value in finding.args.items()},
		"rows": [{"table": ref.table, "idx": ref.idx} for ref in finding.rows],
		"field": finding.field,
	}


def _finding_from_dict(data: dict) -> Finding:
	args = {name: _unpack(value) for name, value in data["args"].items()}
	rows = tuple(RowRef(ref["table"], ref["idx"]) for ref in data["rows"])
	return Finding(**{**data, "args": args, "rows": rows})


def _pack(value):
	if isinstance(value, Decimal):
		return {"decimal": _plain(value)}
	if isinstance(value, datetime):
		return {"datetime": value.isoformat()}
	return {"date": value.isoformat()} if isinstance(value, date) else value


def _unpack(value):
	if not isinstance(value, dict):
		return value
	((kind, written),) = value.items()
	return _READERS[kind](written)
