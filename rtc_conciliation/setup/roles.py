import frappe

from rtc_conciliation.access.roles import APPLICANT, ROLES


def ensure_roles() -> None:
	for role, desk_access in ROLES.items():
		if not frappe.db.exists("Role", role):
			frappe.get_doc({"doctype": "Role", "role_name": role, "desk_access": int(desk_access)}).insert()


def remove_roles() -> None:
	frappe.db.delete("Has Role", {"role": ("in", list(ROLES))})
	for role in ROLES:
		frappe.delete_doc("Role", role, force=True, ignore_missing=True)


def ensure_portal_role() -> None:
	"""Who signs up becomes an applicant, unless the site already gives another role."""
	if not frappe.db.get_single_value("Portal Settings", "default_role"):
		frappe.db.set_single_value("Portal Settings", "default_role", APPLICANT)


def remove_portal_role() -> None:
	if frappe.db.get_single_value("Portal Settings", "default_role") == APPLICANT:
		frappe.db.set_single_value("Portal Settings", "default_role", None)
