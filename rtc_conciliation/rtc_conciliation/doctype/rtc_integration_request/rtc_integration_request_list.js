frappe.listview_settings["RTC Integration Request"] = { hide_name_column: true, add_fields: ["late"] };
