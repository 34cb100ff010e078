frappe.listview_settings["RTC Panel"] = { hide_name_column: true };
