frappe.query_reports["RTC Composition at a Date"] = {
	filters: [
		{
			fieldname: "programme",
			label: __("Programme"),
			fieldtype: "Link",
			options: "RTC Programme",
			reqd: 1,
		},
		{
			fieldname: "on_date",
			label: __("Composition at"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
			reqd: 1,
		},
	],
};
