frappe.listview_settings["RTC Ranking"] = { hide_name_column: true };
