"""What of the network waits for somebody."""

from rtc_conciliation.common.tasks import TaskKind

TASKS = (
	TaskKind("RTC Member", "Received", "Adhesion to be examined", title="organisation_name"),
	TaskKind("RTC Member", "Under Review", "Adhesion to be decided", title="organisation_name"),
	TaskKind("RTC Meeting", "Planned", "Meeting: invitations, then mark it as held", due="starts_on"),
	TaskKind("RTC Meeting", "Held", "Minutes to be approved"),
)
