frappe.ui.form.on("RTC Organisation", {
	setup(frm) {
		frm.set_query("organisation_type", () => ({ filters: { disabled: 0 } }));
		frm.set_query("territory", () => ({ filters: { disabled: 0 } }));
	},

	refresh(frm) {
		frm.get_field("applications_html").$wrapper.html(frm.doc.__onload?.applications_html || "");
		const may_merge = frappe.user.has_role("RTC Manager") || frappe.user.has_role("System Manager");
		if (frm.is_new() || !may_merge) return;
		frm.add_custom_button(__("Merge with…"), () => ask_for_the_other(frm));
	},
});

const METHODS = "rtc_conciliation.rtc_conciliation.doctype.rtc_organisation.rtc_organisation";

function ask_for_the_other(frm) {
	const dialog = new frappe.ui.Dialog({
		title: __("Merge with…"),
		fields: [
			{
				fieldtype: "HTML",
				options: `<p>${__("This record goes away; all that names it will name the other one, which keeps its own data.")}</p>`,
			},
			{
				fieldname: "target",
				fieldtype: "Link",
				options: "RTC Organisation",
				label: __("Organisation That Remains"),
				reqd: 1,
				get_query: () => ({ filters: { name: ["!=", frm.docname] } }),
			},
		],
		primary_action_label: __("Show What Moves"),
		primary_action({ target }) {
			dialog.hide();
			preview(frm.docname, target);
		},
	});
	dialog.show();
}

async function preview(source, target) {
	const { message } = await frappe.call({
		method: `${METHODS}.merge_preview`,
		type: "GET",
		args: { source, target },
	});
	const shown = (body) => `<b>${frappe.utils.escape_html(body.name)}</b> (${frappe.utils.escape_html(body.tax_code)})`;
	const moves = message.moves.map(
		(row) => `<li>${frappe.utils.escape_html(row.label)}: ${cint(row.count)}</li>`
	);
	const what = moves.length ? `<ul>${moves.join("")}</ul>` : `<p>${__("No record names it.")}</p>`;
	const text = __("{0} goes away and {1} remains. This cannot be undone. What moves:", [
		shown(message.source),
		shown(message.target),
	]);
	frappe.warn(
		__("Merge Organisations"),
		`<p>${text}</p>${what}`,
		async () => {
			const { message: name } = await frappe.call({
				method: `${METHODS}.merge_into`,
				args: { source, target },
				freeze: true,
			});
			frappe.set_route("Form", "RTC Organisation", name);
		},
		__("Merge")
	);
}
