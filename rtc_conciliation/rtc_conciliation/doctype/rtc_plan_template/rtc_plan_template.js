frappe.ui.form.on("RTC Plan Template", {
	setup(frm) {
		frm.set_query("report", "sections", () => ({ filters: rtc_report_filters() }));
	},
});

/** The reports that may stand in a Plan: saved ones of this app, never SQL. */
function rtc_report_filters() {
	return {
		module: "RTC Conciliation",
		disabled: 0,
		report_type: ["in", ["Report Builder", "Script Report"]],
	};
}
