frappe.listview_settings["RTC Call"] = { hide_name_column: true, add_fields: ["currency"] };
