frappe.views.calendar["RTC Meeting"] = {
	field_map: { id: "name", start: "starts_on", end: "ends_on", title: "title", allDay: "all_day" },
	get_css_class: (data) => ({ Held: "warning", "Minutes Approved": "success", Cancelled: "danger" }[data.workflow_state] || "default"),
	get_events_method: "rtc_conciliation.network.api.get_meetings",
	gantt: false,
};
