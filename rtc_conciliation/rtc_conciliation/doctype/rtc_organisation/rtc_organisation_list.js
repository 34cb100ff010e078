frappe.listview_settings["RTC Organisation"] = { hide_name_column: true };
