frappe.ui.form.on("RTC Call Question", {
	setup(frm) {
		frm.set_query("call", () => ({ filters: { workflow_state: ["not in", ["Draft", "Approved"]] } }));
	},

	refresh(frm) {
		frm.set_intro();
		if (frm.is_new()) return;
		const steps = {
			Received: [__("Next: write the answer, take names out of the question as published, then submit the answer under Actions."), "orange"],
			Answered: [__("Next: the RTC Manager publishes it. Who answered cannot publish."), "blue"],
			Published: [__("Published on the page of the call, without names."), "green"],
			"Not Published": [__("Not published: {0}", [frappe.utils.escape_html(frm.doc.decision_reason || "")]), "blue"],
		};
		const [text, color] = steps[frm.doc.workflow_state] || ["", "blue"];
		frm.set_intro(text, color);
		if (frm.doc.workflow_state === "Published") {
			frm.add_custom_button(__("Public Page"), () => window.open(`/bandi/${encodeURIComponent(frm.doc.call)}#quesiti`));
		}
	},
});
