const TOTALS = ["total_cost", "requested_contribution", "cofinancing_amount", "other_income"];
const SOURCES = {
	Contribution: "requested_contribution",
	"Co-financing": "cofinancing_amount",
	"Other Income": "other_income",
};

frappe.ui.form.on("RTC Application", {
	setup(frm) {
		frm.set_query("call", () => ({ filters: { workflow_state: "Published" } }));
		frm.set_query("area", "actions", () => from_call(frm, "areas", "area"));
		frm.set_query("cost_category", "costs", () => from_call(frm, "cost_caps", "cost_category"));
		frm.set_query("recipient_category", "recipients", () =>
			from_call(frm, "recipient_categories", "recipient_category")
		);
		frm.set_query("organisation_type", "partners", () => ({ filters: { disabled: 0 } }));
		frm.set_query("territory", "actions", () => ({ filters: { disabled: 0 } }));
	},

	refresh(frm) {
		for (const table of ["declarations", "attachments"]) {
			frm.set_df_property(table, "cannot_add_rows", table === "declarations");
			frm.set_df_property(table, "cannot_delete_rows", table === "declarations");
		}
		frm.get_field("findings_html").$wrapper.html(
			frm.doc.__onload?.findings_html ||
				`<p class="text-muted">${__("The rules of the call are checked when the application is saved.")}</p>`
		);
		offer_names(frm);
		add_print_buttons(frm);
		add_check_buttons(frm);
		add_award_buttons(frm);
		load_call(frm).then(() => {
			show_intro(frm);
			show_totals(frm);
		});
	},

	call(frm) {
		load_call(frm).then((call) => {
			if (!call) return;
			for (const [field, value] of [
				["start_date", call.project_start],
				["end_date", call.project_end],
			]) {
				if (!frm.doc[field]) frm.set_value(field, value);
			}
			show_intro(frm);
		});
	},
});

frappe.ui.form.on("RTC Application", {
	before_workflow_action(frm) {
		if (frm.selected_workflow_action === "Request Integration") return new_request(frm);
		if (frm.selected_workflow_action === "Declare Not Admissible") return ask_reasons(frm);
		return undefined;
	},
});

frappe.ui.form.on("RTC Application Cost", {
	quantity: set_amount,
	unit_cost: set_amount,
	vat: set_amount,
	charged_to: update_totals,
	costs_remove: update_totals,
});

frappe.ui.form.on("RTC Application Partner", {
	organisation_name: offer_names,
	partners_remove: offer_names,
});

frappe.ui.form.on("RTC Application Action", {
	title: offer_names,
	actions_remove: offer_names,
});

/** The call of this application, read once; null while none is chosen. */
async function load_call(frm) {
	if (!frm.doc.call) return (frm.rtc_call = null);
	if (frm.rtc_call?.name !== frm.doc.call) {
		frm.rtc_call = await frappe.db.get_doc("RTC Call", frm.doc.call);
	}
	return frm.rtc_call;
}

/** Only what the call lists; before a call is chosen, what is not disabled. */
function from_call(frm, table, field) {
	const names = (frm.rtc_call?.[table] || []).map((row) => row[field]);
	return { filters: names.length ? { name: ["in", names] } : { disabled: 0 } };
}

/** Partners and actions are written once, then offered by name in the tables that refer to them. */
function offer_names(frm) {
	const names = (table, field) =>
		[...new Set((frm.doc[table] || []).map((row) => row[field]).filter(Boolean))].join("\n");
	const offers = [
		["actions", "partner", names("partners", "organisation_name")],
		["costs", "partner", names("partners", "organisation_name")],
		["costs", "action", names("actions", "title")],
	];
	for (const [table, field, options] of offers) {
		const grid = frm.get_field(table).grid;
		grid.update_docfield_property(field, "fieldtype", "Autocomplete");
		grid.update_docfield_property(field, "ignore_validation", 1);
		grid.update_docfield_property(field, "options", options);
	}
}

function set_amount(frm, cdt, cdn) {
	const row = locals[cdt][cdn];
	const amount = flt(flt(row.quantity) * flt(row.unit_cost) + flt(row.vat), 2);
	frappe.model.set_value(cdt, cdn, "amount", amount).then(() => update_totals(frm));
}

/** Shown while typing; the server computes them again, to the cent, when the application is saved. */
function update_totals(frm) {
	const sums = Object.fromEntries(TOTALS.map((field) => [field, 0]));
	for (const row of frm.doc.costs || []) {
		sums.total_cost += flt(row.amount);
		if (SOURCES[row.charged_to]) sums[SOURCES[row.charged_to]] += flt(row.amount);
	}
	Object.assign(frm.doc, sums, {
		cofinancing_percent: sums.total_cost
			? Math.floor((sums.cofinancing_amount * 10000) / sums.total_cost + 1e-6) / 100
			: 0,
	});
	frm.refresh_fields([...TOTALS, "cofinancing_percent"]);
	show_totals(frm);
}

function show_totals(frm) {
	const doc = frm.doc;
	frm.dashboard.stats_area_row?.empty();
	if (!doc.total_cost) return;
	const money = (value) => format_currency(value, doc.currency || "EUR");
	const least = flt(frm.rtc_call?.min_cofinancing_percent);
	const enough = flt(doc.cofinancing_amount) * 100 >= flt(doc.total_cost) * least - 1e-6;
	frm.dashboard.add_indicator(__("Total cost: {0}", [money(doc.total_cost)]), "blue");
	frm.dashboard.add_indicator(
		__("Contribution requested: {0}", [money(doc.requested_contribution)]),
		"blue"
	);
	frm.dashboard.add_indicator(
		__("Co-financing: {0} ({1}%, at least {2}%)", [
			money(doc.cofinancing_amount),
			format_number(doc.cofinancing_percent, null, 2),
			format_number(least, null, 0),
		]),
		enough ? "green" : "red"
	);
}

function show_intro(frm) {
	frm.set_intro();
	if (frm.is_new()) {
		const closing = frm.rtc_call?.closing;
		frm.set_intro(
			closing
				? __("Save to check the rules. The call closes on {0}.", [
						frappe.datetime.str_to_user(closing),
				  ])
				: __("Choose the call first: it gives the areas, the costs and the declarations."),
			"blue"
		);
		return;
	}
	const count = cint(frm.doc.blocking_findings);
	if (frm.doc.docstatus === 0) {
		const link = `<a href="#" class="rtc-to-findings"><b>${
			count === 1 ? __("1 finding to correct") : __("{0} findings to correct", [count])
		}</b></a>`;
		frm.set_intro(
			count
				? `<div>${__("Draft.")} ${link} ${__("before it can be sent.")}</div>`
				: __("Draft that meets all the rules of the call. Next: the applicant sends it."),
			count ? "red" : "green"
		);
		frm.layout.message.find(".rtc-to-findings").on("click", () => {
			frm.scroll_to_field("findings_html");
			return false;
		});
		return;
	}
	const late = frm.doc.acceptance_state === "Awaited" && frappe.datetime.get_today() > frm.doc.acceptance_due;
	const stops = late || ["Not Admissible", "Withdrawn"].includes(frm.doc.workflow_state);
	frm.set_intro(next_step_html(frm.doc), stops ? "orange" : "blue");
}

/** As the server tells it, with the way to the record in which it is done; else what the state alone says. */
function next_step_html(doc) {
	const { text, doctype, name } = doc.__onload?.next_step || {};
	if (!text) return next_step(doc);
	const link = `<a href="${frappe.utils.get_form_link(doctype, name)}"><b>${__(doctype)}</b></a>`;
	return `<div>${frappe.utils.escape_html(text)} ${link}</div>`;
}

/** The formal check and the requests of integration stand beside the application, which stays as it was sent. */
function add_check_buttons(frm) {
	const begins = frm.doc.workflow_state === "Submitted";
	const checked = ["Under Formal Check", "Integration Requested"].includes(frm.doc.workflow_state);
	if (!(begins || checked) || !frappe.model.can_create("RTC Formal Check")) return;
	const $button = frm.add_custom_button(begins ? __("Start Formal Check") : __("RTC Formal Check"), async () => {
		const { message } = await frappe.call({
			method: "rtc_conciliation.formal_check.api.start_check",
			args: { application: frm.docname },
			freeze: true,
		});
		if (message) frappe.set_route("Form", "RTC Formal Check", message);
	});
	if (begins) $button.removeClass("btn-default").addClass("btn-primary");
}

/** The application waits for an answer when a request is sent, and not by itself. */
function new_request(frm) {
	frappe.dom.unfreeze(); // core freezes the page before it asks
	frappe.new_doc("RTC Integration Request", { application: frm.docname });
	return Promise.reject();
}

/** The reasons, filled in from the checks that failed. */
async function ask_reasons(frm) {
	if (frm.doc.decision_reason) return undefined;
	const { message } = await frappe.call({
		method: "rtc_conciliation.formal_check.api.get_reasons",
		type: "GET",
		args: { application: frm.docname },
	});
	return ask_before_step(frm, [{ fieldname: "decision_reason", reqd: 1, default: message }], { save: "Update" });
}

/** Who acts next and what is missing for it. */
function next_step(doc) {
	const steps = {
		Submitted: doc.protocol_number
			? __("Sent. Next: the RTC Officer or the RTC Manager starts the formal check.")
			: __("Sent. Next: write the protocol number and start the formal check."),
		"Under Formal Check": __(
			"Next: the RTC Officer answers the formal check; the RTC Manager then declares it admissible or, with the reasons, not admissible."
		),
		"Integration Requested": __("Waiting for the applicant. When the request of integration is closed the formal check resumes by itself."),
		Admissible: __("Next: the RTC Manager starts the evaluation."),
		"Not Admissible": __("Not admissible. The reasons are under Sending and Outcome."),
		"Under Evaluation": __("The panel evaluates it; the score and the contribution come with the approved ranking."),
		Funded: award_step(doc),
		"Eligible Not Funded": __("Eligible, not funded: the resources of the call are used up."),
		"Below Threshold": __("Not funded: the score is below the threshold of the call."),
		Withdrawn: __("Withdrawn by the applicant."),
	};
	return steps[doc.workflow_state] || "";
}

/** What the award waits for. */
function award_step(doc) {
	const due = frappe.datetime.str_to_user(doc.acceptance_due);
	if (doc.acceptance_state === "Accepted") return __("Funded, and accepted. Nothing is payable before its row of the transparency register is published.");
	if (doc.acceptance_state === "Renounced") return __("Funded, and renounced: the money goes on in the ranking.");
	if (!doc.acceptance_state) return __("Funded.");
	return frappe.datetime.get_today() > doc.acceptance_due
		? __("Funded. No answer came by the term, {0}. Next: record the answer that came by PEC or, if the office decides so, the renunciation: the money then goes on in the ranking.", [due])
		: __("Funded. The applicant accepts or renounces by {0}.", [due]);
}

/** The answer about the contribution that came by PEC. */
function add_award_buttons(frm) {
	const office = ["RTC Officer", "RTC Manager", "System Manager"].some((role) => frappe.user.has_role(role));
	const accepted = frm.doc.acceptance_state === "Accepted";
	if (!(accepted || frm.doc.acceptance_state === "Awaited") || !office) return;
	const title = accepted ? __("Record the Renunciation") : __("Record the Answer");
	const answers = [{ value: "Accepted", label: __("Accepted") }, { value: "Renounced", label: __("Renounced") }].slice(accepted ? 1 : 0);
	frm.add_custom_button(title, () =>
		frappe.prompt(
			[
				{ fieldname: "answer", fieldtype: "Select", label: __("Acceptance"), options: answers, default: accepted ? "Renounced" : "", reqd: 1 },
				{ fieldname: "answered_on", fieldtype: "Datetime", label: __("Answered On"), default: frappe.datetime.now_datetime(), reqd: 1 },
				{ fieldname: "note", fieldtype: "Small Text", label: __("Note on the Answer"), description: __("Protocol of the PEC with which the lead answered, or why it renounces."), reqd: 1 },
			],
			async (values) => {
				await frappe.call({ method: "rtc_conciliation.awards.api.record_acceptance", args: { application: frm.docname, ...values } });
				frm.reload_doc();
			},
			title,
			__("Record")
		)
	);
}

/** A letter of the outcome is offered once there is that outcome. */
function has_effect(doc, format) {
	if (format === "RTC Outcome Letter") return Boolean(doc.ranking);
	if (format === "RTC Non-Admissibility Letter") return doc.workflow_state === "Not Admissible";
	if (format !== "RTC Admissibility Letter") return true;
	return ["Admissible", "Under Evaluation", "Funded", "Eligible Not Funded", "Below Threshold"].includes(doc.workflow_state);
}

function add_print_buttons(frm) {
	if (frm.is_new()) return;
	for (const format of frappe.meta.get_print_formats(frm.doctype)) {
		const draft_too = format === frm.meta.default_print_format;
		if (format === "Standard" || (frm.doc.docstatus === 0 && !draft_too) || !has_effect(frm.doc, format)) continue;
		frm.add_custom_button(__(format), () => frappe.utils.print(frm.doctype, frm.docname, format), __("Print"));
	}
}
