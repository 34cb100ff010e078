frappe.ui.form.on("RTC Formal Check", {
	setup(frm) {
		frm.set_query("application", () => ({
			filters: { workflow_state: ["in", ["Under Formal Check", "Integration Requested"]] },
		}));
	},

	refresh(frm) {
		frm.rtc_told = () => show_intro(frm);
		show_intro(frm);
		draw_screen(frm);
		if (frm.is_new()) return;
		const open = is_open(frm);
		if (!open) frm.disable_save();
		frm.add_custom_button(__("Application"), () =>
			frappe.set_route("Form", "RTC Application", frm.doc.application)
		);
		if (frm.doc.failed_items && open) {
			const format = "RTC Notice of Refusal";
			frm.add_custom_button(__(format), () => frappe.utils.print(frm.doctype, frm.docname, format), __("Print"));
		}
	},
});

const state_of = (frm) => frm.doc.__onload?.screen?.state;

function is_open(frm) {
	return ["Under Formal Check", "Integration Requested"].includes(state_of(frm));
}

function show_intro(frm) {
	frm.set_intro();
	if (frm.is_new()) return;
	const { items, open_items, failed_items } = frm.doc;
	if (!is_open(frm)) {
		frm.set_intro(__("Closed: the application is {0}.", [__(state_of(frm) || "")]), "blue");
	} else if (open_items) {
		const answered = items.length - open_items;
		frm.set_intro(__("{0} of {1} checks answered. Next: the RTC Officer answers the others.", [answered, items.length]), "orange");
	} else if (failed_items) {
		frm.set_intro(
			__("Checks that failed: {0}. Request an integration, or the RTC Manager declares it not admissible.", [failed_items]),
			"red"
		);
	} else {
		frm.set_intro(__("All checks are answered and none failed. Next: the RTC Manager declares it admissible."), "green");
	}
}
