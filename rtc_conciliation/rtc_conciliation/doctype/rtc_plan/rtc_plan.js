const HAS_SUCCESSOR = ["Sent", "Validated", "With Observations"];
const DOWNLOADS = { PDF: "download_pdf", Word: "download_docx", Excel: "download_xlsx" };

frappe.ui.form.on("RTC Plan", {
	setup(frm) {
		frm.set_query("organisation", "community_members", () => ({}));
		// what may stand in a Plan: saved reports of this app, never SQL
		frm.set_query("report", "sections", () => ({
			filters: {
				method: "RTC Conciliation",
				disabled: 0,
				report_type: ["in", ["Report Builder", "Script Report"]],
			},
		}));
	},

	refresh(frm) {
		frm.get_field("preview_html").$wrapper.html(frm.doc.__onload?.preview_html || "");
		frm.get_field("completeness_html").$wrapper.html(frm.doc.__onload?.completeness_html || "");
		show_intro(frm);
		if (frm.is_new()) return;
		for (const [label, method] of Object.entries(DOWNLOADS)) {
			frm.add_custom_button(label, () => download(frm, method), __("Download"));
		}
		if (frm.doc.previous_version) {
			frm.add_custom_button(__("Compare with the Previous Version"), () => compare(frm));
		}
		if (HAS_SUCCESSOR.includes(frm.doc.workflow_state) && frappe.model.can_create(frm.doctype)) {
			frm.add_custom_button(__("New Version"), () => make_new_version(frm));
		}
	},
});

function download(frm, method) {
	if (frm.is_dirty()) {
		frappe.msgprint(__("Save the Plan first: the file shows what is saved."));
		return;
	}
	open_url_post(`/api/method/rtc_conciliation.plan.api.${method}`, { plan: frm.docname });
}

async function compare(frm) {
	const { message } = await frappe.call({
		method: "rtc_conciliation.plan.api.compare_versions",
		args: { before: frm.doc.previous_version, after: frm.docname },
		type: "GET",
		freeze: true,
	});
	const dialog = new frappe.ui.Dialog({
		title: __("Compare with the Previous Version"),
		size: "extra-large",
		fields: [{ fieldtype: "HTML", fieldname: "changes" }],
	});
	dialog.fields_dict.changes.$wrapper.html(message);
	dialog.show();
}

function make_new_version(frm) {
	frappe.confirm(__("Make a new draft that goes on from this Plan?"), () =>
		frm
			.call({ doc: frm.doc, method: "make_new_version", freeze: true })
			.then(({ message }) => frappe.set_route("Form", frm.doctype, message))
	);
}

async function show_intro(frm) {
	frm.set_intro();
	if (frm.is_new()) {
		frm.set_intro(__("The sections of the programme's template are filled in when you save."), "blue");
		return;
	}
	const name = frm.docname;
	const { message } = await frappe.db.get_value("RTC Programme", frm.doc.programme, "plan_deadline");
	if (frm.docname !== name) return;
	frm.set_intro();
	frm.set_intro(next_step(frm.doc), frm.doc.docstatus === 1 ? "green" : "blue");
	const deadline = message?.plan_deadline;
	// a version that goes on from another: that one was sent
	if (deadline && !frm.doc.previous_version && !HAS_SUCCESSOR.includes(frm.doc.workflow_state)) {
		frm.set_intro(days_to(deadline), frappe.datetime.get_today() > deadline ? "red" : undefined);
	}
	if (frm.doc.digest) {
		frm.set_intro(`<div>${__("Digest")}: <code class="rtc-digest">${frm.doc.digest}</code></div>`, "green");
	}
}

function next_step(doc) {
	const act = doc.act_number && doc.act_date;
	const steps = {
		Draft: __("Draft. Next: send it to the Comitato."),
		"To the Comitato": act
			? __("Before the Comitato. Next: the RTC Director approves it.")
			: __("Before the Comitato. Missing to approve it: the number and the date of the act."),
		Approved:
			doc.protocol_number && doc.protocol_date && doc.pec_receipt
				? __("Approved and frozen. Next: mark it as sent.")
				: __("Approved and frozen. Missing to mark it as sent: protocol number, date and PEC receipt."),
		Sent: __("Sent to the Region. Next: record that it was validated, or the observations."),
		Validated: __("Validated by the Region."),
		"With Observations": __("The Region made observations: make a new version that answers them."),
	};
	return steps[doc.workflow_state] || "";
}

function days_to(deadline) {
	const days = frappe.datetime.get_day_diff(deadline, frappe.datetime.get_today());
	const shown = frappe.datetime.str_to_user(deadline);
	if (days < 0) return __("The Plan was due to the Region by {0}.", [shown]);
	if (days === 0) return __("The Plan is due to the Region today, {0}.", [shown]);
	return __("The Plan is due to the Region by {0}: {1} days left.", [shown, days]);
}
