"""The demo data, loaded once on the test site and rolled back: what they show is what they are meant to show."""

import json
from collections import Counter
from datetime import date

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from pypdf import PdfReader

from rtc_conciliation import rules
from rtc_conciliation.access.roles import ROLES
from rtc_conciliation.common import clock
from rtc_conciliation.common.findings import RulesError
from rtc_conciliation.plan import assemble
from rtc_conciliation.setup import demo
from rtc_conciliation.setup.demo import people
from rtc_conciliation.setup.demo.calendar import Calendar
from rtc_conciliation.setup.demo.data import calls
from rtc_conciliation.setup.demo.data.first_call import APPLICATIONS as FIRST
from rtc_conciliation.setup.demo.data.programme import PROGRAMME, TITLE
from rtc_conciliation.setup.demo.data.second_call import APPLICATIONS as SECOND
from rtc_conciliation.setup.demo.data.users import ADMINISTRATION, DIRECTOR, MANAGER, OFFICER, USERS
from tests.site import factories
from tests.site.http import WATCHED, names, remove

COUNTED = (
	"RTC Member",
	"RTC Organisation",
	"RTC Call",
	"RTC Application",
	"RTC Plan",
	"User",
	"File",
	"Version",
)
GROUPS_OF_THE_PRESS_RELEASE = (
	"Municipalities",
	"Ambiti Territoriali Sociali",
	"Third Sector",
	"Business Organisations",
	"ASST",
	"Province",
	"Associations",
	"Trade Unions",
)


@pytest.fixture(scope="module")
def loaded(site):
	"""What the tests look at, as plain data: the load itself is rolled back before the first of them."""
	with pytest.MonkeyPatch.context() as patch:
		patch.setattr(frappe.db, "commit", lambda *args, **kwargs: None)
		frappe.set_user("Administrator")
		without_records()
		before = (frappe.session.user, frappe.local.lang, clock.now)
		try:
			said = demo.load()
			restored = (frappe.session.user, frappe.local.lang, clock.now) == before
			counts = {doctype: frappe.db.count(doctype) for doctype in COUNTED}
			seen = {
				"said": said,
				"restored": restored,
				"said_again": demo.load(),
				"unchanged": counts == {doctype: frappe.db.count(doctype) for doctype in COUNTED},
				**look(),
				**send_drafts(),
			}
		finally:
			frappe.db.rollback()
			frappe.clear_cache()
	return seen


def without_records() -> None:
	"""Demo data want an empty site: takes away what the session has made for all tests, until the rollback."""
	for doctype in WATCHED:
		if doctype.startswith("RTC "):
			remove(doctype, names(doctype))


def look() -> dict:
	fields = {
		"RTC Application": ["*"],
		"RTC Member": ["*"],
		"RTC Call": ["*"],
		"RTC Plan": ["*"],
	}
	seen = {doctype: frappe.get_all(doctype, fields=names) for doctype, names in fields.items()}
	seen["compositions"] = {
		day: assemble.assemble_records(TITLE, date.fromisoformat(day))["composition"]
		for day in ("2026-05-06", "2026-07-15", "2026-09-30")
	}
	seen["roles"] = {
		user: set(frappe.get_roles(user)) & set(ROLES) for user, _password, _purpose in demo.logins()
	}
	seen["all_roles"] = {user: set(frappe.get_roles(user)) for user in USERS}
	seen["types"] = {user: frappe.db.get_value("User", user, ("user_type", "language")) for user in USERS}
	seen["steps"] = frappe.get_all(
		"Comment",
		{"comment_type": "Workflow"},
		["reference_doctype", "reference_name", "comment_email"],
	)
	files = frappe.get_all("File", {"attached_to_doctype": "RTC Application"}, ["*"])
	seen["files"] = files
	with open(frappe.get_doc("File", files[0].name).get_full_path(), "rb") as file:
		seen["pdf"] = PdfReader(file).pages[0].extract_text()
	return seen


def send_drafts() -> dict:
	"""Title → state after sending, or the error's class, for every draft; sent today by its applicant."""
	result = {}
	for name, title, applicant in frappe.get_all(
		"RTC Application", {"workflow_state": "Draft"}, ["name", "title", "applicant"], as_list=True
	):
		with factories.acting(applicant):
			try:
				result[title] = apply_workflow(frappe.get_doc("RTC Application", name), "Send").workflow_state
			except RulesError:
				result[title] = RulesError
	return {"sending": result}


def test_tells_what_it_did_and_leaves_the_session_as_it_was(loaded):
	assert "35" in loaded["said"] and "17" in loaded["said"]
	assert loaded["restored"]


def test_second_run_changes_nothing_and_says_so(loaded):
	assert loaded["unchanged"]
	assert loaded["said_again"] != loaded["said"]


def test_applications_end_as_told(loaded):
	states = {row.title: row.workflow_state for row in loaded["RTC Application"]}
	assert states == {
		story["title"]: story.get("end", "Draft") for story in (*FIRST.values(), *SECOND.values())
	}
	ends = Counter(story["end"] for story in FIRST.values())
	others = ("Eligible Not Funded", "Not Admissible", "Below Threshold", "Withdrawn")
	assert ends == {"Funded": 4, **dict.fromkeys(others, 1)}


def test_members_are_in_every_state(loaded):
	states = Counter(row.workflow_state for row in loaded["RTC Member"])
	assert states == {"Admitted": 29, "Under Review": 2, "Received": 2, "Ended": 1, "Rejected": 1}
	assert {row.channel for row in loaded["RTC Member"] if row.workflow_state == "Received"} == {"Web"}


@pytest.mark.parametrize("story", SECOND.values(), ids=SECOND)
def test_drafts_break_the_rules_they_are_meant_to(loaded, story):
	row = next(row for row in loaded["RTC Application"] if row.title == story["title"])
	found = [finding["rule"] for finding in json.loads(row.findings)["findings"]]
	assert found == story.get("breaks", [])


def test_five_drafts_break_one_rule_and_one_breaks_five(loaded):
	broken = Counter(row.blocking_findings for row in loaded["RTC Application"])
	assert broken == {0: 11, 1: 5, 5: 1}


def test_open_call_admits_the_good_draft_today_and_refuses_the_others(loaded):
	expected = {
		story["title"]: RulesError if story["breaks"] else "Submitted"
		for story in SECOND.values()
		if "end" not in story
	}
	assert loaded["sending"] == expected


def test_cofinancing_is_at_and_just_under_the_threshold(loaded):
	shares = {row.title: row.cofinancing_percent for row in loaded["RTC Application"]}
	assert shares["Isola concilia"] == 30
	assert shares["Commissioni in rete"] == 29.99


def test_every_group_of_the_press_release_is_in_the_network(loaded):
	groups = {group["group"]: group["count"] for group in loaded["compositions"]["2026-09-30"]["groups"]}
	assert all(groups[group] for group in GROUPS_OF_THE_PRESS_RELEASE)
	assert groups["ASST"] == 3


def test_composition_follows_the_date(loaded):
	totals = {day: composition["total"] for day, composition in loaded["compositions"].items()}
	assert totals["2026-05-06"] < totals["2026-07-15"]
	assert totals["2026-07-15"] - totals["2026-09-30"] == 1  # one left on 31 July, nobody joined in between


def test_grants_stay_within_the_first_call(loaded):
	granted = sum(row.granted_amount for row in loaded["RTC Application"])
	assert 0 < granted <= calls.FIRST["endowment"]
	assert all(len(row.cup) == 15 for row in loaded["RTC Application"] if row.workflow_state == "Funded")


def test_first_call_was_sent_within_its_window(loaded):
	first = next(row for row in loaded["RTC Call"] if row.title == calls.FIRST["title"])
	second = next(row for row in loaded["RTC Call"] if row.title == calls.SECOND["title"])
	assert (first.workflow_state, second.workflow_state) == ("Concluded", "Published")
	sent = [row.sent_on for row in loaded["RTC Application"] if row.call == first.name]
	assert len(sent) == len(FIRST)
	assert all(first.opening <= moment <= first.closing for moment in sent)


def test_steps_were_taken_by_those_who_may(loaded):
	assert {row.owner for row in loaded["RTC Application"]} == {
		story["applicant"] for story in SECOND.values()
	}
	takers = Counter((row.reference_doctype, row.comment_email) for row in loaded["steps"])
	assert takers["RTC Call", DIRECTOR] == 2
	assert takers["RTC Application", DIRECTOR] == 6
	assert takers["RTC Member", MANAGER] == 32  # 30 admitted, one refused, one ended
	assert not [user for _doctype, user in takers if user == "Administrator"]


def test_plan_was_sent_and_a_second_version_is_a_draft(loaded):
	first, second = sorted(loaded["RTC Plan"], key=lambda row: row.plan_version)
	assert (first.workflow_state, second.workflow_state) == ("Sent", "Draft")
	assert (first.prepared_by, second.previous_version) == (OFFICER, first.name)
	assert first.protocol_number and not second.protocol_number and not second.act_number
	snapshot = json.loads(first.snapshot)
	assert len(snapshot["projects"]) == 4
	assert len(snapshot["community"]["members"]) == 6


def test_files_are_private_real_and_the_applicants_own(loaded):
	assert all(row.is_private for row in loaded["files"])
	assert {row.owner for row in loaded["files"]} == {story["applicant"] for story in SECOND.values()}
	assert len({row.file_url for row in loaded["files"]}) == len(loaded["files"])
	assert "Progetto: " in loaded["pdf"]


def test_every_role_has_a_user(loaded):
	assert set().union(*loaded["roles"].values()) == set(ROLES)
	for user, (_name, _surname, role, _purpose) in USERS.items():
		assert loaded["roles"][user] == {role} & set(ROLES)
		assert loaded["types"][user] == ("System User" if ROLES.get(role, True) else "Website User", "it")


def test_only_the_administrator_manages_the_system(loaded):
	assert [user for user in USERS if "System Manager" in loaded["all_roles"][user]] == [ADMINISTRATION]


def test_refuses_a_site_with_a_programme_of_its_own(rolled_back):
	factories.programme(title="Programma vero")
	with pytest.raises(demo.DemoRefusedError, match="Programma vero"):
		demo.load()
	assert not frappe.db.exists("RTC Programme", TITLE)


def test_a_programme_with_the_same_title_is_not_taken_for_the_demo(rolled_back):
	factories.programme(title=TITLE)
	with pytest.raises(demo.DemoRefusedError):
		demo.load()


@pytest.mark.parametrize(
	("today", "shifted"),
	[
		("2025-12-01", True),
		("2026-05-20", False),
		("2026-11-22", False),
		("2027-12-31", False),
		("2028-02-29", True),
		("2028-09-15", True),
		("2035-12-31", True),
	],
)
def test_second_call_is_open_and_inside_the_programme_on_any_day(today, shifted):
	day = date.fromisoformat(today)
	calendar = Calendar(day)
	programme = {**PROGRAMME, **calendar.programme_changes}
	call = {
		**calls.SECOND,
		"opening": calendar.opening,
		"closing": calendar.closing,
		"project_start": calendar.project_start,
		"project_end": calendar.project_end,
		"min_partners": 3,
		"min_areas": 0,
		"min_cofinancing_percent": 30,
	}
	assert rules.check_call(call, programme).findings == ()
	assert calendar.opening.date() < day < calendar.closing.date()
	assert calendar.shifted is shifted


def test_users_of_an_earlier_installation_have_their_roles_again(site):
	with factories.acting("Administrator"):
		people.make_users()
		frappe.db.delete("Has Role", {"parenttype": "User", "parent": ("in", list(USERS))})
		frappe.clear_cache()
		people.make_users()
	for email, (_name, _surname, role, _purpose) in USERS.items():
		assert role in frappe.get_roles(email)
