"""What of rankings and awards waits for somebody."""

from rtc_conciliation.common.tasks import TaskKind

TASKS = (
	TaskKind("RTC Ranking", "Draft", "Ranking to be computed and proposed"),
	TaskKind("RTC Ranking", "Proposed", "Ranking to be approved"),
	TaskKind("RTC Ranking", "Approved", "Approved ranking to be published"),
	TaskKind(
		"RTC Transparency Entry",
		"To Be Published",
		"Row of the transparency register to be published",
		title="project_title",
	),
)
