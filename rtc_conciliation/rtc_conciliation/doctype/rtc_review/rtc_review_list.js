frappe.listview_settings["RTC Review"] = {
	hide_name_column: true,
	add_fields: ["workflow_state"],
	onload(listview) {
		listview.can_create = false; // begun from the page Evaluation
		listview.page.add_inner_button(__("Evaluation"), () => frappe.set_route("rtc-evaluation"));
	},
};
