// An adhesion on one screen: what was found, the signed form beside it, the decision.
/* exported draw_adhesion_screen */

/** The document that is open, and what was typed for a step that the server refused; of one adhesion only. */
const FORM_OPEN = { name: "", document: null, url: "", typed: {} };

function draw_adhesion_screen(frm) {
	const check = frm.doc.__onload?.check;
	const $wrapper = frm.get_field("check_html").$wrapper;
	if (frm.is_new() || !check?.facts) return $wrapper.empty();
	if (FORM_OPEN.name !== frm.docname) {
		if (FORM_OPEN.url) URL.revokeObjectURL(FORM_OPEN.url);
		Object.assign(FORM_OPEN, { name: frm.docname, document: null, url: "", typed: {} });
	}
	const facts = check.facts.map((fact) => `<li><span class="indicator ${fact.colour}"></span>${frappe.utils.escape_html(fact.text)}</li>`);
	const styles = { Admit: "btn-primary", "Start Review": "btn-primary", Reject: "btn-danger" };
	const offered = check.actions.filter((action) => action === "Start Review" || !check.own);
	const buttons = offered.map((action) => `<button type="button" class="btn btn-sm ${styles[action]}" data-step="${action}">${__(action)}</button>`);
	const own = check.own && offered.length < check.actions.length ? __("You prepared it: another person decides.") : "";
	$wrapper.html(`${DOCUMENT_STYLE}<div class="rtc-screen"><div>
		<ul class="list-unstyled rtc-facts" style="line-height: 2">${facts.join("")}</ul>
		<div style="display: flex; gap: 8px; flex-wrap: wrap; margin-top: 12px">${buttons.join("")}<span class="text-muted">${own}</span></div>
		</div><div class="rtc-screen-side"></div></div>`);
	$wrapper.find("[data-step]").on("click", (event) => ask_step(frm, event.currentTarget.dataset.step));
	show_documents($wrapper.find(".rtc-screen-side"), check.documents, FORM_OPEN);
}

/** What the step needs is asked in one dialog; what is typed in the form is saved first. */
async function ask_step(frm, action) {
	if (frm.rtc_asking) return;
	frm.rtc_asking = true;
	try {
		if (frm.is_dirty()) await frm.save();
	} catch {
		frm.rtc_asking = false; // core has shown what the server refused
		return;
	}
	const step = step_of({ doc: frm.doc, selected_workflow_action: action });
	if (!step) return send_step(frm, action, {});
	const typed = FORM_OPEN.typed[action] || {};
	const fields = complete_fields(frm, step.fields);
	for (const field of fields) field.default = typed[field.fieldname] || field.default;
	const dialog = new frappe.ui.Dialog({
		title: step.title,
		fields: [{ fieldtype: "HTML", options: `<p><b>${frappe.utils.escape_html(frm.doc.organisation_name)}</b></p>` }, ...fields],
		primary_action_label: __(action),
		primary_action: (values) => {
			FORM_OPEN.typed[action] = values;
			dialog.hide();
			send_step(frm, action, values);
		},
	});
	dialog.onhide = () => (frm.rtc_asking = false);
	dialog.show();
}

/** Taken on the adhesion as it stands here: the server refuses if it is another by now. */
function send_step(frm, action, values) {
	frm.rtc_asking = true;
	frappe.call({
		method: "rtc_conciliation.network.api.take_step",
		args: { member: frm.docname, action, seen: frm.doc.modified, values: JSON.stringify(values) },
		freeze: true,
		callback: ({ message }) => message && frappe.show_alert({ message: __("Decided: {0}", [__(message)]), indicator: "green" }),
		always: () => {
			frm.rtc_asking = false;
			frm.reload_doc();
		},
	});
}
