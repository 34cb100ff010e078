from frappe.model.document import Document

from rtc_conciliation.records.inputs import disown_foreign_rows


class RTCPlanTemplate(Document):
	def before_validate(self):
		disown_foreign_rows(self)
