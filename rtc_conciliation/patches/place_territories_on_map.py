"""Ambiti made before the public map take the places of the seed; those that a site has placed stay."""

import frappe

from rtc_conciliation.setup.reference import get_rows


def execute():
	unplaced = set(frappe.get_all("RTC Territory", {"map_column": 0, "map_row": 0}, pluck="name"))
	for row in get_rows("territories"):
		if row["title"] in unplaced:
			place = {"map_column": row["map_column"], "map_row": row["map_row"]}
			frappe.db.set_value("RTC Territory", row["title"], place, update_modified=False)
