frappe.listview_settings["RTC Application"] = {
	hide_name_column: true,
	add_fields: ["currency", "cofinancing_percent"],
};
