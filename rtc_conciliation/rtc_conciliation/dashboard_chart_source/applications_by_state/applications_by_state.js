frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Applications by State"] = {
	method: "rtc_conciliation.rtc_conciliation.dashboard_chart_source.applications_by_state.applications_by_state.get",
	filters: [],
};
