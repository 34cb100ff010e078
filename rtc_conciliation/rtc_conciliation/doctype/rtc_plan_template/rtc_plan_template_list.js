frappe.listview_settings["RTC Plan Template"] = { hide_name_column: true };
