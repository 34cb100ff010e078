frappe.listview_settings["RTC Call Question"] = { hide_name_column: true };
