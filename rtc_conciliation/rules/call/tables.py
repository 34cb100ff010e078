"""The tables of a call: nothing twice, caps that are shares or amounts, a grid of a hundred points."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from rtc_conciliation.rules.application.texts import DRAFT_MAXIMUM, PLACES
from rtc_conciliation.rules.evaluation.scoring import TABLE, Level, get_levels
from rtc_conciliation.rules.finding import CALL_TEXT, ERROR, Finding, template
from rtc_conciliation.rules.limits import MAX_ROWS
from rtc_conciliation.rules.money import format_share
from rtc_conciliation.rules.tables import Row, get_rows
from rtc_conciliation.rules.values import is_missing, to_amount, to_key, to_text, to_whole

FULL_SCORE = Decimal(100)


def _repeated(rule: str, message: str, remedy: str):
	return template(f"{rule}.call_repeated", ERROR, message, remedy, CALL_TEXT)


# table: (field that names a row, finding when two rows have the same name)
UNIQUE = {
	"areas": (
		"area",
		_repeated(
			"areas",
			"The area “{name}” is entered more than once in the call.",
			"In the tab Eligibility, remove the row in excess from the table Areas.",
		),
	),
	"recipient_categories": (
		"recipient_category",
		_repeated(
			"recipients",
			"The recipient category “{name}” is entered more than once in the call.",
			"In the tab Eligibility, remove the row in excess from the table Recipient Categories.",
		),
	),
	"cost_caps": (
		"cost_category",
		_repeated(
			"budget",
			"The cost category “{name}” is entered more than once in the call.",
			"In the tab Eligibility, remove the row in excess from the table Cost Categories and Caps.",
		),
	),
	"declarations": (
		"declaration",
		_repeated(
			"declarations",
			"The declaration “{name}” is entered more than once in the call.",
			"In the tab Declarations and Documents, remove the row in excess from the table Declarations.",
		),
	),
	"required_documents": (
		"document",
		_repeated(
			"documents",
			"The document “{name}” is entered more than once in the call.",
			"In the tab Declarations and Documents, remove the row in excess from the table Required Documents.",
		),
	),
	"criteria": (
		"criterion",
		_repeated(
			"scoring",
			"The criterion “{name}” is entered more than once in the call.",
			"In the tab Scoring Grid, remove the row in excess from the table Criteria.",
		),
	),
	"tie_breaks": (
		"criterion",
		template(
			"scoring.tie_break_repeated",
			ERROR,
			"The precedence by “{name}” is entered more than once in the call.",
			"In the tab Scoring Grid, remove the row in excess from the table Precedence at Equal Score.",
			CALL_TEXT,
		),
	),
	"text_limits": (
		"text",
		_repeated(
			"texts",
			"The length of the text “{name}” is entered more than once in the call.",
			"In the tab Declarations and Documents, remove the row in excess from the table Length of the Texts.",
		),
	),
}
TOO_MANY = template(
	"documents.call_too_many",
	ERROR,
	"A table of the call has {count} rows: at most {maximum} can be entered.",
	"Remove rows from the table: an application could not answer all of them.",
	CALL_TEXT,
)
BAD_CAP = template(
	"budget.call_cap",
	ERROR,
	"The cap on “{name}” is not valid: a share from 0 to 100 % and an amount not below zero.",
	"In the tab Eligibility, correct the row of the table Cost Categories and Caps; 0 means no maximum.",
	CALL_TEXT,
)
BAD_SCORE = template(
	"scoring.score",
	ERROR,
	"The scores of the criterion “{name}” are not valid: the maximum has to be above zero, the minimum from zero up"
	" to the maximum.",
	"In the tab Scoring Grid, correct Maximum Score or Minimum Score in this row of the table Criteria.",
	CALL_TEXT,
)
SCORE_SUM = template(
	"scoring.sum",
	ERROR,
	"The maximum scores of the criteria make {total} points instead of {maximum}.",
	"In the tab Scoring Grid, correct Maximum Score in the table Criteria until the sum is right.",
	CALL_TEXT,
)
BAD_LEVELS = template(
	"scoring.levels",
	ERROR,
	"The levels of the criterion “{name}” are not valid: each on a line of its own as name = points, no name twice,"
	" points from 0 up, the highest of them the maximum score.",
	"In the tab Scoring Grid, correct Levels in this row of the table Criteria, for example: Good = 6.",
	CALL_TEXT,
)
BAD_LENGTH = template(
	"texts.call_length",
	ERROR,
	"The length of the text “{name}” has to be from 1 to {maximum} characters, and the text one of those offered.",
	"In the tab Declarations and Documents, correct this row of the table Length of the Texts.",
	CALL_TEXT,
)
BAD_REVIEWS = template(
	"scoring.reviews",
	ERROR,
	"The reviews for each application have to be at least one.",
	"In the tab Scoring Grid, correct Reviews per Application.",
	CALL_TEXT,
)
BAD_THRESHOLD = template(
	"scoring.threshold",
	ERROR,
	"The minimum score of the call has to be from 0 to {maximum} points.",
	"In the tab Call, correct Minimum Score.",
	CALL_TEXT,
)


def check(call: Mapping) -> Iterator[Finding]:
	for table, (field, repeated) in UNIQUE.items():
		value, maximum = call.get(table), MAX_ROWS["actions"]
		if isinstance(value, (list, tuple)) and len(value) > maximum:
			yield TOO_MANY(field=table, count=len(value), maximum=maximum)
			continue
		yield from _check_repeated(get_rows(call, table), field, repeated)
	for row in get_rows(call, "cost_caps"):
		percent, amount = to_amount(row.get("max_percent")), to_amount(row.get("max_amount"))
		if percent is None or percent > 100 or amount is None:
			yield BAD_CAP(row.ref, field="max_percent", name=to_text(row.get("cost_category")))
	for row in get_rows(call, "text_limits"):
		characters = to_whole(row.get("characters")) or 0
		if to_text(row.get("text")) not in PLACES or not 0 < characters <= DRAFT_MAXIMUM:
			yield BAD_LENGTH(
				row.ref, field="characters", name=to_text(row.get("text")), maximum=DRAFT_MAXIMUM
			)
	yield from _check_scores(get_rows(call, "criteria"))
	if not is_missing(call.get("min_reviews")) and (to_whole(call.get("min_reviews")) or 0) < 1:
		yield BAD_REVIEWS(field="min_reviews")
	threshold = to_amount(call.get("score_threshold"))
	if threshold is None or threshold > FULL_SCORE:
		yield BAD_THRESHOLD(field="score_threshold", maximum=int(FULL_SCORE))


def _check_repeated(found: list[Row], field: str, repeated) -> Iterator[Finding]:
	by_name = defaultdict(list)
	for row in found:
		by_name[to_key(row.get(field))].append(row)
	for name, group in by_name.items():
		if name and len(group) > 1:
			yield repeated(*(row.ref for row in group), field=field, name=to_text(group[0].get(field)))


def _check_scores(criteria: list[Row]) -> Iterator[Finding]:
	points = Decimal(0)
	for row in criteria:
		highest, lowest = to_amount(row.get("max_score")), to_amount(row.get("min_score"))
		points += highest or 0
		if not highest or lowest is None or lowest > highest:
			yield BAD_SCORE(row.ref, field="max_score", name=to_text(row.get("criterion")))
		elif to_text(row.get("kind")) == TABLE and not _are_levels(get_levels(row.get("levels")), highest):
			yield BAD_LEVELS(row.ref, field="levels", name=to_text(row.get("criterion")))
	if criteria and points != FULL_SCORE:
		yield SCORE_SUM(field="criteria", total=format_share(points), maximum=int(FULL_SCORE))


def _are_levels(found: list[Level], highest: Decimal) -> bool:
	names = {to_key(level.name) for level in found}
	points = [level.points for level in found if level.points is not None]
	if not found or "" in names or len(names) < len(found) or len(points) < len(found):
		return False
	return min(points) >= 0 and max(points) == highest
