"""The dates of the second call, which is open on the day of loading, whichever that is."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from rtc_conciliation.setup.demo.data.programme import PROGRAMME

OPENED_BEFORE, CLOSES_AFTER = timedelta(days=10), timedelta(days=45)
#: from the closing of a call to its projects, and the least that these last
DECISION, SHORTEST = timedelta(days=45), timedelta(days=180)


def fixed(field: str) -> date:
	return date.fromisoformat(PROGRAMME[field])


@dataclass(frozen=True)
class Calendar:
	today: date

	@property
	def opening(self) -> datetime:
		return datetime.combine(self.today - OPENED_BEFORE, time(9))

	@property
	def closing(self) -> datetime:
		return datetime.combine(self.today + CLOSES_AFTER, time(12))

	@property
	def project_start(self) -> date:
		return max(fixed("project_start"), month_after(self.closing.date() + DECISION))

	@property
	def project_end(self) -> date:
		"""The programme's own last day, or two years of projects when it is too near."""
		end, start = fixed("project_end"), self.project_start
		return end if end - start >= SHORTEST else start.replace(year=start.year + 2)

	@cached_property
	def programme_changes(self) -> dict:
		"""What the programme must have otherwise than in the press release to admit this call."""
		changes = {}
		if self.project_end > fixed("project_end"):
			changes["project_end"] = self.project_end.isoformat()
		if max(self.project_end, self.closing.date()) > fixed("end_date"):
			changes["end_date"] = date(self.project_end.year, 12, 31).isoformat()
		if self.opening.date() < fixed("start_date"):
			changes["start_date"] = self.opening.date().isoformat()
		return changes

	@property
	def shifted(self) -> bool:
		return bool(self.programme_changes)

	def days_ago(self, days: int, hour: int = 10) -> datetime:
		return datetime.combine(self.today - timedelta(days=days), time(hour))


def month_after(day: date) -> date:
	return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
