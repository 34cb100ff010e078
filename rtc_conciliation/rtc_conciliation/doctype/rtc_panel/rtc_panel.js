frappe.ui.form.on("RTC Panel", {
	setup(frm) {
		frm.set_query("call", () => ({ filters: { workflow_state: ["not in", ["Draft", "Concluded"]] } }));
		frm.set_query("user", "members", () => ({ filters: { enabled: 1, user_type: "System User" } }));
	},

	refresh(frm) {
		show_intro(frm);
		const $progress = frm.get_field("progress_html").$wrapper;
		$progress.html(frm.doc.__onload?.progress_html || "");
		$progress.find("[data-application]").on("click", (event) => {
			frappe.set_route("Form", "RTC Application", event.currentTarget.dataset.application);
			return false;
		});
		if (frm.is_new()) return;
		frm.add_custom_button(__("Reviews"), () => frappe.set_route("List", "RTC Review", { call: frm.doc.call }));
		frm.add_custom_button(__("Declarations"), () =>
			frappe.set_route("List", "RTC Conflict Declaration", { call: frm.doc.call })
		);
		if (frm.doc.workflow_state !== "Draft") {
			frm.set_df_property("members", "cannot_delete_rows", true);
		}
	},

	/** The act that appoints goes with the step. */
	before_workflow_action(frm) {
		if (frm.selected_workflow_action !== "Appoint" || (frm.doc.act_number && frm.doc.act_date)) return undefined;
		return ask_before_step(frm, [
			{ fieldname: "act_number", reqd: 1 },
			{ fieldname: "act_date", reqd: 1, default: frm.doc.act_date || frappe.datetime.get_today() },
		]);
	},
});

frappe.ui.form.on("RTC Panel Member", {
	members_add(frm, cdt, cdn) {
		const first = frm.doc.members.find((row) => row.from_date && row.name !== cdn);
		if (first && frm.doc.workflow_state === "Draft") {
			frappe.model.set_value(cdt, cdn, "from_date", first.from_date);
		}
	},
});

function show_intro(frm) {
	frm.set_intro();
	const steps = {
		Draft: __("Next: the RTC Director appoints the panel with the act. Chair and members are an odd number, at least three; each has the role RTC Evaluator."),
		Appointed: __("Appointed. The members declare and review from the page Evaluation; the tab Progress shows how far they are."),
		Dissolved: __("Dissolved: everything stays on record."),
	};
	frm.set_intro(frm.is_new() ? "" : steps[frm.doc.workflow_state] || "", "blue");
}
