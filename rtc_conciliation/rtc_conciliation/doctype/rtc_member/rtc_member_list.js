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
};
