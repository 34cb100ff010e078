const FROM_PROGRAMME = [
	"min_partners",
	"min_areas",
	"min_cofinancing_percent",
	"max_contribution",
	"project_start",
	"project_end",
];

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

	refresh(frm) {
		show_intro(frm);
		offer_precedence(frm);
		if (frm.is_new()) {
			if (frm.doc.programme) frm.trigger("programme");
			return;
		}
		frm.add_custom_button(__("Applications"), () =>
			frappe.set_route("List", "RTC Application", { call: frm.docname })
		);
		frm.add_custom_button(__("Printable Notice (PDF)"), () =>
			window.open(
				`/api/method/rtc_conciliation.documents.call_pdf.download?call=${encodeURIComponent(frm.docname)}`
			)
		);
		if (!["Draft", "Approved"].includes(frm.doc.workflow_state) && frappe.model.can_create("RTC Call Export")) {
			frm.add_custom_button(__("Export the Applications"), () => frappe.new_doc("RTC Call Export", { call: frm.docname }));
		}
		if (frappe.model.can_create("RTC Call")) {
			frm.add_custom_button(__("Copy to a New Call"), () => frm.copy_doc());
		}
		if (["Closed", "Concluded"].includes(frm.doc.workflow_state) && frappe.model.can_create("RTC Ranking")) {
			frm.add_custom_button(__("New Ranking"), () => frappe.new_doc("RTC Ranking", { call: frm.docname }));
		}
		if (frm.doc.workflow_state === "Published" && frappe.model.can_create("RTC Application")) {
			frm.add_custom_button(__("New Application"), () =>
				frappe.new_doc("RTC Application", { call: frm.docname })
			);
		}
	},

	/** A new call starts from what its programme says; the server fills in the tables when it is saved. */
	async programme(frm) {
		if (!frm.is_new() || !frm.doc.programme) return;
		const { message } = await frappe.db.get_value("RTC Programme", frm.doc.programme, [
			...FROM_PROGRAMME,
			"office_email",
		]);
		for (const field of FROM_PROGRAMME) await frm.set_value(field, message[field]);
		if (!frm.doc.contact_email) await frm.set_value("contact_email", message.office_email);
	},
});

frappe.ui.form.on("RTC Call Criterion", { criterion: offer_precedence, criteria_remove: offer_precedence });

/** What may decide between equals: the criteria of the grid, the co-financing share, the time of arrival. */
function offer_precedence(frm) {
	const criteria = (frm.doc.criteria || []).map((row) => row.criterion).filter(Boolean);
	const options = [...criteria, "Co-financing Share", "Time of Arrival"].map((value) => ({
		value,
		label: __(value),
	}));
	frm.fields_dict.tie_breaks.grid.update_docfield_property("criterion", "options", options);
}

function show_intro(frm) {
	frm.set_intro();
	if (frm.is_new()) {
		frm.set_intro(
			__("Choose the programme: it fills in thresholds and project dates. The tables are filled in when you save."),
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
				? [__("Approved. Next: the RTC Manager publishes it."), "blue"]
				: [__("Approved. Missing to publish it: the number and the date of the act."), "orange"];
		case "Published":
			if (now < doc.opening) {
				return [__("Published. Applications can be sent from {0}.", [shown(doc.opening)]), "blue"];
			}
			if (now <= doc.closing) {
				const days = frappe.datetime.get_day_diff(doc.closing, now);
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
