from frappe.model.document import Document


class RTCMeetingAgendaItem(Document):
	pass
