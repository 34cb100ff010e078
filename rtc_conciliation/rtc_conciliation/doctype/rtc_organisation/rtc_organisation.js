frappe.ui.form.on("RTC Organisation", {
	setup(frm) {
		frm.set_query("organisation_type", () => ({ filters: { disabled: 0 } }));
		frm.set_query("territory", () => ({ filters: { disabled: 0 } }));
	},

	refresh(frm) {
		frm.get_field("applications_html").$wrapper.html(frm.doc.__onload?.applications_html || "");
		const decides = frappe.user.has_role("RTC Manager") || frappe.user.has_role("System Manager");
		show_successor(frm);
		if (frm.is_new() || !decides) return;
		if (!frm.doc.succeeded_by) frm.add_custom_button(__("Record a Succession…"), () => ask_for_successor(frm));
		frm.add_custom_button(__("Merge with…"), () => ask_for_the_other(frm));
	},
});

function show_successor(frm) {
	frm.set_intro();
	if (!frm.doc.succeeded_by) return;
	const link = frappe.utils.get_form_link(frm.doctype, frm.doc.succeeded_by, true);
	frm.set_intro(__("Succeeded by {0} from {1}.", [link, frappe.datetime.str_to_user(frm.doc.succeeded_on)]), "orange");
}

/** Another body takes the place of this one from a day on. */
function ask_for_successor(frm) {
	frappe.prompt(
		[
			{
				fieldtype: "HTML",
				options: `<p>${__("For bodies that fuse, or one that takes in another. This record and its history stay; its memberships end the day before, and the successor, if it is no member, takes them over.")}</p>`,
			},
			{
				fieldname: "successor",
				fieldtype: "Link",
				options: "RTC Organisation",
				label: __("Succeeded By"),
				reqd: 1,
				get_query: () => ({ filters: { name: ["!=", frm.docname] } }),
			},
			{ fieldname: "succeeded_on", fieldtype: "Date", label: __("First Day of the Succession"), reqd: 1 },
			{ fieldname: "act_number", fieldtype: "Data", label: __("Act of the Succession"), description: __("The law or act, for example L.R. 5/2026."), reqd: 1 },
			{ fieldname: "act_date", fieldtype: "Date", label: __("Date of the Act"), reqd: 1 },
		],
		async (values) => {
			const { message } = await frappe.call({
				method: "rtc_conciliation.network.api.record_succession",
				args: { source: frm.docname, ...values },
				freeze: true,
			});
			frappe.msgprint({
				title: __("Succession Recorded"),
				message: [
					__("Memberships ended: {0}; taken over: {1}.", [message.ended.length, message.taken_over.length]),
					message.seats.length
						? __("Seats still held for it, to be changed there: {0}.", [message.seats.map((title) => frappe.utils.escape_html(title)).join(", ")])
						: "",
				].join(" "),
				indicator: message.seats.length ? "orange" : "green",
			});
			frm.reload_doc();
		},
		__("Record a Succession…"),
		__("Record")
	);
}

const METHODS = "rtc_conciliation.network.api";

function ask_for_the_other(frm) {
	const dialog = new frappe.ui.Dialog({
		title: __("Merge with…"),
		fields: [
			{
				fieldtype: "HTML",
				options: `<p>${__("Only for one organisation that was registered twice. This record goes away; all that names it will name the other one, which keeps its own data, and the history tells of one organisation from the beginning.")}</p>
				<p>${__("If two bodies fused, or one took in the other, use Record a Succession instead: it has a date, and what was before stays.")}</p>`,
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
		method: `${METHODS}.preview_merge`,
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
				method: `${METHODS}.merge_organisations`,
				args: { source, target },
				freeze: true,
			});
			frappe.set_route("Form", "RTC Organisation", name);
		},
		__("Merge")
	);
}
