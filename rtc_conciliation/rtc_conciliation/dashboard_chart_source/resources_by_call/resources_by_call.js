frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Resources by Call"] = {
	method: "rtc_conciliation.rtc_conciliation.dashboard_chart_source.resources_by_call.resources_by_call.get",
	filters: [],
};
