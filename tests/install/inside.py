"""What the lifecycle test does and reads inside a site: `python -m tests.install.inside SITES SITE FUNCTION …`.

Runs in a process of its own, since the app's code and the site's caches change between the steps.
"""

import json
import os
import sys

import frappe

#: who it takes for a member and a sent application
COLLEAGUES = (
	"admin@rtc.test",
	"officer@rtc.test",
	"manager@rtc.test",
	"director@rtc.test",
	"applicant@rtc.test",
)
#: tables that only log what happened, or that core fills by itself while it runs (contacts of users by a job)
LOGS = {
	"Access Log",
	"Activity Log",
	"Comment",
	"Contact",
	"Contact Email",
	"DefaultValue",
	"Deleted Document",
	"Error Log",
	"Installed Application",
	"Logs To Clear",
	"Notification Log",
	"Patch Log",
	"Permission Log",
	"Prepared Report",
	"Route History",
	"RQ Job",
	"Scheduled Job Log",
	"Version",
}


def rows() -> dict[str, list[str]]:
	"""Every table of the site but the logs → the names of its rows."""
	named = frappe.db.sql_list(
		"select table_name from information_schema.columns "
		"where table_schema = database() and column_name = 'name' and table_name like 'tab%%'"
	)
	keys = {"tabSingles": "concat_ws('.', doctype, field)", **dict.fromkeys(named, "name")}
	return {
		table.removeprefix("tab"): sorted(map(str, frappe.db.sql_list(f"select {key} from `{table}`")))
		for table, key in keys.items()
		if table.removeprefix("tab") not in LOGS
	}


def work() -> dict:
	"""What a site does after the installation: records of its own, and changes to what was seeded."""
	from tests.site import factories

	factories.make_users(COLLEAGUES)
	member = factories.member("Admitted")
	application = factories.application("Submitted")
	frappe.db.set_value("RTC Territory", "Bergamo", "asst", "ASST di prova")
	frappe.delete_doc("RTC Territory", "Treviglio")
	frappe.db.set_value("Workflow", "RTC Plan", "is_active", 0)
	return {"member": member.name, "application": application.name}


def kept() -> dict:
	"""What a migrate must leave as it was."""
	return {
		"asst": frappe.db.get_value("RTC Territory", "Bergamo", "asst"),
		"treviglio": frappe.db.exists("RTC Territory", "Treviglio"),
		"workflow_active": frappe.db.get_value("Workflow", "RTC Plan", "is_active"),
		"members": frappe.db.count("RTC Member"),
		"applications": frappe.db.count("RTC Application"),
		"partners": frappe.db.count("RTC Application Partner"),
		"areas": frappe.get_all("RTC Area", pluck="name", order_by="name"),
		"states": frappe.db.count("Workflow Document State", {"parent": "RTC Application"}),
		"roles": frappe.get_all("Role", {"name": ("like", "RTC %")}, pluck="name", order_by="name"),
		"workflow_versions": frappe.db.count("Version", {"ref_doctype": "Workflow"}),
		"files": frappe.db.count("File", {"attached_to_doctype": "RTC Application"}),
	}


def users() -> list[str]:
	"""Colleagues who were there before the app; they keep their accounts when it goes."""
	from tests.site import factories

	factories.make_users(COLLEAGUES)
	return list(COLLEAGUES)


if __name__ == "__main__":
	sites, site, *functions = sys.argv[1:]
	os.chdir(sites)
	frappe.init(site, sites_path=sites)
	frappe.connect()
	frappe.flags.mute_emails = True
	frappe.set_user("Administrator")
	for function in functions:
		answer = globals()[function]()
		frappe.db.commit()
	frappe.clear_cache()  # Redis keeps which modules the apps have
	frappe.destroy()
	print("\n" + json.dumps(answer))
