frappe.query_reports["RTC Composition at a Date"] = {
	filters: [
		{
			fieldname: "programme",
			label: __("Programme"),
			fieldtype: "Link",
			options: "RTC Programme",
		},
		{
			fieldname: "on_date",
			label: __("Composition at"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
		},
	],
};
