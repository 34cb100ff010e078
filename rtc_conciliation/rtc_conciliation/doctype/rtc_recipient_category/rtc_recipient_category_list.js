frappe.listview_settings["RTC Recipient Category"] = { hide_name_column: true };
