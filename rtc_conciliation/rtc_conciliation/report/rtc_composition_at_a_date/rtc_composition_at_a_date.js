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
		{
			fieldname: "group",
			label: __("Stakeholder Group"),
			fieldtype: "Select",
			options: [
				"",
				...[
					"Municipalities",
					"Ambiti Territoriali Sociali",
					"Third Sector",
					"Business Organisations",
					"ASST",
					"Province",
					"Associations",
					"Trade Unions",
					"Other Public Bodies",
					"Other",
				].map((value) => ({ value, label: __(value) })),
			],
		},
		{
			fieldname: "territory",
			label: __("Ambito"),
			fieldtype: "Link",
			options: "RTC Territory",
		},
		{
			fieldname: "asst",
			label: "ASST",
			fieldtype: "Data",
		},
		{
			fieldname: "arranged_by",
			label: __("Arranged By"),
			fieldtype: "Select",
			options: [
				{ value: "", label: __("Name") },
				{ value: "group", label: __("Stakeholder Group") },
				{ value: "territory", label: __("Ambito") },
				{ value: "asst", label: "ASST" },
			],
		},
		{
			fieldname: "chart",
			label: __("Chart"),
			fieldtype: "Select",
			default: "kind",
			options: [
				{ value: "kind", label: __("Members by Stakeholder Group") },
				{ value: "time", label: __("Members month by month") },
			],
		},
	],

	formatter(value, row, column, data, default_formatter) {
		const shown = default_formatter(value, row, column, data);
		return data && data.heading ? `<b>${shown}</b>` : shown;
	},
};
