frappe.listview_settings["RTC Cost Category"] = { hide_name_column: true };
