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

	onload(report) {
		frappe.model.with_doctype("RTC Organisation Type", () => {
			const groups = frappe.meta.get_docfield("RTC Organisation Type", "stakeholder_group").options;
			const filter = report.get_filter("group");
			filter.df.options = ["", ...groups.split("\n").filter(Boolean)].map((value) => ({
				value,
				label: __(value),
			}));
			filter.refresh();
		});
	},

	formatter(value, row, column, data, default_formatter) {
		const shown = default_formatter(value, row, column, data);
		return data && data.heading ? `<b>${shown}</b>` : shown;
	},
};
