frappe.ui.form.on("RTC Formal Check", {
	setup(frm) {
		frm.set_query("application", () => ({
			filters: { workflow_state: ["in", ["Under Formal Check", "Integration Requested"]] },
		}));
	},

	refresh(frm) {
		frm.get_field("findings_html").$wrapper.html(frm.doc.__onload?.findings_html || "");
		show_intro(frm);
		if (frm.is_new()) return;
		const open = is_open(frm);
		if (!open) frm.disable_save();
		frm.add_custom_button(__("Application"), () =>
			frappe.set_route("Form", "RTC Application", frm.doc.application)
		);
		if (open && frappe.model.can_create("RTC Integration Request")) {
			frm.add_custom_button(__("Request an Integration"), () => request_integration(frm));
		}
		if (frm.doc.failed_items && open) {
			const format = "RTC Notice of Refusal";
			frm.add_custom_button(__(format), () => frappe.utils.print(frm.doctype, frm.docname, format), __("Print"));
		}
	},
});

function is_open(frm) {
	return ["Under Formal Check", "Integration Requested"].includes(frm.doc.__onload?.application_state);
}

function show_intro(frm) {
	frm.set_intro();
	if (frm.is_new()) return;
	const { items, open_items, failed_items } = frm.doc;
	if (!is_open(frm)) {
		frm.set_intro(__("Closed: the application is {0}.", [__(frm.doc.__onload?.application_state || "")]), "blue");
	} else if (open_items) {
		const answered = items.length - open_items;
		frm.set_intro(__("{0} of {1} checks answered. Answer the others and save.", [answered, items.length]), "orange");
	} else if (failed_items) {
		frm.set_intro(
			__("Checks that failed: {0}. Request an integration, or the RTC Manager declares it not admissible.", [failed_items]),
			"red"
		);
	} else {
		frm.set_intro(__("All checks are answered and none failed. Next: the RTC Manager declares it admissible."), "green");
	}
}

/** A new request with a row for each check that failed. */
async function request_integration(frm) {
	if (frm.is_dirty()) await frm.save();
	await frappe.model.with_doctype("RTC Integration Request");
	const doc = frappe.model.get_new_doc("RTC Integration Request");
	doc.application = frm.doc.application;
	doc.items = [];
	for (const check of frm.doc.items.filter((row) => row.answer === "Failed")) {
		const row = frappe.model.add_child(doc, "RTC Integration Item", "items");
		Object.assign(row, {
			what: check.item,
			why: [check.note, check.legal_reference].filter(Boolean).join(" – "),
			kind: "Text or File",
		});
	}
	frappe.set_route("Form", doc.doctype, doc.name);
}
