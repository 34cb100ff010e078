"""The bodies of the network as the Plan shows them: {"members", "meetings", "outcome"}.

members: [{"organisation", "person", "office"}]; meetings: [{"date", "title", "outcome"}] by date; outcome: clean
HTML. Plain JSON values only, since they are frozen with the Plan.
"""

from rtc_conciliation.documents import richtext


def comitato(plan_doc) -> dict:
	"""The Comitato at the Plan's date. Its seats are not recorded yet: the section shows its own text."""
	return {"members": [], "meetings": [], "outcome": ""}


def community(plan_doc) -> dict:
	"""The Comunità di Pratica: the rows of the Plan itself."""
	return {
		"members": [
			{
				"organisation": row.organisation_name or "",
				"person": row.person or "",
				"office": row.office or "",
			}
			for row in plan_doc.community_members
		],
		"meetings": [],
		"outcome": richtext.clean(plan_doc.community_outcome),
	}
