// The description of a time in the reader's language.

/** Core adds the time zone to a description before it looks the whole up, and so never finds it. */
frappe.ui.form.ControlDatetime = class extends frappe.ui.form.ControlDatetime {
	set_description() {
		const zone = this.get_user_time_zone();
		const { description, parent } = this.df;
		if (description && !description.includes(zone)) this.df.description = __(description, null, parent);
		super.set_description();
	}
};
