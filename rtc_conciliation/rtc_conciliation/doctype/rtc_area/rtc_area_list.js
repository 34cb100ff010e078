frappe.listview_settings["RTC Area"] = { hide_name_column: true };
