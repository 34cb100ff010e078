frappe.listview_settings["RTC Formal Check"] = {
	hide_name_column: true,
	add_fields: ["open_items", "failed_items"],
	get_indicator(doc) {
		if (doc.open_items) return [__("Open"), "orange", "open_items,>,0"];
		if (doc.failed_items) return [__("Failed"), "red", "failed_items,>,0"];
		return [__("Passed"), "green", "failed_items,=,0"];
	},
};
