from rtc_conciliation.calls import exports
from rtc_conciliation.common import jobs
from rtc_conciliation.common.record import Record


class RTCCallExport(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		applications: DF.Int
		call: DF.Link
		file: DF.Attach | None
		files: DF.Int
		finished_on: DF.Datetime | None
		left_out: DF.Int
		message: DF.SmallText | None
		progress: DF.Percent
		state: DF.Literal["Queued", "Running", "Done", "Failed"]
		with_files: DF.Check

	# end: auto-generated types
	def before_insert(self):
		exports.validate(self)
		for fieldname in exports.WRITTEN_BY_THE_JOB:
			self.set(fieldname, None)
		self.state, self.progress = jobs.QUEUED, 0

	def after_insert(self):
		exports.start_later(self)

	def onload(self):
		"""While the job runs nothing of it is stored yet; how far it is stands in the cache."""
		self.set_onload("progress", jobs.get_progress(exports.DOCTYPE, self.name))

	def validate(self):
		if not self.is_new():
			exports.refuse_change()

	def on_trash(self):
		jobs.clear_progress(exports.DOCTYPE, self.name)
