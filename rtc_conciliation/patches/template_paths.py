"""Templates stand by subject now: a site's own print formats, copied from ours, name them where they are."""

import re

import frappe

FOLDER = "rtc_conciliation/templates/"
#: what the print formats of before took in
MOVED = {
	"includes/plan_closing.html": "plan/closing.html",
	"includes/plan_cover.html": "plan/cover.html",
	"includes/plan_sections.html": "plan/sections.html",
	"print/letter.html": "common/letter.html",
	"print/macros.html": "common/print_macros.html",
	"print/style.html": "common/print_style.html",
}
NAMED = re.compile(re.escape(FOLDER) + "(" + "|".join(map(re.escape, MOVED)) + ")")


def execute() -> None:
	own = {"standard": "No", "html": ["like", f"%{FOLDER}%"]}
	for row in frappe.get_all("Print Format", filters=own, fields=["name", "html"]):
		frappe.db.set_value("Print Format", row.name, "html", with_new_paths(row.html))


def with_new_paths(html: str) -> str:
	return NAMED.sub(lambda found: FOLDER + MOVED[found[1]], html)
