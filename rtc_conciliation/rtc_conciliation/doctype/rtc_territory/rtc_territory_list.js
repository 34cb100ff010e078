frappe.listview_settings["RTC Territory"] = { hide_name_column: true };
