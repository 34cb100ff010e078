frappe.listview_settings["RTC Conflict Declaration"] = {
	hide_name_column: true,
	get_indicator(doc) {
		if (doc.declaration === "Conflict") return [__("Conflict"), "red", "declaration,=,Conflict"];
		return [__("No Conflict"), "green", "declaration,=,No Conflict"];
	},
	onload(listview) {
		listview.can_create = false; // made from the page Evaluation
		listview.page.add_inner_button(__("Evaluation"), () => frappe.set_route("rtc-evaluation"));
	},
};
