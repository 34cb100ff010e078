frappe.ui.form.on("RTC Body", {
	setup(frm) {
		frm.set_query("programme", () => ({ filters: { status: ["!=", "Closed"] } }));
	},

	refresh(frm) {
		frm.set_intro();
		if (frm.is_new()) {
			frm.set_intro(__("Write who sits in the body and from which day; who leaves keeps the row, with its last day."), "blue");
			return;
		}
		if (frappe.model.can_create("RTC Meeting")) {
			frm.add_custom_button(__("New Meeting"), () => frappe.new_doc("RTC Meeting", { body: frm.docname }));
		}
	},
});

frappe.ui.form.on("RTC Body Seat", {
	of_ats(frm, doctype, name) {
		if (locals[doctype][name].of_ats) frappe.model.set_value(doctype, name, "organisation", null);
	},
	seats_add(frm, doctype, name) {
		const row = locals[doctype][name];
		if (!row.from_date) frappe.model.set_value(doctype, name, "from_date", frm.doc.established_on);
	},
});
