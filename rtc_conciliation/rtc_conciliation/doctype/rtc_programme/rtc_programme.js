frappe.ui.form.on("RTC Programme", {
	refresh(frm) {
		show_years(frm);
		if (frm.is_new()) return;
		for (const [label, doctype] of [
			[__("Calls for Interest"), "RTC Call"],
			[__("Members"), "RTC Member"],
			[__("Plans"), "RTC Plan"],
		]) {
			if (!frappe.model.can_read(doctype)) continue;
			frm.add_custom_button(label, () =>
				frappe.set_route("List", doctype, { programme: frm.docname })
			);
		}
	},
	endowment: show_years,
});

frappe.ui.form.on("RTC Programme Budget Year", {
	amount: show_years,
	budget_years_remove: show_years,
});

/** The sum of the years beside the endowment, which it must equal. */
function show_years(frm) {
	const years = (frm.doc.budget_years || []).reduce((sum, row) => sum + flt(row.amount), 0);
	const money = (value) => format_currency(value, frm.doc.currency || "EUR");
	const open = flt(flt(frm.doc.endowment) - years, 2);
	let text = __("The years add up to the endowment.");
	if (years && open > 0) {
		text = __("The years add up to {0}: {1} less than the endowment.", [money(years), money(open)]);
	} else if (years && open < 0) {
		text = __("The years add up to {0}: {1} more than the endowment.", [money(years), money(-open)]);
	} else if (years) {
		text = __("The years add up to {0}, as the endowment.", [money(years)]);
	}
	frm.get_field("budget_years").$wrapper.find(".grid-description").text(text);
}
