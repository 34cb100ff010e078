// The formal check on one screen: findings, cards and decision, the documents beside them.
/* exported draw_screen */

const CHECKED_IN = ["Under Formal Check", "Integration Requested"];
const DECIDE = "rtc_conciliation.formal_check.api.decide";
/** Check → its cards and the document that is open. */
const SCREENS = new Map();

function draw_screen(frm) {
	const screen = frm.doc.__onload?.screen;
	const $wrapper = frm.get_field("screen_html").$wrapper;
	if (frm.is_new() || !screen) return $wrapper.empty();
	const name = frm.docname;
	const kept = SCREENS.get(name) || { cards: new CheckCards(frm), document: {} };
	SCREENS.set(name, kept);
	close_documents(name);
	const checked = CHECKED_IN.includes(screen.state);
	const open = checked && frappe.user.has_role("RTC Officer") && frm.perm[0]?.write;
	$wrapper.html(`${DOCUMENT_STYLE}${CHECK_STYLE}<div class="rtc-screen"><div>
		${screen.findings}<div class="rtc-check-answers">${screen.answers}</div>
		<div class="rtc-check-cards"></div><div class="rtc-check-bar"></div></div><div class="rtc-screen-side"></div></div>`);
	$wrapper.find(".rtc-check-answers a").attr("download", "");
	kept.cards.changed = () => frm.docname === name && draw_bar(frm, kept.cards, open);
	kept.cards.taken = () => frm.docname === name && show_stored(frm);
	kept.cards.draw($wrapper.find(".rtc-check-cards"), { open, people: screen.people });
	if (open) kept.cards.send();
	show_documents($wrapper.find(".rtc-screen-side"), screen.documents, kept.document);
}

/** Those of other checks: a browser keeps what is open in its memory. */
function close_documents(name) {
	for (const [other, { document: open }] of SCREENS) {
		if (other === name || !open.url) continue;
		URL.revokeObjectURL(open.url);
		Object.assign(open, { document: null, url: "" });
	}
}

/** The rest of the form, once the server has answers. */
function show_stored(frm) {
	const screen = frm.doc.__onload.screen;
	screen.own = screen.own || frm.doc.items.some((row) => row.answered_by === frappe.session.user);
	frm.refresh_fields(["items", "open_items", "failed_items"]);
	frm.rtc_told?.();
}

window.addEventListener("beforeunload", (event) => {
	if ([...SCREENS.values()].some(({ cards }) => cards.drafts.size)) event.preventDefault();
});

/** How many wait and failed, and what can be done with the whole. */
function draw_bar(frm, cards, open) {
	const $bar = frm.get_field("screen_html").$wrapper.find(".rtc-check-bar");
	const screen = frm.doc.__onload.screen;
	const [unanswered, failed] = [cards.count(""), cards.count("Failed")];
	const waits = Boolean(cards.sending || cards.drafts.size);
	const buttons = [
		open && unanswered && ["others", __("All the others passed ({0})", [unanswered]), "btn-primary"],
		may_request(screen, failed) && ["request", request_text(screen, failed), "btn-default", waits],
		...list_decisions(screen, unanswered || failed).map(([action, style]) => [action, __(action), style, waits]),
	].filter(Boolean);
	const own = screen.actions.length && screen.own ? `<span class="text-muted">${__("You prepared it: another person decides.")}</span>` : "";
	const active = document.activeElement?.dataset?.do;
	$bar.html(`<span aria-live="polite">${__("To answer: {0} · failed: {1}", [unanswered, failed])}</span>${own}
		<span class="rtc-check-buttons">${buttons.map(button_html).join(" ")}</span>`);
	$bar.find("[data-do]").on("click", (event) => act_on(frm, cards, event.currentTarget.dataset.do));
	if (active) $bar.find(`[data-do="${active}"]`).trigger("focus");
}

const button_html = ([key, text, style, off]) =>
	`<button type="button" class="btn btn-sm ${style}" data-do="${key}" ${off ? "disabled" : ""}>${text}</button>`;

const drafted = (screen) => screen.requests.some((one) => one.state === "Draft");

const may_request = (screen, failed) =>
	CHECKED_IN.includes(screen.state) && (failed || drafted(screen)) && frappe.model.can_create("RTC Integration Request");

const request_text = (screen, failed) =>
	drafted(screen) ? __("Open the request in draft") : __("Request an integration ({0})", [failed]);

/** [action, style] of the decisions that the reader may take; admissible is offered once nothing stands against it. */
function list_decisions(screen, against) {
	const offered = [["Declare Admissible", "btn-primary"], ["Declare Not Admissible", "btn-danger"]].slice(against ? 1 : 0);
	return screen.own ? [] : offered.filter(([action]) => screen.actions.includes(action));
}

function act_on(frm, cards, what) {
	if (what === "others") return cards.pass_others();
	if (what === "request") return open_request(frm, cards);
	return ask_decision(frm, cards, what);
}

/** Of two who press at once both come to the same draft. */
async function open_request(frm, cards) {
	if (!(await cards.send())) return;
	const { message } = await frappe.call({
		method: "rtc_conciliation.formal_check.api.draft_request",
		args: { application: frm.doc.application },
		freeze: true,
	});
	frappe.set_route("Form", "RTC Integration Request", message);
}

/** Decided on the check as it stands here: the server refuses if it is another by now. */
async function ask_decision(frm, cards, action) {
	if (!(await cards.send()) || frm.rtc_asking) return;
	frm.rtc_asking = true;
	const refuses = action === "Declare Not Admissible";
	const title = `<b>${safe(frm.doc.application)}</b> ${safe(frm.doc.application_title)}`;
	const fields = [
		{ fieldtype: "HTML", options: `<p>${title}</p><p>${refuses ? __("It goes no further in this call, and the applicant is told why.") : __("It goes on to the evaluation.")}</p>` },
	];
	if (refuses) fields.push({ fieldname: "reason", fieldtype: "Small Text", label: __("Reasons"), reqd: 1, default: typed_reason(frm) || reasons_of(frm) });
	const dialog = new frappe.ui.Dialog({
		title: __(action),
		fields,
		primary_action_label: __(action),
		primary_action: async (values) => {
			if (refuses) frm.rtc_reason = { check: frm.docname, text: values.reason };
			dialog.hide();
			await decide(frm, action, values.reason || "");
		},
	});
	dialog.onhide = () => (frm.rtc_asking = false);
	dialog.show();
}

/** What was written as a reason and not taken: the server refused the step. */
const typed_reason = (frm) => (frm.rtc_reason?.check === frm.docname ? frm.rtc_reason.text : "");

/** The same lines that the server would write. */
function reasons_of(frm) {
	return frm.doc.items
		.filter((row) => row.answer === "Failed")
		.map((row) => `- ${row.item}${row.legal_reference ? ` (${row.legal_reference})` : ""}: ${frappe.utils.unescape_html(row.note || "")}`)
		.join("\n");
}

function decide(frm, action, reason) {
	return new Promise((resolve) => {
		frappe.call({
			method: DECIDE,
			args: { application: frm.doc.application, action, reason, seen: frm.doc.modified },
			freeze: true,
			callback: ({ message }) => message && frappe.show_alert({ message: __("Decided: {0}", [__(message)]), indicator: "green" }),
			always: () => frm.reload_doc().then(resolve, resolve),
		});
	});
}

const CHECK_STYLE = `<style>
.rtc-check { padding: 10px 12px; margin-bottom: 8px; border: 1px solid var(--border-color); border-left: 4px solid var(--gray-400, #c0c6cc); border-radius: 6px; }
.rtc-check:focus { outline: 2px solid var(--primary, #171717); outline-offset: 1px; }
.rtc-check[data-state="Passed"] { border-left-color: var(--green-500, #28a745); }
.rtc-check[data-state="Failed"] { border-left-color: var(--red-500, #e03636); }
.rtc-check[data-state="Not Applicable"] { border-left-color: var(--blue-500, #2490ef); }
.rtc-check-choices { display: flex; gap: 6px; flex-wrap: wrap; margin: 8px 0; }
.rtc-check-choices .btn[aria-pressed="true"] { background: var(--gray-900, #1f272e); color: #fff; font-weight: 600; }
.rtc-check-choices .btn[aria-pressed="true"] kbd { color: inherit; }
.rtc-check-choices kbd { background: none; color: var(--text-muted); box-shadow: none; padding: 0 2px; }
.rtc-check textarea { min-height: 34px; height: 34px; }
.rtc-check-note { white-space: pre-line; }
.rtc-check-said { margin-top: 4px; } .rtc-check-said [role="alert"] { color: var(--red-600, #b52a2a); }
.rtc-checks-status { min-height: 20px; margin: 4px 0; }
.rtc-check-bar { position: sticky; bottom: 0; z-index: 2; background: var(--card-bg, #fff); padding: 12px 0; display: flex; gap: 12px; justify-content: space-between; align-items: center; flex-wrap: wrap; }
.rtc-check-buttons { display: flex; gap: 8px; flex-wrap: wrap; }
</style>`;
