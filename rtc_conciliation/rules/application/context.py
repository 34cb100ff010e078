"""What every rule is given: the application, the call, the sums and the moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rtc_conciliation.rules.money import Priced, Totals
from rtc_conciliation.rules.tables import Row, get_rows


@dataclass(frozen=True)
class RuleContext:
	application: Mapping
	call: Mapping
	priced: list[Priced]
	totals: Totals
	at: datetime

	def rows(self, table: str) -> list[Row]:
		return get_rows(self.application, table)

	def call_rows(self, table: str) -> list[Row]:
		return get_rows(self.call, table)
