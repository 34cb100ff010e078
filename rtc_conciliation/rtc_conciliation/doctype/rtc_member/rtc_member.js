/** State → the paper that its step has issued. */
const PAPERS = {
	Admitted: "RTC Adhesion Certificate",
	Withdrawn: "RTC Adhesion Certificate",
	Ended: "RTC Adhesion Certificate",
	Rejected: "RTC Adhesion Refusal",
};

frappe.ui.form.on("RTC Member", {
	setup(frm) {
		frm.set_query("programme", () => ({ filters: { status: "Active" } }));
		frm.set_query("organisation_type", () => ({ filters: { disabled: 0 } }));
		frm.set_query("territory", () => ({ filters: { disabled: 0 } }));
	},

	refresh(frm) {
		show_intro(frm);
		show_outside(frm);
		draw_adhesion_screen(frm);
		const format = PAPERS[frm.doc.workflow_state];
		if (frm.is_new() || !format) return;
		frm.add_custom_button(__(format), () => frappe.utils.print(frm.doctype, frm.docname, format));
	},

	before_workflow_action(frm) {
		const step = step_of(frm);
		return step && ask_before_step(frm, step.fields, { title: step.title });
	},
});

/** Steps that need a day, a reason or an act; undefined for the others. */
function step_of(frm) {
	const day = (fieldname, label) => ({ fieldname, label, reqd: 1, default: frm.doc[fieldname] || frappe.datetime.get_today() });
	const reason = (reqd) => ({ fieldname: "decision_reason", reqd });
	const act = [{ fieldname: "step_act_number" }, { fieldname: "step_act_date" }];
	return {
		Admit: {
			title: __("Admit the Organisation"),
			fields: [
				day("valid_from", __("First day of membership")),
				{ fieldname: "act_number", reqd: 1 },
				{ fieldname: "act_date", reqd: 1 },
			],
		},
		Reject: { title: __("Reject the Adhesion"), fields: [reason(1)] },
		Discard: { title: __("Discard the Adhesion"), fields: [reason(0)] },
		Suspend: {
			title: __("Suspend the Member"),
			fields: [day("step_from", __("First day of the suspension")), reason(1), ...act],
		},
		Resume: {
			title: __("End the Suspension"),
			fields: [day("step_from", __("First day of membership after the suspension")), reason(0), ...act],
		},
		Withdraw: {
			title: __("Withdrawal of the Member"),
			fields: [day("valid_to", __("Last day of membership, included")), reason(1), ...act],
		},
		"End Membership": {
			title: __("End of the Membership"),
			fields: [day("valid_to", __("Last day of membership, included")), reason(0), ...act],
		},
	}[frm.selected_workflow_action];
}

function show_intro(frm) {
	frm.set_intro();
	if (frm.is_new()) {
		frm.set_intro(__("For an adhesion that came by PEC, e-mail or on paper. Those from the site arrive here by themselves."), "blue");
		return;
	}
	const doc = frm.doc;
	const steps = {
		Received: __("Next: check the identity and the signed form, then start the review."),
		"Under Review": missing_papers(doc)
			? __("Next: the RTC Manager admits it, or rejects it with the reason. Still empty: {0}.", [
					missing_papers(frm.doc),
			  ])
			: __("Next: the RTC Manager admits it, or rejects it with the reason."),
		Admitted: __("Member of the network. A suspension, a withdrawal or the end of the membership is under Actions."),
		Suspended: __("Suspended: not counted among the members until the suspension ends. See History of the Membership."),
		Withdrawn: __("Left the network at its own request. See History of the Membership."),
		Rejected: __("Rejected. The reason is under Form and Admission."),
		Discarded: __("Discarded without a decision, as a copy or a mistake: nothing follows from it."),
		Ended: __("No longer a member of the network."),
	};
	const colors = { Admitted: "green", Rejected: "red", Suspended: "orange", Withdrawn: "orange", Ended: "orange" };
	frm.set_intro(steps[doc.workflow_state] || "", colors[doc.workflow_state] || "blue");
}

/** Labels of what the office usually wants to see before it admits; nothing of it is compulsory. */
function missing_papers(doc) {
	return ["adhesion_form", "protocol_number", "act_number", "act_date"]
		.filter((field) => !doc[field])
		.map((field) => __(frappe.meta.get_label("RTC Member", field)))
		.join(", ");
}

/** What came from outside: the check of the signature, and the confirmation by mail. */
function show_outside(frm) {
	frm.get_field("signature_html").$wrapper.html(frm.doc.__onload?.signature_html || "");
	if (frm.is_new() || !frm.perm[0]?.write) return;
	if (frm.doc.adhesion_form) {
		frm.add_custom_button(__("Check the Signature"), () =>
			frappe
				.call({
					method: "rtc_conciliation.network.api.check_signature",
					args: { member: frm.docname },
					freeze: true,
				})
				.then(() => frm.reload_doc())
		);
	}
	if (frm.doc.channel === "Web" && !frm.doc.email_confirmed_on && ["Received", "Under Review"].includes(frm.doc.workflow_state)) {
		frm.set_intro(__("Not confirmed yet: {0} has not opened the link that was mailed to it.", [frappe.utils.escape_html(frm.doc.email)]), "orange");
		frm.add_custom_button(__("Send the Link Again"), () =>
			frappe
				.call({ method: "rtc_conciliation.network.api.send_confirmation_again", args: { member: frm.docname }, freeze: true })
				.then(() => frm.reload_doc())
		);
	}
}
