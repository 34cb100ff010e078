"""A site that has a first page of its own keeps it until somebody switches ours on."""

import frappe

SETTINGS = "RTC Settings"
#: what core has where nobody chose
OF_CORE = (None, "", "login", "index", "me")


def keep_own_home_page() -> None:
	chosen = frappe.db.get_single_value("Website Settings", "home_page")
	is_ours = chosen in OF_CORE
	# where nothing is stored yet each field has its default, and one value alone would end that
	if not is_ours or frappe.db.get_singles_dict(SETTINGS):
		frappe.db.set_single_value(SETTINGS, "front_page", int(is_ours))
