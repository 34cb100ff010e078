"""Who may do what to which record in which state: the whole of it as data, tested cell by cell over HTTP.

`permissions`, `states` and the rest of this folder bring it about; this says what is wanted. It is printed in
docs/dev/permissions.md by `python -m rtc_conciliation.access.matrix`. Knows no Frappe.
"""

from dataclasses import dataclass

GUEST = "guest"
ACCOUNT = "account without a role"
#: has nothing to do with the record
STRANGER = "another applicant"
#: whose application, profile, request it is
APPLICANT = "its applicant"
COLLEAGUE = "a colleague"
#: whose review or declaration it is, or a member of the panel
EVALUATOR = "evaluator"
#: an officer who has declared a conflict with the application
CONFLICTED = "officer in conflict"
OFFICER = "officer"
MANAGER = "manager"
DIRECTOR = "director"
AUDITOR = "auditor"
ADMIN = "system manager"

PEOPLE = (
	GUEST,
	ACCOUNT,
	STRANGER,
	APPLICANT,
	COLLEAGUE,
	EVALUATOR,
	CONFLICTED,
	OFFICER,
	MANAGER,
	DIRECTOR,
	AUDITOR,
	ADMIN,
)
NOBODY: frozenset[str] = frozenset()
PREPARING = frozenset({OFFICER, CONFLICTED})
OFFICERS = PREPARING | {MANAGER}
OFFICE = OFFICERS | {DIRECTOR, AUDITOR, ADMIN}
IMPARTIAL = OFFICE - {CONFLICTED}
APPLICANTS = frozenset({STRANGER, APPLICANT, COLLEAGUE})
OWN = frozenset({APPLICANT, COLLEAGUE})
#: everybody with a role of this app
ROLES = OFFICE | APPLICANTS | {EVALUATOR}


@dataclass(frozen=True)
class Cell:
	read: frozenset[str]
	write: frozenset[str] = NOBODY
	delete: frozenset[str] = NOBODY


@dataclass(frozen=True)
class Rules:
	create: frozenset[str]
	#: state → what it allows; "" for a DocType without states
	states: dict[str, Cell]
	submitted: frozenset[str] = frozenset()
	cancelled: frozenset[str] = frozenset()

	def docstatus(self, state: str) -> int:
		return 1 if state in self.submitted else 2 if state in self.cancelled else 0


def stateless(read, write=NOBODY, delete=NOBODY, create=NOBODY) -> Rules:
	return Rules(frozenset(create), {"": Cell(frozenset(read), frozenset(write), frozenset(delete))})


def reference(*writers: str) -> Rules:
	"""Rows that belong to the law or to the cycle: every role reads them."""
	return stateless(ROLES, {*writers}, {*writers}, {*writers})


SENT = OWN | IMPARTIAL
MATRIX: dict[str, Rules] = {
	"RTC Applicant Profile": stateless({APPLICANT}, {APPLICANT}, {APPLICANT}, APPLICANTS),
	"RTC Programme": stateless(ROLES, {MANAGER, ADMIN}, {ADMIN}, {MANAGER, ADMIN}),
	"RTC Body": stateless(OFFICE, {*OFFICERS, ADMIN}, {MANAGER, ADMIN}, {*OFFICERS, ADMIN}),
	"RTC Organisation": stateless(OFFICE, {*OFFICERS, ADMIN}, {MANAGER, ADMIN}, {*OFFICERS, ADMIN}),
	"RTC Area": reference(ADMIN),
	"RTC Cost Category": reference(MANAGER, ADMIN),
	"RTC Organisation Type": reference(ADMIN),
	"RTC Recipient Category": reference(ADMIN),
	"RTC Territory": reference(MANAGER, ADMIN),
	"RTC Plan Template": stateless(OFFICE, {MANAGER, ADMIN}, {MANAGER, ADMIN}, {MANAGER, ADMIN}),
	"RTC File Scan": stateless({ADMIN}),
	"RTC Kept Names": stateless({ADMIN}),
	"RTC Paper": stateless({ADMIN}),
	"RTC Preparation": stateless({ADMIN}),
	"RTC Privacy Notice": stateless(OFFICE),
	"RTC Call": Rules(
		frozenset({*OFFICERS, ADMIN}),
		{
			"Draft": Cell(OFFICE | {EVALUATOR}, OFFICERS, frozenset({MANAGER, ADMIN})),
			"Approved": Cell(OFFICE | {EVALUATOR}, frozenset({MANAGER})),
			"Published": Cell(ROLES, frozenset({MANAGER})),
			"Closed": Cell(ROLES, frozenset({MANAGER})),
			"Concluded": Cell(ROLES, frozenset({MANAGER})),
		},
	),
	"RTC Application": Rules(
		APPLICANTS | PREPARING,
		{
			"Draft": Cell(OWN, OWN),  # deleted on its own page alone: `applications.draft_removal`
			"Submitted": Cell(SENT, frozenset({OFFICER, MANAGER})),
			"Under Formal Check": Cell(SENT, frozenset({OFFICER, MANAGER})),
			"Integration Requested": Cell(SENT, frozenset({OFFICER, MANAGER})),
			"Admissible": Cell(SENT, frozenset({MANAGER})),
			"Not Admissible": Cell(SENT, frozenset({MANAGER})),
			"Under Evaluation": Cell(SENT, frozenset({MANAGER, DIRECTOR})),
			"Funded": Cell(SENT, frozenset({MANAGER, DIRECTOR})),
			"Eligible Not Funded": Cell(SENT, frozenset({MANAGER, DIRECTOR})),
			"Below Threshold": Cell(SENT, frozenset({MANAGER, DIRECTOR})),
			"Withdrawn": Cell(SENT),
		},
		submitted=frozenset(
			{
				"Submitted",
				"Under Formal Check",
				"Integration Requested",
				"Admissible",
				"Not Admissible",
				"Under Evaluation",
				"Funded",
				"Eligible Not Funded",
				"Below Threshold",
			}
		),
		cancelled=frozenset({"Withdrawn"}),
	),
	"RTC Application Colleague": stateless(OWN, NOBODY, NOBODY, {APPLICANT}),
	"RTC Call Export": stateless({OFFICER}, NOBODY, {OFFICER}, OFFICE - {ADMIN}),
	"RTC Call Question": Rules(
		OFFICERS,
		{
			"Received": Cell(OFFICE, OFFICERS),
			"Answered": Cell(OFFICE, OFFICERS),
			"Published": Cell(OFFICE),
			"Not Published": Cell(OFFICE),
		},
	),
	"RTC Conflict Declaration": stateless(IMPARTIAL | {EVALUATOR}, {EVALUATOR}),
	"RTC Formal Check": stateless(IMPARTIAL, {OFFICER, MANAGER}),
	"RTC Integration Request": Rules(
		OFFICERS,
		{
			"Draft": Cell(IMPARTIAL, frozenset({OFFICER, MANAGER}), frozenset({OFFICER, MANAGER})),
			"Sent": Cell(SENT, OWN | {OFFICER, MANAGER}),
			"Answered": Cell(SENT, frozenset({OFFICER, MANAGER})),
			"Closed": Cell(SENT),
			"Cancelled": Cell(SENT),
		},
	),
	"RTC Meeting": Rules(
		frozenset({*OFFICERS, ADMIN}),
		{
			"Planned": Cell(OFFICE, OFFICERS, frozenset({MANAGER, ADMIN})),
			"Cancelled": Cell(OFFICE),
			"Held": Cell(OFFICE, OFFICERS),
			"Minutes Approved": Cell(OFFICE),
		},
	),
	"RTC Member": Rules(
		frozenset({*OFFICERS, ADMIN}),
		{
			"Received": Cell(OFFICE, OFFICERS, frozenset({MANAGER, ADMIN})),
			"Under Review": Cell(OFFICE, OFFICERS),
			"Admitted": Cell(OFFICE, frozenset({MANAGER})),
			"Rejected": Cell(OFFICE, frozenset({MANAGER})),
			"Discarded": Cell(OFFICE, frozenset({MANAGER})),
			"Suspended": Cell(OFFICE, frozenset({MANAGER})),
			"Withdrawn": Cell(OFFICE, frozenset({MANAGER})),
			"Ended": Cell(OFFICE, frozenset({MANAGER})),
		},
	),
	"RTC Panel": Rules(
		frozenset({*OFFICERS, ADMIN}),
		{
			"Draft": Cell(OFFICE, OFFICERS | {DIRECTOR}, frozenset({MANAGER, ADMIN})),
			"Appointed": Cell(OFFICE, OFFICERS),
			"Dissolved": Cell(OFFICE),
		},
	),
	"RTC Plan": Rules(
		OFFICERS,
		{
			"Draft": Cell(OFFICE, OFFICERS, frozenset({MANAGER})),
			"To the Comitato": Cell(OFFICE, frozenset({MANAGER})),
			"Approved": Cell(OFFICE, frozenset({MANAGER})),
			"Sent": Cell(OFFICE, frozenset({MANAGER})),
			"Validated": Cell(OFFICE, frozenset({MANAGER})),
			"With Observations": Cell(OFFICE, frozenset({MANAGER})),
		},
		submitted=frozenset({"Approved", "Sent", "Validated", "With Observations"}),
	),
	"RTC Ranking": Rules(
		OFFICERS,
		{
			"Draft": Cell(IMPARTIAL, frozenset({OFFICER, MANAGER}), frozenset({MANAGER})),
			"Proposed": Cell(IMPARTIAL, frozenset({MANAGER, DIRECTOR})),
			"Approved": Cell(IMPARTIAL, frozenset({MANAGER})),
			"Published": Cell(OFFICE, frozenset({MANAGER})),
		},
		submitted=frozenset({"Approved", "Published"}),
	),
	"RTC Review": Rules(
		NOBODY,
		{
			"Draft": Cell(frozenset({EVALUATOR}), frozenset({EVALUATOR})),
			"Submitted": Cell(IMPARTIAL | {EVALUATOR}, frozenset({MANAGER})),
		},
	),
	"RTC Transparency Entry": Rules(
		NOBODY,
		{
			"To Be Published": Cell(OFFICE, OFFICERS),
			"Published": Cell(OFFICE),
			"Corrected": Cell(OFFICE),
		},
	),
}


def render_matrix() -> str:
	"""The whole matrix as it stands in docs/dev/permissions.md."""
	lines = [HEADING]
	for doctype, rules in MATRIX.items():
		lines += [f"\n## {doctype}\n", f"Made by: {list_people(rules.create)}.\n"]
		lines += ["| state | reads | changes | deletes |", "|---|---|---|---|"]
		for state, cell in rules.states.items():
			columns = (
				state or "–",
				list_people(cell.read),
				list_people(cell.write),
				list_people(cell.delete),
			)
			lines.append(f"| {' | '.join(columns)} |")
	return "\n".join(lines) + "\n"


def list_people(people: frozenset[str]) -> str:
	return ", ".join(one for one in PEOPLE if one in people) or "nobody"


HEADING = """\
# Who may do what

Printed from `rtc_conciliation/access/matrix.py`, do not edit: `python -m rtc_conciliation.access.matrix > docs/dev/permissions.md`.
Every cell is tried over HTTP by `tests/site/matrix`. A change goes by the steps of the workflow only: *changes* says who edits
the record in that state, not who takes it to the next one. The rows of a record, its files and what hangs on it follow it.

*Its applicant*: whose application, profile or request it is; an export or a draft of an officer is their own likewise.
*Evaluator*: whose review or declaration it is; applications they read on their own page only ([evaluation](evaluation.md)).
*Officer in conflict*: an officer who sits in the panel and has declared a conflict with the application."""


if __name__ == "__main__":
	print(render_matrix(), end="")
