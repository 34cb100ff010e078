frappe.listview_settings["RTC Transparency Entry"] = { hide_name_column: true };
