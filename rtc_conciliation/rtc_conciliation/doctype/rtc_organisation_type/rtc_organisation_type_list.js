frappe.listview_settings["RTC Organisation Type"] = { hide_name_column: true };
