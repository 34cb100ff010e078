frappe.ui.form.on("RTC Organisation", {
	setup(frm) {
		frm.set_query("organisation_type", () => ({ filters: { disabled: 0 } }));
		frm.set_query("territory", () => ({ filters: { disabled: 0 } }));
	},
});
