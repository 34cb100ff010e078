// What the forms of records with a workflow share.
/* exported ask_before_step, complete_fields, keep_seconds */

/** A state is a link: who may not read its record would read its English name in the form. */
frappe.form.link_formatters["Workflow State"] = (state) => __(state);

/**
 * Core 16 asks for this setting through the API before each step, which only a System Manager may; the form has
 * brought the workflow along already.
 */
if (!frappe.db.knows_confirmations) {
	const get_value = frappe.db.get_value;
	frappe.db.knows_confirmations = true;
	frappe.db.get_value = function (doctype, filters, fieldname, ...more) {
		if (doctype !== "Workflow" || fieldname !== "enable_action_confirmation")
			return get_value.call(this, doctype, filters, fieldname, ...more);
		const { enable_action_confirmation } = frappe.workflow.workflows[filters.document_type] || {};
		return Promise.resolve({ message: { enable_action_confirmation } });
	};
}

/**
 * Ask for what a step of the workflow needs, write it into the form and save it before the step is taken.
 * For `before_workflow_action`; `fields` say what their DocType does not: {fieldname, reqd, label, default}.
 */
function ask_before_step(frm, fields, { title, save } = {}) {
	frappe.dom.unfreeze(); // core freezes the page before it asks
	const action = __(frm.selected_workflow_action);
	const asked = complete_fields(frm, fields);
	return new Promise((resolve, reject) => {
		let going = false;
		const dialog = new frappe.ui.Dialog({
			title: title || action,
			fields: asked,
			primary_action_label: action,
			async primary_action(values) {
				going = true; // before it hides: frappe.prompt would hide first, and the step be given up
				dialog.hide();
				try {
					await frm.set_value(values);
					if (frm.is_dirty()) await frm.save(save);
					frappe.dom.freeze();
					resolve();
				} catch (error) {
					reject(error); // core has shown what the server refused
				}
			},
		});
		dialog.onhide = () => going || reject();
		dialog.show();
	});
}

/** `fields` of a dialog with what their DocType says of them, and what the form has. */
function complete_fields(frm, fields) {
	return fields.map((field) => {
		const { fieldtype, label, options } = frappe.meta.get_docfield(frm.doctype, field.fieldname);
		return { fieldtype, label: __(label), options, default: frm.doc[field.fieldname], ...field };
	});
}

/**
 * For `onload`. A moment that is shown without its seconds keeps them: core would take what it shows for a change, and
 * every record of the day's work would open as not saved.
 */
function keep_seconds(frm) {
	const MINUTE = "2026-12-31 23:59".length;
	if ((frappe.boot.sysdefaults.time_format || "HH:mm:ss").includes("ss")) return;
	for (const control of frm.fields.filter((field) => field.df.fieldtype === "Datetime" && !field.keeps_seconds)) {
		const parse = control.parse.bind(control);
		control.keeps_seconds = true;
		control.parse = (value) => {
			const read = parse(value);
			const stored = String(frm.doc[control.df.fieldname] || "");
			return read && read.slice(0, MINUTE) === stored.slice(0, MINUTE) ? stored : read;
		};
	}
}
