frappe.listview_settings["RTC Body"] = {
	hide_name_column: true,
	add_fields: ["dissolved_on"],
	get_indicator(doc) {
		const over = doc.dissolved_on && doc.dissolved_on < frappe.datetime.get_today();
		return over
			? [__("Dissolved"), "gray", `dissolved_on,<,${frappe.datetime.get_today()}`]
			: [__("In Office"), "green", "dissolved_on,is,not set"];
	},
};
