frappe.ui.form.on("RTC Member", {
	setup(frm) {
		frm.set_query("programme", () => ({ filters: { status: "Active" } }));
		frm.set_query("organisation_type", () => ({ filters: { disabled: 0 } }));
		frm.set_query("territory", () => ({ filters: { disabled: 0 } }));
	},

	refresh(frm) {
		show_intro(frm);
		show_outside(frm);
		if (frm.is_new() || !["Admitted", "Suspended", "Withdrawn", "Ended"].includes(frm.doc.workflow_state)) return;
		for (const format of frappe.meta.get_print_formats(frm.doctype)) {
			if (format !== "Standard") {
				frm.add_custom_button(__("Certificate"), () => frappe.utils.print(frm.doctype, frm.docname, format));
				break;
			}
		}
	},

	before_workflow_action(frm) {
		const step = STEPS[frm.selected_workflow_action];
		return step ? ask_for_step(frm, step) : undefined;
	},
});

/** Steps that need a day, a reason or an act: the dialog writes them into the form and saves it first. */
const STEP_ACT = { number: "step_act_number", date: "step_act_date", required: 0 };
const STEPS = {
	Admit: {
		title: "Admit the Organisation",
		day: "valid_from",
		act: { number: "act_number", date: "act_date", required: 1 },
	},
	Suspend: { title: "Suspend the Member", day: "step_from", reason: 1 },
	Resume: { title: "End the Suspension", day: "step_from", reason: 0 },
	Withdraw: { title: "Withdrawal of the Member", day: "valid_to", reason: 1 },
	"End Membership": { title: "End of the Membership", day: "valid_to", reason: 0 },
};

function ask_for_step(frm, step) {
	frappe.dom.unfreeze(); // core freezes the page before it asks
	const label = (field) => __(frappe.meta.get_label(frm.doctype, field));
	const act = step.act || STEP_ACT;
	const titles = {
		"Admit the Organisation": __("Admit the Organisation"),
		"Suspend the Member": __("Suspend the Member"),
		"End the Suspension": __("End the Suspension"),
		"Withdrawal of the Member": __("Withdrawal of the Member"),
		"End of the Membership": __("End of the Membership"),
	};
	const days = {
		"Admit the Organisation": __("First day of membership"),
		"Suspend the Member": __("First day of the suspension"),
		"End the Suspension": __("First day of membership after the suspension"),
		"Withdrawal of the Member": __("Last day of membership, included"),
		"End of the Membership": __("Last day of membership, included"),
	};
	return new Promise((resolve, reject) => {
		let going = false;
		const dialog = new frappe.ui.Dialog({
			title: titles[step.title],
			fields: [
				{
					fieldname: step.day,
					fieldtype: "Date",
					label: days[step.title],
					reqd: 1,
					default: frm.doc[step.day] || frappe.datetime.get_today(),
				},
				...(step.reason === undefined
					? []
					: [
							{
								fieldname: "decision_reason",
								fieldtype: "Small Text",
								label: label("decision_reason"),
								reqd: step.reason,
								default: frm.doc.decision_reason,
							},
						]),
				{ fieldname: act.number, fieldtype: "Data", label: label(act.number), reqd: act.required, default: frm.doc[act.number] },
				{ fieldname: act.date, fieldtype: "Date", label: label(act.date), reqd: act.required, default: frm.doc[act.date] },
			],
			primary_action_label: __(frm.selected_workflow_action),
			async primary_action(values) {
				going = true;
				dialog.hide();
				await frm.set_value(values);
				if (frm.is_dirty()) await frm.save();
				frappe.dom.freeze();
				resolve();
			},
		});
		dialog.onhide = () => going || reject();
		dialog.show();
	});
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
					method: "rtc_conciliation.records.signatures.check_signature",
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
				.call({ method: "rtc_conciliation.portal.confirmation.send_again", args: { member: frm.docname }, freeze: true })
				.then(() => frm.reload_doc())
		);
	}
}
