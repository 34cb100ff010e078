frappe.listview_settings["RTC Transparency Entry"] = {
	hide_name_column: true,
	onload(listview) {
		listview.can_create = false; // made by the act that awards
	},
};
