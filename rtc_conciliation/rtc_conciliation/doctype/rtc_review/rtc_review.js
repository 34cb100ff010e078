const MARK = /^\s*(\d{1,6})([.,]\d{0,9})?\s*$/;
const escape_text = (text) => frappe.utils.escape_html(text || "");
const shown = (number) => format_number(number, "#.###,##", 2);
/** Texts are stored with their < and > as entities: shown as they were typed. */
const typed = (text) => escape_text(frappe.utils.unescape_html(text || ""));
const brief = (number) => shown(number).replace(/,00$/, "");
/** A mark with comma or point, null without one; core's flt would read "40.50" as an Italian 4050. */
const number_of = (score) =>
	MARK.test(String(score)) ? Number(String(score).trim().replace(",", ".")) : null;
const HEAD = ["application", "kind", "evaluator", "workflow_state", "call", "total"];

frappe.ui.form.on("RTC Review", {
	refresh(frm) {
		frm.toggle_display(["scores"], false);
		frm.set_intro();
		if (frm.is_new()) {
			frm.set_intro(__("Reviews are begun from the page Evaluation."), "blue");
			return;
		}
		const reading = frm.doc.__onload?.reading || {};
		// who scores has the room for it: what the head says stands in title and grid too
		frm.toggle_display(HEAD, !may_write(frm, reading));
		show_intro(frm, reading);
		draw(frm, reading);
		frm.add_custom_button(__("Evaluation"), () => frappe.set_route("rtc-evaluation"));
		if (reading.own && reading.reads) {
			frm.add_custom_button(__("I Have a Conflict"), () => declare_conflict(frm));
		}
	},

	before_workflow_action(frm) {
		return frm.selected_workflow_action === "Reopen Review" ? ask_reopening(frm) : undefined;
	},
});

function show_intro(frm, reading) {
	const { doc } = frm;
	if (doc.workflow_state === "Submitted") {
		frm.set_intro(__("Submitted: it stays as it is. The RTC Manager can reopen it, with the session that decided so."), "blue");
	} else if (doc.reopened_on) {
		frm.set_intro(
			__("Reopened as the session of {0} decided: {1}", [frappe.datetime.str_to_user(doc.reopen_sitting), escape_text(doc.reopen_reason)]),
			"orange"
		);
	} else if (!reading.reads) {
		frm.set_intro(__("This application is not yours to review any more: the marks stay as they are."), "orange");
	}
}

const may_write = (frm, reading) => frm.doc.workflow_state === "Draft" && reading.own && reading.reads;

/** The grid and, for whoever reviews, the application beside it; below it where the window is narrow. */
function draw(frm, reading) {
	const open = may_write(frm, reading);
	const $wrapper = frm.get_field("marks_html").$wrapper;
	if (!open) frm.disable_save();
	$wrapper.html(`${STYLE}<div class="rtc-review ${reading.reads ? "rtc-beside" : ""}">
		<div class="rtc-marks">${frm.doc.scores.map((row) => row_html(row, reading, open)).join("")}${total_html(frm, open)}</div>
		${reading.reads ? `<div class="rtc-paper-side"><p><a class="btn btn-default btn-xs" target="_blank" href="${page_of(frm)}">${__("Open the application on a page of its own")}</a></p><div class="rtc-text-of"></div></div>` : ""}
	</div>`);
	frm.doc.scores.forEach((row, index) => bind(frm, $wrapper, row, index, reading));
	$wrapper.find("[data-submit]").on("click", () => submit(frm));
	$wrapper.find("[data-save]").on("click", () => frm.save());
	update_total(frm, reading);
	if (reading.reads) load_application(frm, $wrapper.find(".rtc-text-of"));
}

const page_of = (frm) =>
	`/api/method/rtc_conciliation.evaluation.api.get_page?application=${encodeURIComponent(frm.doc.application)}`;

async function load_application(frm, $place) {
	if (frm.rtc_read?.name !== frm.doc.application) {
		const { message } = await frappe.call({
			method: "rtc_conciliation.evaluation.api.get_application",
			type: "GET",
			args: { application: frm.doc.application },
		});
		frm.rtc_read = { name: frm.doc.application, html: message };
	}
	$place.html(frm.rtc_read.html);
}

function row_html(row, reading, open) {
	const id = `mark-${row.idx}`;
	const least = row.min_score ? ` · ${__("at least {0}", [brief(row.min_score)])}` : "";
	const others = reading.others?.length
		? `<div class="text-muted small">${reading.others
				.map((one) => `${escape_text(one.person)} ${shown(number_of(one.marks[row.criterion]))}`)
				.join(" · ")}</div>`
		: "";
	return `<div class="rtc-mark" data-row="${row.idx}">
		<label for="${id}"><b>${row.idx}. ${escape_text(row.criterion)}</b></label>
		<span class="text-muted">${__("0 to {0}", [brief(row.max_score)])}${least}</span>
		${row.description ? `<div class="small">${escape_text(row.description)}</div>` : ""}${others}
		<div class="rtc-mark-line">${input_html(row, id, open)}${note_html(row, open)}</div>
		<div class="rtc-mark-problem" role="alert" hidden></div></div>`;
}

function input_html(row, id, open) {
	const value = (row.score ?? "") === "" ? "" : shown(number_of(row.score));
	if (row.kind === "Computed") {
		return `<output id="${id}" class="rtc-computed"><b>${value}</b> <span class="text-muted small">${__("computed from the co-financing")}</span></output>`;
	}
	if (!open) return `<output id="${id}"><b>${value || "–"}</b></output>`;
	if (row.kind === "Table") {
		const options = levels(row).map(
			([name, points]) => `<option value="${points}" ${number_of(row.score) === points ? "selected" : ""}>${escape_text(name)} (${shown(points)})</option>`
		);
		return `<select id="${id}" class="form-control input-sm rtc-level"><option value=""></option>${options.join("")}</select>`;
	}
	return `<input id="${id}" type="text" inputmode="decimal" autocomplete="off" class="form-control input-sm rtc-number" value="${value}">`;
}

function note_html(row, open) {
	if (row.kind === "Computed") return "";
	if (!open) return row.note ? `<div class="rtc-note">${typed(row.note)}</div>` : "";
	const label = row.note_required ? __("Reason (required)") : __("Note");
	return `<textarea rows="1" class="form-control input-sm rtc-note" aria-label="${label}: ${escape_text(row.criterion)}" placeholder="${label}">${typed(row.note)}</textarea>`;
}

/** One "name = points" on each line, as the call has them. */
function levels(row) {
	return (row.levels || "")
		.split("\n")
		.map((line) => [line.slice(0, line.lastIndexOf("=")).trim(), number_of(line.slice(line.lastIndexOf("=") + 1))])
		.filter(([name]) => name);
}

function bind(frm, $wrapper, row, index, reading) {
	const $row = $wrapper.find(`[data-row="${row.idx}"]`);
	const changed = (values) => {
		Object.assign(frm.doc.scores[index], values);
		frm.dirty();
		update_total(frm, reading);
	};
	$row.find("input").on("input", (event) => {
		changed({ score: event.target.value.trim().replace(",", ".") });
		tell_problem($row, problem_of(event.target.value, row, reading));
	});
	$row.find("select").on("change", (event) => changed({ score: event.target.value }));
	$row.find("textarea")
		.on("input", (event) => {
			changed({ note: event.target.value });
			grow(event.target);
		})
		.each((_index, area) => grow(area));
}

/** A note has one line until there is more in it. */
function grow(area) {
	area.style.height = "36px";
	if (area.scrollHeight > 40) area.style.height = `${Math.min(area.scrollHeight + 2, 220)}px`;
}

/** The same that the server refuses, told at once. */
function problem_of(text, row, reading) {
	if (!text.trim()) return "";
	const found = text.match(MARK);
	if (!found) return __("Write digits only, with a comma or a point, for example 7,5.");
	const mark = Number(found[1] + (found[2] || "").replace(",", "."));
	if (mark > row.max_score) return __("The most is {0}.", [brief(row.max_score)]);
	const steps = mark / Number(reading.step);
	return Math.abs(steps - Math.round(steps)) > 1e-9 ? __("Marks go by steps of {0}.", [shown(Number(reading.step))]) : "";
}

function tell_problem($row, text) {
	$row.find("input").toggleClass("is-invalid", Boolean(text)).attr("aria-invalid", Boolean(text));
	$row.find(".rtc-mark-problem").text(text).prop("hidden", !text);
}

function total_html(frm, open) {
	const buttons = open
		? `<button type="button" class="btn btn-default btn-sm" data-save>${__("Save")}</button>
		   <button type="button" class="btn btn-primary btn-sm" data-submit>${__("Submit Review")}</button>`
		: "";
	return `<div class="rtc-total"><span aria-live="polite"></span><span class="rtc-total-buttons">${buttons}</span></div>`;
}

function update_total(frm, reading) {
	const marks = frm.doc.scores.map((row) => {
		const good = row.kind === "Computed" || !problem_of(String(row.score ?? ""), row, reading);
		return good ? number_of(row.score) : null;
	});
	const sum = marks.reduce((all, mark) => all + (mark || 0), 0);
	const most = frm.doc.scores.reduce((all, row) => all + flt(row.max_score), 0);
	const missing = marks.filter((mark) => mark === null).length;
	const others = reading.others?.length
		? ` · ${reading.others.map((one) => `${escape_text(one.person)} ${shown(one.total)}`).join(" · ")}`
		: "";
	frm.get_field("marks_html").$wrapper.find(".rtc-total > span:first-child").html(
		`${__("Total")}: <b>${shown(sum)}</b> / ${brief(most)}${missing ? ` · ${__("marks missing: {0}", [missing])}` : ""}${others}`
	);
}

/** Pressed twice it asks once. */
async function submit(frm) {
	if (frm.rtc_submitting) return;
	frm.rtc_submitting = true;
	try {
		if (frm.is_dirty()) await frm.save();
	} catch {
		frm.rtc_submitting = false; // core has shown what the server refused
		return;
	}
	const asked = frappe.confirm(__("Submit this review? It is locked after that: only the RTC Manager can reopen it."), async () => {
		frappe.dom.freeze();
		try {
			const doc = await frappe.xcall("frappe.model.workflow.apply_workflow", { doc: frm.doc, action: "Submit Review" });
			frappe.model.sync(doc);
			await frm.reload_doc();
			frappe.show_alert({ message: __("Submitted"), indicator: "green" });
		} catch {
			// core has shown what the server refused
		} finally {
			frappe.dom.unfreeze();
		}
	});
	asked.$wrapper.on("hide.bs.modal", () => (frm.rtc_submitting = false));
}

function declare_conflict(frm) {
	frappe.prompt(
		{
			fieldname: "reason",
			fieldtype: "Small Text",
			label: __("What the conflict is"),
			reqd: 1,
			description: __("The application is closed to you at once and for good; a review that you have submitted is not counted."),
		},
		async ({ reason }) => {
			await frappe.call({
				method: "rtc_conciliation.evaluation.api.declare_conflict",
				args: { application: frm.doc.application, reason },
				freeze: true,
			});
			frm.doc.__unsaved = 0;
			frappe.set_route("rtc-evaluation");
		},
		__("I Have a Conflict"),
		__("Declare Conflict")
	);
}

/** The reason and the sitting that decided it go with the step, in one request of our own. */
function ask_reopening(frm) {
	frappe.dom.unfreeze(); // core freezes the page before it asks
	const sittings = frm.doc.__onload?.reading?.sittings || [];
	frappe.prompt(
		[
			{
				fieldname: "sitting",
				fieldtype: "Select",
				label: __("Session That Decided It"),
				options: sittings.map((day) => ({ value: day, label: frappe.datetime.str_to_user(day) })),
				reqd: 1,
				description: sittings.length ? "" : __("The panel has no session yet: write it in the panel first."),
			},
			{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason of the Reopening"), reqd: 1 },
		],
		async (values) => {
			await frappe.call({
				method: "rtc_conciliation.evaluation.api.reopen_review",
				args: { review: frm.docname, ...values },
				freeze: true,
			});
			frappe.show_alert({ message: __("Reopened: its author can change it."), indicator: "green" });
			frappe.set_route("List", "RTC Review", { call: frm.doc.call });
		},
		__("Reopen Review"),
		__("Reopen Review")
	);
	return Promise.reject();
}

const STYLE = `<style>
.rtc-review { display: grid; gap: 20px; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 1100px) {
	.rtc-beside { grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); }
	.rtc-beside > .rtc-paper-side { max-height: 78vh; overflow: auto; border-left: 1px solid var(--border-color); padding-left: 20px; position: sticky; top: 110px; }
}
.rtc-mark { padding: 10px 0; border-bottom: 1px solid var(--border-color); }
.rtc-mark label { margin: 0 8px 0 0; }
.rtc-mark-line { display: flex; gap: 10px; align-items: flex-start; flex-wrap: wrap; margin-top: 6px; }
.rtc-mark-line .rtc-number { width: 90px; text-align: right; font-size: 16px; min-height: 36px; }
.rtc-mark-line .rtc-level { width: auto; max-width: 100%; min-height: 36px; }
.rtc-mark-line .rtc-note { flex: 1 1 140px; min-width: 0; min-height: 36px; }
.rtc-mark-problem { color: var(--red-600, #b52a2a); }
.rtc-total { position: sticky; bottom: 0; background: var(--card-bg, #fff); padding: 12px 0; display: flex; gap: 12px; justify-content: space-between; flex-wrap: wrap; align-items: center; z-index: 2; font-size: 15px; }
.rtc-reading .rtc-text { white-space: pre-wrap; }
.rtc-reading h2 { font-size: 17px; } .rtc-reading h3 { font-size: 14px; font-weight: 600; margin-top: 16px; }
.rtc-reading th[scope="row"] { font-weight: normal; color: var(--text-muted); padding-right: 12px; vertical-align: top; }
.rtc-reading-table { overflow-x: auto; } .rtc-reading .rtc-note { display: block; color: var(--text-muted); font-size: 12px; }
</style>`;
