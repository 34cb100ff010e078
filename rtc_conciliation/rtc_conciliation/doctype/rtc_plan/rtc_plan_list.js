frappe.listview_settings["RTC Plan"] = { hide_name_column: true };
