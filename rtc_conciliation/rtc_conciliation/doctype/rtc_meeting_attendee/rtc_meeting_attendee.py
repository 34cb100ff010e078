from frappe.model.document import Document


class RTCMeetingAttendee(Document):
	pass
