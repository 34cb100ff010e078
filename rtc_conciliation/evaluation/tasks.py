"""What of the evaluation waits for somebody."""

from rtc_conciliation.common.tasks import TaskKind

TASKS = (
	TaskKind("RTC Application", "Admissible", "Evaluation to be started"),
	TaskKind("RTC Panel", "Draft", "Panel to be completed and appointed", title="call_title"),
	TaskKind("RTC Review", "Draft", "Review to be finished", title="application"),
)
