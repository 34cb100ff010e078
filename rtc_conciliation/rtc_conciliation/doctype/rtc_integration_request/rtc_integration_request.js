frappe.ui.form.on("RTC Integration Request", {
	setup(frm) {
		frm.set_query("application", () => ({
			filters: { workflow_state: ["in", ["Under Formal Check", "Integration Requested"]] },
		}));
	},

	onload: (frm) => keep_seconds(frm),

	refresh(frm) {
		const draft = !frm.doc.workflow_state || frm.doc.workflow_state === "Draft";
		const grid = frm.get_field("items").grid;
		for (const field of ["what", "why", "kind"]) grid.update_docfield_property(field, "read_only", draft ? 0 : 1);
		for (const field of ["answer_section", "answer_text", "column_break_answer", "answer_file"]) {
			grid.update_docfield_property(field, "hidden", draft ? 1 : 0);
		}
		frm.set_df_property("items", "cannot_add_rows", !draft);
		frm.set_df_property("items", "cannot_delete_rows", !draft);
		frm.get_field("answers_html").$wrapper.html(frm.doc.__onload?.answers_html || "");
		show_intro(frm);
		if (frm.is_new()) return;
		frm.add_custom_button(__("Application"), () =>
			frappe.set_route("Form", "RTC Application", frm.doc.application)
		);
		const formats = frm.doc.answered_on ? ["RTC Integration Letter", "RTC Integration Answer"] : ["RTC Integration Letter"];
		for (const format of formats) {
			frm.add_custom_button(__(format), () => frappe.utils.print(frm.doctype, frm.docname, format), __("Print"));
		}
	},

	before_workflow_action(frm) {
		const asked = {
			"Cancel Request": { fieldname: "decision_reason", label: __("Why it is cancelled: the applicant reads it"), reqd: 1 },
			"Close Request": { fieldname: "outcome", reqd: 1 },
		}[frm.selected_workflow_action];
		return asked && !frm.doc[asked.fieldname] ? ask_before_step(frm, [asked]) : undefined;
	},
});

function show_intro(frm) {
	frm.set_intro();
	const doc = frm.doc;
	const shown = (value) => frappe.datetime.str_to_user(value);
	if (frm.is_new()) {
		frm.set_intro(__("Write what is missing and why, and save. The RTC Manager sends it; the application then waits."), "blue");
		return;
	}
	const over = doc.due_on && frappe.datetime.now_datetime() > doc.due_on;
	const steps = {
		Draft: [__("Next: the RTC Manager sends it under Actions. The applicant is told by e-mail and answers in the portal."), "orange"],
		Sent: over
			? [__("The term of {0} is over and there is no answer: close the request, or wait for a late one.", [shown(doc.due_on)]), "red"]
			: [__("Waiting for the applicant until {0}.", [shown(doc.due_on)]), "blue"],
		Answered: [
			doc.late
				? __("Answered late, on {0}. Decide whether it counts, write the outcome and close the request.", [shown(doc.answered_on)])
				: __("Answered on {0}. Next: write the outcome and close the request; the formal check resumes.", [shown(doc.answered_on)]),
			doc.late ? "orange" : "green",
		],
		Closed: [__("Closed."), "blue"],
		Cancelled: [__("Cancelled: {0}", [frappe.utils.escape_html(doc.decision_reason || "")]), "red"],
	};
	const [text, color] = steps[doc.workflow_state] || ["", "blue"];
	frm.set_intro(text, color);
}
