"""What of the calls waits for somebody."""

from rtc_conciliation.common.tasks import TaskKind

TASKS = (
	TaskKind("RTC Call", "Draft", "Call to be completed and approved", due="opening"),
	TaskKind("RTC Call", "Approved", "Approved call to be published", due="opening"),
	TaskKind("RTC Call", "Published", "Open call: it closes by itself", due="closing", waits=True),
	TaskKind("RTC Call Question", "Received", "Question to be answered", title="subject"),
	TaskKind("RTC Call Question", "Answered", "Answer to be published", title="subject"),
)
