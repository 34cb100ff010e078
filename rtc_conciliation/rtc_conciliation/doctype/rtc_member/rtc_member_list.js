frappe.listview_settings["RTC Member"] = {
	hide_name_column: true,
	add_fields: ["channel", "email_confirmed_on", "workflow_state"],
	formatters: {
		// No column of its own: it concerns few of the rows, and only for some days.
		organisation_type(value, df, doc) {
			const type = frappe.utils.escape_html(__(value || ""));
			const open = ["Received", "Under Review"].includes(doc.workflow_state);
			if (doc.channel !== "Web" || doc.email_confirmed_on || !open) return type;
			return `<span class="indicator-pill orange">${__("To Be Confirmed")}</span> ${type}`;
		},
	},

	onload(list) {
		if (frappe.user.has_role("RTC Manager") || frappe.user.has_role("System Manager")) {
			list.page.add_inner_button(__("Confirm the Members of an Earlier Cycle"), () => ask_what_to_confirm(list));
		}
	},
};

function ask_what_to_confirm(list) {
	const dialog = new frappe.ui.Dialog({
		title: __("Confirm the Members of an Earlier Cycle"),
		fields: [
			{
				fieldtype: "HTML",
				options: `<p>${__("Whoever belonged to the earlier programme on its last day becomes a member of the new one. Who already has an adhesion there, or is suspended, is left out and told.")}</p>`,
			},
			{ fieldname: "from_programme", fieldtype: "Link", options: "RTC Programme", label: __("Earlier Programme"), reqd: 1 },
			{
				fieldname: "to_programme",
				fieldtype: "Link",
				options: "RTC Programme",
				label: __("New Programme"),
				reqd: 1,
				get_query: () => ({ filters: { status: ["!=", "Closed"] } }),
			},
			{ fieldtype: "Column Break" },
			{ fieldname: "act_number", fieldtype: "Data", label: __("Act Number"), reqd: 1 },
			{ fieldname: "act_date", fieldtype: "Date", label: __("Act Date"), reqd: 1 },
			{
				fieldname: "valid_from",
				fieldtype: "Date",
				label: __("Member From"),
				description: __("Empty: the first day of the new programme."),
			},
		],
		primary_action_label: __("Confirm the Members"),
		async primary_action(values) {
			const { message } = await frappe.call({
				method: "rtc_conciliation.network.api.confirm_earlier_members",
				args: values,
				freeze: true,
				freeze_message: __("Confirming the members"),
			});
			dialog.hide();
			list.refresh();
			frappe.msgprint({ title: __("Confirm the Members of an Earlier Cycle"), message: result(message), indicator: "green" });
		},
	});
	dialog.show();
}

function result(message) {
	if (message.queued) {
		return __("{0} members are being confirmed in the background. You will be notified when it is done.", [message.queued]);
	}
	const told = message.left_out.map(
		(row) => `<li><b>${frappe.utils.escape_html(row.name)}</b>: ${frappe.utils.escape_html(row.reason)}</li>`
	);
	const left_out = told.length ? `<p>${__("Left out:")}</p><ul>${told.join("")}</ul>` : "";
	return `<p>${__("Members confirmed: {0}.", [message.confirmed])}</p>${left_out}`;
}
