frappe.listview_settings["RTC Member"] = {
	hide_name_column: true,
	add_fields: ["channel", "email_confirmed_on"],
	formatters: {
		email_confirmed_on(value, df, doc) {
			if (doc.channel !== "Web") return "";
			return value
				? `<span class="text-muted">${frappe.datetime.str_to_user(value)}</span>`
				: `<span class="indicator-pill orange">${__("To Be Confirmed")}</span>`;
		},
	},
};
