frappe.query_reports["RTC Applications of a Call"] = {
	filters: [
		{
			fieldname: "call",
			label: __("RTC Call"),
			fieldtype: "Link",
			options: "RTC Call",
		},
	],
};
