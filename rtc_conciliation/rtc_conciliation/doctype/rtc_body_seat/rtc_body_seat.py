from frappe.model.document import Document


class RTCBodySeat(Document):
	pass
