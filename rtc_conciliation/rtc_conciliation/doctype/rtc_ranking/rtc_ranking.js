frappe.ui.form.on("RTC Ranking", {
	setup(frm) {
		frm.set_query("call", () => ({ filters: { workflow_state: ["in", ["Closed", "Concluded"]] } }));
	},

	refresh(frm) {
		frm.set_df_property("entries", "cannot_add_rows", true);
		frm.set_df_property("entries", "cannot_delete_rows", true);
		frm.get_field("decision_html").$wrapper.html(frm.doc.__onload?.decision_html || "");
		show_intro(frm);
		if (frm.is_new()) return;
		const draft = frm.doc.workflow_state === "Draft";
		if (draft && frm.perm[0].write) {
			frm.add_custom_button(__("Compute"), () => compute(frm)).addClass("btn-primary");
		}
		if (!frm.doc.computed_on) return;
		frm.add_custom_button(__("What If the Available Funds Were…"), () => ask_pot(frm));
		frm.add_custom_button(__("Decision Page (PDF)"), () => download(frm), __("Print"));
		if (frm.doc.docstatus === 1 && frappe.model.can_create(frm.doctype)) {
			frm.add_custom_button(__("Scroll"), () => scroll_on(frm));
		}
		if (["Queued", "Running"].includes(frm.doc.__onload?.approval?.state)) watch(frm);
	},

	/** Short rankings are approved in the request, long ones by a background job. */
	before_workflow_action(frm) {
		const many = frm.doc.__onload?.approval?.many;
		if (frm.selected_workflow_action !== "Approve" || !many || frm.doc.entries.length < many) return undefined;
		return approve_in_background(frm);
	},
});

async function approve_in_background(frm) {
	frappe.dom.unfreeze(); // core freezes the page before it asks
	await frappe.call({ method: "rtc_conciliation.awards.api.approve_ranking", args: { ranking: frm.docname }, freeze: true });
	watch(frm);
	throw new Error("approved in the background"); // the step is not taken in this request
}

/** Asked every two seconds: the live connection may not be there. */
async function watch(frm) {
	clearTimeout(frm.rtc_watch);
	const { message: at } = await frappe.call({
		method: "rtc_conciliation.awards.api.get_approval_progress",
		type: "GET",
		args: { ranking: frm.docname },
	});
	if (!["Queued", "Running"].includes(at.state)) {
		frm.reload_doc();
		return;
	}
	frm.disable_form();
	frm.page.hide_actions_menu(); // it is under way: no step can be taken
	frm.set_intro();
	if (at.taken) {
		frm.set_intro(__("It is being approved: {0} applications are decided in one step. You can leave this page; a notification tells the end.", [frm.doc.entries.length]), "blue");
	} else {
		frm.set_intro(__("It waits: no worker takes background jobs on this site. Tell the administrator; nothing is half done."), "orange");
	}
	frm.rtc_watch = setTimeout(() => cur_frm === frm && watch(frm), 2000);
}

function show_intro(frm) {
	frm.set_intro();
	frm.set_intro(next_step(frm), frm.doc.docstatus === 1 ? "green" : "blue");
	const open = (frm.doc.entries || []).find((row) => row.offered && !row.partial_accepted);
	if (open && frm.doc.docstatus === 0) {
		frm.set_intro(
			__("The available funds end at {0}: ask the lead body whether it accepts {1}, and write the answer in its row of the entries.", [
				frappe.utils.escape_html(open.lead_name || open.application),
				format_currency(open.offered, "EUR"),
			]),
			"orange"
		);
	}
	const { state, message } = frm.doc.__onload?.approval || {};
	if (state === "Failed" && frm.doc.workflow_state === "Proposed") {
		frm.set_intro(__("Not approved, nothing has changed: {0}", [frappe.utils.escape_html(message)]), "red");
	}
	if (frm.doc.digest) {
		frm.set_intro(`<div>${__("Digest")}: <code class="rtc-digest">${frm.doc.digest}</code></div>`, "green");
	}
}

function next_step(frm) {
	const { doc } = frm;
	if (frm.is_new()) {
		return __("Choose the call and save. Without an amount the endowment of the call is taken.");
	}
	const steps = {
		Draft: doc.computed_on
			? __("Draft. Look at the decision page, then propose it.")
			: __("Draft. Next: press Compute."),
		Proposed:
			doc.act_number && doc.act_date
				? __("Proposed. Missing to approve it: a valid CUP for each funded project. Next: the RTC Director approves it.")
				: __("Proposed. Missing to approve it: the number and the date of the act, and the CUP of each funded project."),
		Approved: __("Approved and frozen. Next: the RTC Manager publishes it."),
		Published: __("Published on {0}.", [frappe.datetime.str_to_user(doc.published_on)]),
	};
	return steps[doc.workflow_state] || "";
}

async function compute(frm) {
	if (frm.is_dirty()) await frm.save();
	const { message: apart } = await frm.call({ doc: frm.doc, method: "compute", freeze: true });
	await frm.reload_doc();
	if (apart?.length) {
		frappe.msgprint({
			title: __("Marks Far Apart"),
			indicator: "orange",
			message: `<p>${__("The evaluators are far apart on these. The panel discusses them, or says in the minutes that the marks stand:")}</p><ul>${apart
				.map((title) => `<li>${frappe.utils.escape_html(title)}</li>`)
				.join("")}</ul>`,
		});
	} else {
		frappe.show_alert({ message: __("The ranking is computed."), indicator: "green" });
	}
}

function ask_pot(frm) {
	const dialog = new frappe.ui.Dialog({
		title: __("What If the Available Funds Were…"),
		size: "large",
		fields: [
			{
				fieldtype: "Currency",
				fieldname: "pot",
				label: __("Available Funds"),
				options: "EUR",
				reqd: 1,
				default: frm.doc.pot,
			},
			{ fieldtype: "HTML", fieldname: "outcome" },
		],
		primary_action_label: __("Try"),
		async primary_action({ pot }) {
			const { message } = await frappe.call({
				method: "rtc_conciliation.awards.api.try_ranking",
				args: { ranking: frm.docname, pot: String(pot) },
				type: "GET",
			});
			dialog.fields_dict.outcome.$wrapper.html(message);
		},
	});
	dialog.show();
}

function download(frm) {
	if (frm.is_dirty()) {
		frappe.msgprint(__("Save the ranking first: the file shows what is saved."));
		return;
	}
	open_url_post("/api/method/rtc_conciliation.awards.api.download_decision", { ranking: frm.docname });
}

function scroll_on(frm) {
	frappe.confirm(
		__("Make a new draft that goes on from this ranking with what was left or came back? The approved ranking stays as it is."),
		() =>
			frm
				.call({ doc: frm.doc, method: "make_scrolling", freeze: true })
				.then(({ message }) => frappe.set_route("Form", frm.doctype, message))
	);
}
