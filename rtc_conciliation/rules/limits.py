"""How many rows a table of an application may have, checked before anything looks at the rows."""

from collections.abc import Iterator

from rtc_conciliation.rules.finding import CALL_TEXT, ERROR, Finding, template
from rtc_conciliation.rules.values import record

# Far above what a real project needs (6 partners and 20 cost rows); they keep one check within milliseconds.
MAX_ROWS = {
	"partners": 50,
	"actions": 100,
	"recipients": 50,
	"indicators": 100,
	"costs": 500,
	"declarations": 100,
	"attachments": 50,
}

TOO_MANY = {
	"partners": template(
		"partnership.too_many_rows",
		ERROR,
		"There are {count} partners: at most {maximum} can be entered. The other rules are checked after that.",
		"In the tab Partnership, remove rows from the table Partners.",
		CALL_TEXT,
	),
	"actions": template(
		"areas.too_many_rows",
		ERROR,
		"There are {count} actions: at most {maximum} can be entered. The other rules are checked after that.",
		"In the tab Actions and Recipients, remove or join rows of the table Actions.",
		CALL_TEXT,
	),
	"recipients": template(
		"recipients.too_many_rows",
		ERROR,
		"There are {count} rows of recipients: at most {maximum} can be entered. The other rules are checked after that.",
		"In the tab Actions and Recipients, remove or join rows of the table Recipients.",
		CALL_TEXT,
	),
	"indicators": template(
		"recipients.too_many_indicators",
		ERROR,
		"There are {count} indicators: at most {maximum} can be entered. The other rules are checked after that.",
		"In the tab Actions and Recipients, remove rows from the table Indicators.",
		CALL_TEXT,
	),
	"costs": template(
		"budget.too_many_rows",
		ERROR,
		"There are {count} cost rows: at most {maximum} can be entered. The other rules are checked after that.",
		"In the tab Budget, remove or join rows of the table Costs.",
		CALL_TEXT,
	),
	"declarations": template(
		"declarations.too_many_rows",
		ERROR,
		"There are {count} declarations: at most {maximum} can be entered. The other rules are checked after that.",
		"In the tab Declarations and Documents, remove rows from the table Declarations.",
		CALL_TEXT,
	),
	"attachments": template(
		"documents.too_many_rows",
		ERROR,
		"There are {count} documents: at most {maximum} can be entered. The other rules are checked after that.",
		"In the tab Declarations and Documents, remove rows from the table Documents.",
		CALL_TEXT,
	),
}


def within_limits(table: str, rows) -> bool:
	return not isinstance(rows, (list, tuple)) or len(rows) <= MAX_ROWS.get(table, 1000)


def check(application) -> Iterator[Finding]:
	for table, too_many in TOO_MANY.items():
		rows = record(application).get(table, ())
		if not within_limits(table, rows):
			yield too_many(field=table, count=len(rows), maximum=MAX_ROWS[table])
