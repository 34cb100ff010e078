frappe.ui.form.on("RTC Meeting", {
	setup(frm) {
		frm.set_query("body", () => ({ filters: { dissolved_on: ["is", "not set"] } }));
	},

	onload: (frm) => keep_seconds(frm),

	refresh(frm) {
		show_intro(frm);
		if (frm.is_new()) return;
		if (!frappe.model.can_write(frm.doctype)) return;
		if (["Planned", "Held"].includes(frm.doc.workflow_state)) {
			frm.add_custom_button(__("Fill In Attendees from the Seats"), () => fill_attendees(frm));
		}
		const label = what_to_send(frm.doc);
		if (label) frm.add_custom_button(label, () => send(frm, label));
	},

	before_workflow_action(frm) {
		if (frm.selected_workflow_action !== "Cancel Meeting" || frm.doc.decision_reason) return undefined;
		return ask_before_step(frm, [{ fieldname: "decision_reason", reqd: 1 }]);
	},
});

/** The label of what those invited are to be sent now; "" for nothing. */
function what_to_send(doc) {
	const changed = doc.invited_on && doc.ics_sequence > doc.ics_sent;
	if (doc.workflow_state === "Cancelled") return changed ? __("Send the Cancellation") : "";
	if (doc.workflow_state !== "Planned") return "";
	if (!doc.invited_on) return __("Send the Invitation");
	return changed ? __("Send the Change") : __("Send the Invitation Again");
}

async function fill_attendees(frm) {
	const { message } = await frm.call({ doc: frm.doc, method: "seat_holders" });
	for (const row of message) frm.add_child("attendees", row);
	frm.refresh_field("attendees");
	if (message.length) frm.dirty();
	frappe.show_alert({
		message: message.length
			? __("Attendees added: {0}. Save to keep them.", [message.length])
			: __("Everybody who holds a seat on that day is already there."),
		indicator: message.length ? "green" : "blue",
	});
}

function send(frm, label) {
	if (frm.is_dirty()) {
		frappe.msgprint(__("Save the meeting first: what is sent is what was saved."));
		return;
	}
	const to = frm.doc.attendees.filter((row) => row.email).length;
	frappe.confirm(__("{0}: an e-mail with the entry for the calendar goes to {1} people. Go on?", [label, to]), async () => {
		const { message } = await frm.call({ doc: frm.doc, method: "send_invitations", freeze: true });
		const without = message.without_email.map((name) => frappe.utils.escape_html(name)).join(", ");
		frappe.msgprint({
			title: label,
			message: [
				__("E-mails put in the queue: {0}.", [message.sent]),
				without ? __("Without an e-mail address, to be told otherwise: {0}.", [without]) : "",
			].join(" "),
			indicator: without ? "orange" : "green",
		});
		frm.reload_doc();
	});
}

function show_intro(frm) {
	frm.set_intro();
	if (frm.is_new()) {
		frm.set_intro(__("Save, fill in the attendees from the seats of the body, then send the invitation."), "blue");
		return;
	}
	const doc = frm.doc;
	const steps = {
		Planned: __("Next: send the invitation; after the meeting mark it as held under Actions."),
		Held: __("Next: tick who was present, write minutes and outcome; the RTC Manager approves them."),
		"Minutes Approved": __("Minutes approved: nothing changes any more. The outcome goes in the Plan."),
		Cancelled: __("Cancelled: {0}", [frappe.utils.escape_html(doc.decision_reason || "")]),
	};
	const colors = { Held: "orange", "Minutes Approved": "green", Cancelled: "red" };
	frm.set_intro(steps[doc.workflow_state] || "", colors[doc.workflow_state] || "blue");
	if (doc.invited_on && doc.ics_sequence > doc.ics_sent) {
		frm.set_intro(__("Those invited do not know of the last change yet."), "orange");
	}
}
