"""The thresholds and the resources of a call."""

from collections.abc import Iterator, Mapping

from rtc_conciliation.rules.finding import ERROR, GUIDELINES, Finding, template
from rtc_conciliation.rules.limits import MAX_ROWS
from rtc_conciliation.rules.tables import get_rows
from rtc_conciliation.rules.values import to_amount, to_flag, to_number, to_text, to_whole

MIN_PARTNERS = template(
	"partnership.call_minimum",
	ERROR,
	"The minimum number of partners has to be a whole number from 1 to {maximum}.",
	"In the tab Call, correct Minimum Partners.",
	GUIDELINES,
)
MIN_AREAS = template(
	"areas.call_minimum",
	ERROR,
	"The minimum number of areas has to be a whole number from 0 to {maximum}, the areas of the call that count.",
	"In the tab Call, correct Minimum Areas, or in the tab Eligibility the table Areas.",
	GUIDELINES,
)
MIN_COFINANCING = template(
	"cofinancing.call_minimum",
	ERROR,
	"The minimum co-financing has to be from 1 to 100 %.",
	"In the tab Call, correct Minimum Co-financing (%).",
	GUIDELINES,
)
ENDOWMENT = template(
	"cofinancing.call_endowment",
	ERROR,
	"The endowment of the call is not an amount above zero.",
	"In the tab Call, correct Endowment.",
	GUIDELINES,
)
OVER_PROGRAMME = template(
	"cofinancing.call_over_programme",
	ERROR,
	"The endowment of the call, {endowment}, is more than that of the programme, {maximum}.",
	"In the tab Call, lower Endowment, or correct the endowment of the programme.",
	GUIDELINES,
)
PROGRAMME_ENDOWMENT = template(
	"cofinancing.programme_endowment",
	ERROR,
	"The endowment of the programme is not an amount above zero.",
	"Open the programme of this call and correct its Endowment.",
	GUIDELINES,
)
MAX_CONTRIBUTION = template(
	"cofinancing.call_maximum",
	ERROR,
	"The maximum contribution per project is not an amount between 0 and the endowment of the call.",
	"In the tab Call, correct Maximum Contribution per Project; 0 means no maximum.",
	GUIDELINES,
)


def check(call: Mapping, programme: Mapping) -> Iterator[Finding]:
	partners = to_whole(call.get("min_partners"))
	if partners is None or not 1 <= partners <= MAX_ROWS["partners"]:
		yield MIN_PARTNERS(field="min_partners", maximum=MAX_ROWS["partners"])
	minimum, counting = to_whole(call.get("min_areas")), _counting_areas(call)
	if minimum is None or not 0 <= minimum <= counting:
		yield MIN_AREAS(field="min_areas", maximum=counting)
	percent = to_number(call.get("min_cofinancing_percent"))
	if percent is None or not 1 <= percent <= 100:
		yield MIN_COFINANCING(field="min_cofinancing_percent")
	yield from _check_resources(call, programme)


def _counting_areas(call: Mapping) -> int:
	counting = {
		to_text(row.get("area"))
		for row in get_rows(call, "areas")
		if to_flag(row.get("counts_towards_minimum"))
	}
	return len(counting - {""})


def _check_resources(call: Mapping, programme: Mapping) -> Iterator[Finding]:
	endowment, available = to_amount(call.get("endowment")), to_amount(programme.get("endowment"))
	if not endowment:
		yield ENDOWMENT(field="endowment")
	if not available:
		yield PROGRAMME_ENDOWMENT(field="programme")
	elif endowment and endowment > available:
		yield OVER_PROGRAMME(field="endowment", endowment=endowment, maximum=available)
	maximum = to_amount(call.get("max_contribution"))
	if maximum is None or (endowment and maximum > endowment):
		yield MAX_CONTRIBUTION(field="max_contribution")
