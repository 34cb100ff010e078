"""Profiles that an administrator gives to a colleague in one go: the role, and a desk without what is not the office's.

Made once; what a site changes in them stays.
"""

import frappe

from rtc_conciliation.access.roles import ROLES
from rtc_conciliation.access.sql import MODULE

#: of the module profile
NAME = "RTC"


def ensure_profiles() -> None:
	for role in list_desk_roles():
		if not frappe.db.exists("Role Profile", role):
			values = {"doctype": "Role Profile", "role_profile": role, "roles": [{"role": role}]}
			frappe.get_doc(values).insert()
	if not frappe.db.exists("Module Profile", NAME):
		others = frappe.get_all("Module Def", {"name": ("!=", MODULE)}, pluck="name")
		rows = [{"module": module} for module in others]
		values = {"doctype": "Module Profile", "module_profile_name": NAME, "block_modules": rows}
		frappe.get_doc(values).insert()


def remove_profiles() -> None:
	"""Users keep the roles and modules that a profile gave them, but for the roles that go."""
	frappe.db.set_value("User", {"module_profile": NAME}, "module_profile", None)
	frappe.delete_doc("Module Profile", NAME, force=True, ignore_missing=True)
	for role in list_desk_roles():
		frappe.delete_doc("Role Profile", role, force=True, ignore_missing=True)


def list_desk_roles() -> list[str]:
	return [role for role, enters in ROLES.items() if enters]
