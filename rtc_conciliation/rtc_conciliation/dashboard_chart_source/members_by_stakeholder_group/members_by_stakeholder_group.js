frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Members by Stakeholder Group"] = {
	method: "rtc_conciliation.rtc_conciliation.dashboard_chart_source.members_by_stakeholder_group.members_by_stakeholder_group.get",
	filters: [],
};
