frappe.listview_settings["RTC Call Export"] = {
	hide_name_column: true,
	get_indicator(doc) {
		const colors = { Queued: "gray", Running: "blue", Done: "green", Failed: "red" };
		return [__(doc.state), colors[doc.state], `state,=,${doc.state}`];
	},
};
