"""What every rule is given: the application, the call, the sums and the moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from .money import Priced, Totals
from .tables import Row, rows


@dataclass(frozen=True)
class Case:
	application: Mapping
	call: Mapping
	priced: list[Priced]
	totals: Totals
	at: datetime

	def rows(self, table: str) -> list[Row]:
		return rows(self.application, table)

	def call_rows(self, table: str) -> list[Row]:
		return rows(self.call, table)
