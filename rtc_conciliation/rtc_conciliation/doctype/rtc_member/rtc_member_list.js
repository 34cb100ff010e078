frappe.listview_settings["RTC Member"] = { hide_name_column: true };
