frappe.listview_settings["RTC Programme"] = {
	hide_name_column: true,
	add_fields: ["currency", "status"],
	get_indicator(doc) {
		const colors = { Planned: "orange", Active: "green", Closed: "gray" };
		return [__(doc.status), colors[doc.status], `status,=,${doc.status}`];
	},
};
