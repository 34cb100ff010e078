"""Actions in enough of the areas (macro-categories) that the call admits and counts.

Source: DGR XII/5464: at least two of four macro-categories. The times of the city (L.R. 28/2004 art. 6 c. 4)
are fundable in addition and do not count, which the call says in the row of that area.
"""

from collections.abc import Iterator

from rtc_conciliation.rules.application.context import RuleContext
from rtc_conciliation.rules.finding import ERROR, GUIDELINES, Finding, template
from rtc_conciliation.rules.tables import get_rows
from rtc_conciliation.rules.values import quote_value, to_flag, to_text, to_whole

AREAS_LAW = "DGR XII/5464 of 9/12/2025 and L.R. 28/2004"

NO_THRESHOLD = template(
	"areas.no_threshold",
	ERROR,
	"The call does not say how many areas are needed.",
	"Tell the office that runs the call: it has to fill in Minimum Areas.",
	GUIDELINES,
)
NO_ACTION = template(
	"areas.no_action",
	ERROR,
	"The project has no action.",
	"Add an action for each thing the project will do.",
	GUIDELINES,
)
NO_AREA = template(
	"areas.no_area",
	ERROR,
	"The action “{action}” has no area.",
	"Choose the Area of this action.",
	GUIDELINES,
)
NOT_ADMITTED = template(
	"areas.not_admitted",
	ERROR,
	"The action “{action}” is in the area “{area}”, which the call does not admit.",
	"Choose for this action one of the areas of the call, or remove the row.",
	AREAS_LAW,
)
TOO_FEW = template(
	"areas.too_few",
	ERROR,
	"Areas of the actions that count towards the minimum: {count}. The call asks for at least {minimum}.",
	"Add actions in other areas. Those on the times of the city (L.R. 28/2004) may be funded but do not"
	" count.",
	AREAS_LAW,
)


def get_counting_areas(application, call) -> set[str]:
	"""Names of the areas of the actions that count; a call without areas leaves it to the flag of each action."""
	admitted = get_rows(call, "areas")
	actions = get_rows(application, "actions")
	if not admitted:
		own = {to_text(row.get("area")) for row in actions if to_flag(row.get("counts_towards_minimum"))}
		return own - {""}
	counting = {to_text(row.get("area")) for row in admitted if to_flag(row.get("counts_towards_minimum"))}
	return counting.intersection(to_text(row.get("area")) for row in actions) - {""}


def check(context: RuleContext) -> Iterator[Finding]:
	actions = context.rows("actions")
	admitted = {to_text(row.get("area")) for row in context.call_rows("areas")}
	for row in actions:
		action, area = to_text(row.get("title")), to_text(row.get("area"))
		if not quote_value(row.get("area")):
			yield NO_AREA(row.ref, field="area", action=action)
		elif admitted and area not in admitted:
			yield NOT_ADMITTED(row.ref, field="area", action=action, area=quote_value(row.get("area")))
	if not actions:
		yield NO_ACTION(field="actions")
	minimum = to_whole(context.call.get("min_areas"))
	if minimum is None or minimum < 0:
		yield NO_THRESHOLD(field="actions")
	elif actions and context.totals.counting_areas < minimum:
		yield TOO_FEW(field="actions", count=context.totals.counting_areas, minimum=minimum)
