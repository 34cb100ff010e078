"""Where people land, and what of the desk's frame they are shown."""

import frappe

from rtc_conciliation.access.roles import APPLICANT, DESK_ROLES, has_desk

APPLICATIONS = "domanda/list"
FIRST_PAGE = "rtc-today"
WORKSPACES = frozenset({"RTC Conciliation", "RTC Evaluators"})


def home_page(user: str) -> str | None:
	"""An applicant who asked for no page lands at their applications; None: as core has it.

	Core 16 asks this for people of the desk too. Administrator has every role, and a colleague may have applied once:
	their work is in the desk.
	"""
	if APPLICANT in frappe.get_roles(user) and not has_desk(user):
		return APPLICATIONS
	return None


def keep_own_sidebars(bootinfo) -> None:
	"""Core 16 shows each sidebar to whoever may see its module; ours are for those who have the workspace."""
	sidebars = bootinfo.get("workspace_sidebar_item") or {}
	pages = (bootinfo.get("workspaces") or {}).get("pages", [])
	for title in WORKSPACES - {page["name"] for page in pages}:
		sidebars.pop(title.lower(), None)


def tell_first_page(bootinfo) -> None:
	"""The desk begins with what is to be done, for whoever has work in it; `public/js/common/first_page.js` goes there."""
	if DESK_ROLES & set(frappe.get_roles()):
		bootinfo.rtc_first_page = FIRST_PAGE
