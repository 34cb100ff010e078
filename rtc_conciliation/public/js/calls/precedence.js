// What may decide between equals: the criteria of the grid, the co-financing share, the time of arrival. The same for
// a call and for what a programme proposes to its calls.

for (const doctype of ["RTC Call", "RTC Programme"]) {
	frappe.ui.form.on(doctype, { refresh: offer_precedence, offer_precedence });
}
frappe.ui.form.on("RTC Call Criterion", { criterion: offer_precedence, criteria_remove: offer_precedence });

function offer_precedence(frm) {
	const criteria = (frm.doc.criteria || []).map((row) => row.criterion).filter(Boolean);
	const options = [...criteria, "Co-financing Share", "Time of Arrival"].map((value) => ({
		value,
		label: __(value),
	}));
	frm.fields_dict.tie_breaks.grid.update_docfield_property("criterion", "options", options);
}
