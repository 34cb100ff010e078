"""Where each lands, and the icons and sidebars that core 16 shows in the desk."""

import json
from urllib.parse import parse_qsl, urlsplit

import frappe
import pytest
from frappe.boot import get_bootinfo
from frappe.website.utils import get_home_page_via_hooks

from devsite.paths import REPO
from rtc_conciliation.access import landing
from tests.site import factories
from tests.site.factories import AUDITOR, EVALUATOR, MANAGER, OFFICER

APP = REPO / "rtc_conciliation"


def shipped(folder: str) -> dict[str, dict]:
	records = [json.loads(path.read_text()) for path in sorted((APP / folder).glob("*.json"))]
	return {record["name"]: record for record in records}


def workspace(name: str) -> dict:
	file = name.lower().replace(" ", "_")
	return json.loads((APP / f"rtc_conciliation/workspace/{file}/{file}.json").read_text())


@pytest.mark.parametrize("user", (factories.APPLICANT, OFFICER, "Administrator"))
def test_only_who_has_no_desk_lands_at_his_applications(as_user, user):
	if user == OFFICER:
		frappe.get_doc("User", user).add_roles("RTC Applicant")
	with as_user(user):
		home = get_home_page_via_hooks()
	assert (home == "domanda/list") == (user == factories.APPLICANT)


# -- core 16


def test_each_workspace_has_a_sidebar_with_all_of_it():
	sidebars = shipped("workspace_sidebar")
	assert set(sidebars) == landing.WORKSPACES
	for name, sidebar in sidebars.items():
		page, items = workspace(name), sidebar["items"]
		links = {(row.get("link_type"), row.get("link_to")) for row in items}
		wanted = {(row["link_type"], row["link_to"]) for row in page["links"] if row["type"] == "Link"}
		assert wanted <= links and ("Workspace", name) in links
		cards = [row["label"] for row in page["links"] if row["type"] == "Card Break"]
		assert [row["label"] for row in items if row["type"] == "Section Break"] == cards


def test_a_sidebar_keeps_the_filters_of_its_shortcuts():
	for name, sidebar in shipped("workspace_sidebar").items():
		shown = {row["label"]: row for row in sidebar["items"]}
		for shortcut in workspace(name)["shortcuts"]:
			filters = json.loads(shortcut["stats_filter"] or "{}")
			if filters:
				address = urlsplit(shown[shortcut["label"]]["url"])
				assert address.path == f"/desk/{shortcut['link_to'].lower().replace(' ', '-')}"
				said = dict(parse_qsl(address.query))
				assert {k: v if v == filters[k] else json.loads(v) for k, v in said.items()} == filters


@pytest.mark.parametrize("user", (OFFICER, MANAGER, AUDITOR, EVALUATOR))
def test_each_sees_the_icon_and_the_sidebar_of_his_work(as_user, user):
	if not frappe.db.exists("DocType", "Workspace Sidebar"):
		return  # core 15 has no sidebars
	own = "RTC Evaluators" if user == EVALUATOR else "RTC Conciliation"
	with as_user(user):
		frappe.cache.hdel("desktop_icons", user)
		boot = get_bootinfo()
		for hook in frappe.get_hooks("extend_bootinfo"):
			frappe.get_attr(hook)(bootinfo=boot)
	ours = {title.lower() for title in landing.WORKSPACES}
	assert ours & set(boot["workspace_sidebar_item"]) == {own.lower()}
	assert landing.WORKSPACES & {icon["label"] for icon in boot["desktop_icons"]} == {own}
	items = boot["workspace_sidebar_item"][own.lower()]["items"]
	assert all(row["label"] != "Open Calls" or "Published" in row["url"] for row in items)
