frappe.listview_settings["RTC Meeting"] = { hide_name_column: true };
