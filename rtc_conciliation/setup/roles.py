import frappe

from rtc_conciliation.access.roles import ROLES


def ensure_roles() -> None:
	for role, desk_access in ROLES.items():
		if not frappe.db.exists("Role", role):
			frappe.get_doc({"doctype": "Role", "role_name": role, "desk_access": int(desk_access)}).insert()


def remove_roles() -> None:
	frappe.db.delete("Has Role", {"role": ("in", list(ROLES))})
	for role in ROLES:
		frappe.delete_doc("Role", role, force=True, ignore_missing=True)
