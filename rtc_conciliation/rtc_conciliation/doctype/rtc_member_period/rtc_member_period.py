from frappe.model.document import Document


class RTCMemberPeriod(Document):
	pass
