import frappe
from frappe.model.document import Document


class RTCConflictDeclaration(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		application: DF.Link
		call: DF.Link | None
		conflict_since: DF.Datetime | None
		declaration: DF.Literal["No Conflict", "Conflict"]
		declaration_key: DF.Data | None
		declared_on: DF.Datetime | None
		detected: DF.SmallText | None
		evaluator: DF.Link | None
		panel: DF.Link | None
		reason: DF.SmallText | None
	# end: auto-generated types
	pass
