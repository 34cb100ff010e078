"""Workflows are written when they differ from what is shipped, and left alone when they do not."""

import frappe
import pytest

from rtc_conciliation.access.states import shipped
from rtc_conciliation.setup import profiles, workflows
from tests.site import factories

NAMES = tuple(shipped(doctype)["workflow_name"] for doctype in workflows.DOCTYPES)


def stamps() -> dict:
	return {name: frappe.db.get_value("Workflow", name, "modified") for name in NAMES}


def test_a_second_time_nothing_is_written(monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda *_: None)
	before, versions = stamps(), frappe.db.count("Version", {"ref_doctype": "Workflow"})
	workflows.ensure_workflows()
	assert stamps() == before
	assert frappe.db.count("Version", {"ref_doctype": "Workflow"}) == versions


@pytest.mark.parametrize(
	"doctype, state, field, value",
	(
		("Workflow Transition", "Draft", "allowed", "System Manager"),
		("Workflow Transition", "Draft", "condition", "doc.title"),
		("Workflow Document State", "Draft", "allow_edit", "System Manager"),
		("Workflow Document State", "Draft", "is_optional_state", 1),
		("Workflow Document State", "Draft", "update_value", "x"),
	),
)
def test_what_decides_on_a_step_is_put_back(doctype, state, field, value):
	row = frappe.get_doc("Workflow", "RTC Plan").get(
		"states" if doctype == "Workflow Document State" else "transitions", {"state": state}
	)[0]
	frappe.db.set_value(doctype, row.name, field, value)
	stored = frappe.get_doc("Workflow", "RTC Plan")
	definition = {**shipped("RTC Plan"), "is_active": stored.is_active}
	definition["states"] = [
		{key: said for key, said in row.items() if key != "style"} for row in definition["states"]
	]
	assert not workflows.is_as_shipped(stored, definition)
	frappe.db.set_value(doctype, row.name, field, row.get(field))
	assert workflows.is_as_shipped(frappe.get_doc("Workflow", "RTC Plan"), definition)


def test_a_profile_gives_the_role_and_leaves_the_office_its_own_module(site):
	profiles.ensure_profiles()
	factories.make_user("profilo@rtc.example.org", "System User", [])
	user = frappe.get_doc("User", "profilo@rtc.example.org")
	user.update({"module_profile": profiles.NAME, "roles": [], "role_profile_name": "RTC Officer"}).save()
	assert "RTC Officer" in frappe.get_roles(user.name)
	blocked = set(user.get_blocked_modules())
	assert "RTC Conciliation" not in blocked and {"Core", "Website"} <= blocked
