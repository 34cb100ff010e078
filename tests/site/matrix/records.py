"""One record of each DocType in each of its states, with a mark that tells in any answer whether it was read."""

from contextlib import contextmanager

import frappe

from rtc_conciliation.access import matrix
from tests.site import evaluating, factories
from tests.site.factories import (
	ADMIN,
	APPLICANT,
	AUDITOR,
	DIRECTOR,
	EVALUATOR,
	MANAGER,
	OFFICER,
	OTHER_APPLICANT,
	SECOND_EVALUATOR,
	SECOND_OFFICER,
	acting,
	make_user,
)
from tests.site.http import committed_rows

ACCOUNT, COLLEAGUE = "account@rtc.test", "colleague@rtc.test"

#: how the people of the matrix are called on the test site
PEOPLE = {
	matrix.GUEST: None,
	matrix.ACCOUNT: ACCOUNT,
	matrix.STRANGER: OTHER_APPLICANT,
	matrix.APPLICANT: APPLICANT,
	matrix.COLLEAGUE: COLLEAGUE,
	matrix.EVALUATOR: EVALUATOR,
	matrix.CONFLICTED: SECOND_OFFICER,
	matrix.OFFICER: OFFICER,
	matrix.MANAGER: MANAGER,
	matrix.DIRECTOR: DIRECTOR,
	matrix.AUDITOR: AUDITOR,
	matrix.ADMIN: ADMIN,
}

#: DocType → the text field that carries the mark
MARKED = {
	"RTC Applicant Profile": "address",
	"RTC Application": "abstract",
	"RTC Application Colleague": "email",
	"RTC Area": "description",
	"RTC Body": "tasks",
	"RTC Call": "description",
	"RTC Call Export": "message",
	"RTC Call Question": "question",
	"RTC Conflict Declaration": "reason",
	"RTC Cost Category": "description",
	"RTC File Scan": "virus",
	"RTC Formal Check": "observations",
	"RTC Integration Request": "introduction",
	"RTC Kept Names": "occasion",
	"RTC Meeting": "outcome",
	"RTC Member": "offers",
	"RTC Organisation": "notes",
	"RTC Organisation Type": "legal_reference",
	"RTC Panel": "call_title",
	"RTC Paper": "reason",
	"RTC Plan": "observations",
	"RTC Plan Template": "description",
	"RTC Preparation": "record",
	"RTC Privacy Notice": "text",
	"RTC Programme": "description",
	"RTC Ranking": "title",
	"RTC Recipient Category": "description",
	"RTC Review": "remark",
	"RTC Territory": "asst",
	"RTC Transparency Entry": "project_title",
}


def mark_of(doctype: str, state: str) -> str:
	return f"Segno{doctype}{state}".replace(" ", "")


def marks_in(text: str) -> set[tuple[str, str]]:
	cells = [(doctype, state) for doctype, rules in matrix.MATRIX.items() for state in rules.states]
	return {(doctype, state) for doctype, state in cells if mark_of(doctype, state) in text}


def wanted(who: str) -> set[tuple[str, str]]:
	return {
		(doctype, state)
		for doctype, rules in matrix.MATRIX.items()
		for state, cell in rules.states.items()
		if who in cell.read
	}


@contextmanager
def make_records():
	"""{(doctype, state): name}, committed for the server to see, gone at the end."""
	with committed_rows():
		for email, roles in ((ACCOUNT, []), (COLLEAGUE, ["RTC Applicant"])):
			if not frappe.db.exists("User", email):  # a run that was killed left them
				make_user(email, "Website User", roles)
		names = {}
		for doctype in matrix.MATRIX:
			for state in matrix.MATRIX[doctype].states:
				names[doctype, state] = made_of(doctype, state, names)
		frappe.get_doc("User", SECOND_OFFICER).add_roles("RTC Evaluator")
		frappe.db.commit()
		try:
			yield names
		finally:
			frappe.db.rollback()
			frappe.get_doc("User", SECOND_OFFICER).remove_roles("RTC Evaluator")
			frappe.db.commit()


def made_of(doctype: str, state: str, names: dict) -> str:
	"""A record put into `state` as it stands: how it comes there is told by tests of its own."""
	name = MAKERS.get(doctype, made_reference)(doctype, state, names)
	values = {MARKED[doctype]: mark_of(doctype, state)}
	if state:
		values |= {"workflow_state": state, "docstatus": matrix.MATRIX[doctype].docstatus(state)}
	frappe.db.set_value(doctype, name, values, update_modified=False)
	if "docstatus" in values:
		for table in frappe.get_meta(doctype).get_table_fields():
			rows = {"parent": name, "parenttype": doctype}
			frappe.db.set_value(table.options, rows, "docstatus", values["docstatus"], update_modified=False)
	return name


def made_reference(doctype: str, state: str, names: dict) -> str:
	"""Any row of those that belong to the law, or a new one."""
	found = frappe.get_all(doctype, pluck="name", limit=1)
	return found[0] if found else raw(doctype, title=f"Prova {doctype}")


def raw(doctype: str, **values) -> str:
	"""A row as it stands in the database."""
	doc = frappe.get_doc({"doctype": doctype, **values})
	doc.set_new_name()
	doc.db_insert()
	return doc.name


def application(doctype: str, state: str, names: dict) -> str:
	if state == "Draft":
		name = factories.application("Draft", title=mark_of("Titolo", state)).name
	else:
		name = factories.application("Submitted", title=mark_of("Titolo", state)).name
	values = {"user": COLLEAGUE, "email": COLLEAGUE, "accepted_on": "2026-01-01", "may_send": 0}
	raw("RTC Application Colleague", application=name, owner=APPLICANT, **values)
	raw(
		"RTC Conflict Declaration",
		application=name,
		evaluator=SECOND_OFFICER,
		declaration="Conflict",
		call=frappe.db.get_value("RTC Application", name, "call"),
		declaration_key=frappe.generate_hash(),
	)
	return name


def call(doctype: str, state: str, names: dict) -> str:
	return factories.call("Draft", title=mark_of("Titolo", state)).name


def profile(doctype: str, state: str, names: dict) -> str:
	return raw(doctype, user=APPLICANT, owner=APPLICANT, organisation_name="Ente")


def colleague(doctype: str, state: str, names: dict) -> str:
	return raw(doctype, application=names["RTC Application", "Draft"], email="x@rtc.test", owner=APPLICANT)


def of_evaluator(doctype: str, state: str, names: dict) -> str:
	"""A declaration or a review of EVALUATOR about an application under evaluation."""
	values = {
		"application": names["RTC Application", "Under Evaluation"],
		"call": frappe.db.get_value("RTC Application", names["RTC Application", "Under Evaluation"], "call"),
		"evaluator": EVALUATOR,
		"owner": EVALUATOR,
	}
	if doctype == "RTC Review":
		# one review of a kind for each: the other state is another's, that no row of the matrix reads as their own
		return raw(doctype, kind="Individual", review_key=frappe.generate_hash(), **values)
	return raw(doctype, declaration="No Conflict", declaration_key=frappe.generate_hash(), **values)


def export(doctype: str, state: str, names: dict) -> str:
	with acting(OFFICER):
		return raw(doctype, call=names["RTC Call", "Closed"], owner=OFFICER, state="Ready")


def check(doctype: str, state: str, names: dict) -> str:
	name = names["RTC Application", "Under Formal Check"]
	return raw(
		doctype,
		name=name,
		application=name,
		call=frappe.db.get_value("RTC Application", name, "call"),
		application_title=mark_of("Titolo", "Under Formal Check"),
	)


def request(doctype: str, state: str, names: dict) -> str:
	name = names["RTC Application", "Under Formal Check"]
	title = mark_of("Titolo", "Under Formal Check")
	return raw(doctype, application=name, naming_series="RTC-INT-.YYYY.-.####", application_title=title)


def ranking(doctype: str, state: str, names: dict) -> str:
	name = names["RTC Application", "Under Evaluation"]
	call = frappe.db.get_value("RTC Application", name, "call")
	found = raw(doctype, call=call, kind="Ranking", naming_series="RTC-RANK-.YYYY.-.##")
	row = {"parent": found, "parenttype": doctype, "parentfield": "entries", "idx": 1}
	raw("RTC Ranking Entry", application=name, application_title=mark_of("Titolo", "Under Evaluation"), **row)
	return found


def entry(doctype: str, state: str, names: dict) -> str:
	name = names["RTC Application", "Funded"]
	values = {"call": names["RTC Call", "Concluded"], "ranking": names["RTC Ranking", "Published"]}
	return raw(doctype, application=name, naming_series="RTC-TRA-.YYYY.-.#####", **values)


def organisation(doctype: str, state: str, names: dict) -> str:
	return factories.organisation().name


def panel(doctype: str, state: str, names: dict) -> str:
	of = {"Draft": "Published", "Appointed": "Closed", "Dissolved": "Concluded"}[
		state
	]  # a call has one panel
	return raw(doctype, call=names["RTC Call", of], act_number="9/2026", act_date="2026-11-20")


def scan(doctype: str, state: str, names: dict) -> str:
	return raw(doctype, file_name="x.pdf", file_url="/private/files/x.pdf", state="Clean", sha256="0" * 64)


MAKERS = {
	"RTC Applicant Profile": profile,
	"RTC Application": application,
	"RTC Application Colleague": colleague,
	"RTC Body": lambda doctype, state, names: factories.body().name,
	"RTC Call": call,
	"RTC Call Export": export,
	"RTC Call Question": lambda doctype, state, names: (
		factories.question(subject=mark_of("Titolo", state)).name
	),
	"RTC Conflict Declaration": of_evaluator,
	"RTC File Scan": scan,
	"RTC Formal Check": check,
	"RTC Integration Request": request,
	"RTC Privacy Notice": lambda doctype, state, names: raw(doctype, version=900),
	"RTC Kept Names": lambda doctype, state, names: raw(doctype, record_type="RTC Territory", names="{}"),
	"RTC Paper": lambda doctype, state, names: raw(doctype, name="prova", record_type="RTC Territory"),
	"RTC Meeting": lambda doctype, state, names: factories.meeting(body=names["RTC Body", ""]).name,
	"RTC Member": lambda doctype, state, names: raw(
		doctype,
		organisation_name=mark_of("Titolo", state),
		programme="Programma di prova",
		naming_series="RTC-ADH-.YYYY.-.#####",
	),
	"RTC Organisation": organisation,
	"RTC Panel": panel,
	"RTC Plan": lambda doctype, state, names: raw(
		doctype,
		title=mark_of("Titolo", state),
		programme="Programma di prova",
		naming_series="RTC-PLAN-.YYYY.-.##",
	),
	"RTC Preparation": lambda doctype, state, names: raw(
		doctype, name=frappe.generate_hash(), record_type="RTC Member", user=OFFICER
	),
	"RTC Programme": lambda doctype, state, names: factories.programme().name,
	"RTC Ranking": ranking,
	"RTC Review": of_evaluator,
	"RTC Transparency Entry": entry,
}
