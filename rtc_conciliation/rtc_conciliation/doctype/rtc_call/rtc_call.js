/** What the programme proposed to each new call that is open: replaced when another programme is chosen. */
const PROPOSED = {};

frappe.ui.form.on("RTC Call", {
	setup(frm) {
		frm.set_query("programme", () => ({ filters: { status: "Active" } }));
		for (const [table, field] of [
			["areas", "area"],
			["recipient_categories", "recipient_category"],
			["cost_caps", "cost_category"],
		]) {
			frm.set_query(field, table, () => ({ filters: { disabled: 0 } }));
		}
	},

	onload: (frm) => keep_seconds(frm),

	refresh(frm) {
		show_intro(frm);
		lock_approved(frm);
		if (frm.is_new()) {
			// a copy has its tables already, and keeps all of them
			if (frm.doc.programme && !frm.doc.criteria?.length) frm.trigger("programme");
			return;
		}
		frm.add_custom_button(__("Applications"), () =>
			frappe.set_route("List", "RTC Application", { call: frm.docname })
		);
		frm.add_custom_button(__("Printable Notice (PDF)"), () =>
			window.open(
				`/api/method/rtc_conciliation.calls.api.download_notice?call=${encodeURIComponent(frm.docname)}`
			)
		);
		add_steps(frm);
	},

	/** A new call starts from what its programme proposes; what was typed before stays. */
	async programme(frm) {
		if (!frm.is_new() || !frm.doc.programme) return;
		const { message } = await frappe.call({
			method: "rtc_conciliation.calls.api.get_defaults",
			type: "GET",
			args: { programme: frm.doc.programme },
		});
		const before = PROPOSED[frm.docname] || {};
		PROPOSED[frm.docname] = message;
		for (const [field, value] of Object.entries(message)) {
			if (Array.isArray(value)) propose_rows(frm, field, value, field in before);
			else if (!frm.doc[field] || frm.doc[field] === before[field]) await frm.set_value(field, value);
		}
		frm.trigger("offer_precedence");
	},
});

function propose_rows(frm, table, rows, again) {
	if (frm.doc[table]?.length && !again) return;
	frm.clear_table(table);
	for (const row of rows) frm.add_child(table, row);
	frm.refresh_field(table);
}

function add_steps(frm) {
	if (!["Draft", "Approved"].includes(frm.doc.workflow_state) && frappe.model.can_create("RTC Call Export")) {
		frm.add_custom_button(__("Export the Applications"), () => frappe.new_doc("RTC Call Export", { call: frm.docname }));
	}
	if (frappe.model.can_create("RTC Call")) {
		frm.add_custom_button(__("Copy to a New Call"), () => frm.copy_doc());
	}
	if (["Closed", "Concluded"].includes(frm.doc.workflow_state) && frappe.model.can_create("RTC Ranking")) {
		frm.add_custom_button(__("New Ranking"), () => frappe.new_doc("RTC Ranking", { call: frm.docname }));
	}
	if (frm.doc.workflow_state === "Published" && frappe.user.has_role("RTC Manager")) {
		frm.add_custom_button(__("Amendment"), () => amend(frm));
	}
	if (frm.doc.workflow_state === "Published" && frappe.model.can_create("RTC Application")) {
		frm.add_custom_button(__("New Application"), () =>
			frappe.new_doc("RTC Application", { call: frm.docname })
		);
	}
}

/** What the Director approved is changed in the draft only; until it is published the act is written beside it. */
function lock_approved(frm) {
	const approved = frm.doc.workflow_state === "Approved";
	const fields = frappe.get_meta(frm.doctype).fields.filter((df) => !["act_number", "act_date"].includes(df.fieldname));
	for (const df of fields.filter((df) => !frappe.model.layout_fields.includes(df.fieldtype))) {
		frm.set_df_property(df.fieldname, "read_only", approved || df.read_only ? 1 : 0);
	}
}

/** The act of an amendment and, as it will be published, what it changes: asked before it happens. */
async function amend(frm) {
	const { message: lines } = await frappe.call({
		method: "rtc_conciliation.calls.api.preview_amendment",
		args: { call: frm.docname, values: frm.doc },
	});
	const dialog = new frappe.ui.Dialog({
		title: __("Amendment"),
		size: "large",
		fields: [
			{ fieldtype: "HTML", fieldname: "preview", options: preview_html(lines) },
			{ fieldtype: "Section Break" },
			{ fieldtype: "Data", fieldname: "act_number", label: __("Act Number"), reqd: 1 },
			{ fieldtype: "Column Break" },
			{ fieldtype: "Date", fieldname: "act_date", label: __("Act Date"), reqd: 1, default: frappe.datetime.get_today() },
			{ fieldtype: "Section Break" },
			{ fieldtype: "Small Text", fieldname: "text", label: __("Text"), reqd: 1, description: __("What changes and why, as applicants shall read it.") },
			{ fieldtype: "HTML", fieldname: "told", options: `<p class="text-muted">${__("Everybody who has an application to this call, drafts included, is told by mail.")}</p>` },
		],
		primary_action_label: __("Publish the Amendment"),
		primary_action(values) {
			dialog.hide();
			const row = frm.add_child("amendments", { act_number: values.act_number, act_date: values.act_date, text: values.text });
			frm.refresh_field("amendments");
			frm.save("Save", null, null, () => {
				frm.get_field("amendments").grid.grid_rows_by_docname[row.name]?.remove();
			});
		},
	});
	dialog.show();
}

function preview_html(lines) {
	if (!lines.length) {
		return `<p>${__("No field of the call was changed: only the text below is published. To change the call close this window, change its fields without saving, then press the button again.")}</p>`;
	}
	const items = lines.map((line) => `<li>${frappe.utils.escape_html(line)}</li>`).join("");
	return `<p><b>${__("What changes on the public page")}</b></p><ul class="rtc-preview">${items}</ul>`;
}

function show_intro(frm) {
	frm.set_intro();
	if (frm.is_new()) {
		frm.set_intro(
			__("Choose the programme: what it proposes to its calls is filled in. Change what is different in this one."),
			"blue"
		);
		return;
	}
	const [text, color] = state_of(frm.doc);
	frm.set_intro(text, color);
}

/** [what the call is at and who acts next, color] */
function state_of(doc) {
	const now = frappe.datetime.now_datetime();
	const shown = (value) => frappe.datetime.str_to_user(value);
	switch (doc.workflow_state) {
		case "Draft":
			return [
				__("Next: the RTC Director approves the call. Who prepared it cannot approve it."),
				"blue",
			];
		case "Approved":
			return doc.act_number && doc.act_date
				? [__("Approved. Next: the RTC Manager publishes it. To change it, return it to the draft first."), "blue"]
				: [__("Approved. Missing to publish it: the number and the date of the act."), "orange"];
		case "Published":
			if (now < doc.opening) {
				return [__("Published. Applications can be sent from {0}.", [shown(doc.opening)]), "blue"];
			}
			if (now <= doc.closing) {
				const days = frappe.datetime.get_day_diff(doc.closing.slice(0, 10), now.slice(0, 10)); // calendar days, as the public page counts
				const left = {
					0: __("Open: closes today, {0}.", [shown(doc.closing)]),
					1: __("Open: closes tomorrow, {0}.", [shown(doc.closing)]),
				};
				return [left[days] || __("Open: {0} days left, closes on {1}.", [days, shown(doc.closing)]), "green"];
			}
			return [
				__("The time is over ({0}): the call closes by itself within minutes.", [shown(doc.closing)]),
				"orange",
			];
		case "Closed":
			return [__("Closed. Its applications are being checked and evaluated."), "blue"];
		default:
			return [__("Concluded."), "blue"];
	}
}
