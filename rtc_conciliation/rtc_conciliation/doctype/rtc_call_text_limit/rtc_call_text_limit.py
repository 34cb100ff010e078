from rtc_conciliation.common.rows import OwnedRow


class RTCCallTextLimit(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		characters: DF.Int
		needed: DF.Check
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		text: DF.Literal[
			"Abstract",
			"Context and Needs",
			"How the Needs Were Surveyed",
			"Continuity with Earlier Projects",
			"Objectives",
			"Innovation",
			"Ties with Local Plans and Firms",
			"Governance",
			"Communication",
			"Timeline",
			"Risks",
			"Sustainability",
			"Activities of a Partner",
			"Description of an Action",
			"Output of an Action",
			"Description of the Recipients",
		]
	# end: auto-generated types
