"""The bodies of the network as the Plan shows them: {"members", "meetings", "outcome"}.

members: [{"organisation", "person", "office"}]; meetings: [{"date", "title", "present", "outcome"}] by date; outcome:
clean HTML. Plain JSON values only, since they are frozen with the Plan.
"""

from rtc_conciliation.common.papers import richtext
from rtc_conciliation.network import bodies

COMITATO, COMMUNITY = "Comitato", "Comunità di Pratica"
MEMBER = ("organisation", "person", "office")


def get_bodies(plan_doc) -> dict:
	"""{"comitato", "community"} at the Plan's date, from the seats and meetings of the network.

	What the Plan itself tells of the Comunità di Pratica, from before there were seats, comes after them."""
	found = bodies.list_bodies(plan_doc.programme, plan_doc.reference_date)["bodies"]
	community = join_bodies(found, COMMUNITY)
	seated = {(member["organisation"], member["person"]) for member in community["members"]}
	for row in plan_doc.community_members:
		member = make_member({**row.as_dict(), "organisation": row.organisation_name})
		if (member["organisation"], member["person"]) not in seated:
			community["members"].append(member)
	return {
		"comitato": join_bodies(found, COMITATO),
		"community": {**community, "outcome": richtext.clean_html(plan_doc.community_outcome)},
	}


def join_bodies(found: list[dict], kind: str) -> dict:
	same = [body for body in found if body["kind"] == kind]
	return {
		"members": [make_member(seat) for body in same for seat in body["seats"]],
		"meetings": [meeting for body in same for meeting in body["meetings"]],
		"outcome": "",
	}


def make_member(row: dict) -> dict:
	return {key: row.get(key) or "" for key in MEMBER}
