"""The ways by which core lets an application be read over HTTP: client, name → answer."""

import json

APPLICATION = "RTC Application"

WAYS_IN = {
	"resource": lambda c, name: c.get(f"/api/resource/RTC Application/{name}"),
	"client.get": lambda c, name: c.call("frappe.client.get", doctype=APPLICATION, name=name),
	"client.get_value": lambda c, name: c.call(
		"frappe.client.get_value", doctype=APPLICATION, filters={"name": name}, fieldname="title"
	),
	"client.get_list": lambda c, name: c.call(
		"frappe.client.get_list", doctype=APPLICATION, filters={"name": name}, fields=["title"]
	),
	"child list": lambda c, name: c.call(
		"frappe.client.get_list",
		doctype="RTC Application Partner",
		parent=APPLICATION,
		filters={"parent": name},
		fields=["organisation_name"],
	),
	"reportview": lambda c, name: c.call(
		"frappe.desk.reportview.get", doctype=APPLICATION, filters=[["name", "=", name]], fields=["title"]
	),
	"reportview child": lambda c, name: c.call(
		"frappe.desk.reportview.get",
		doctype=APPLICATION,
		filters=[["name", "=", name]],
		fields=["`tabRTC Application Partner`.`organisation_name`"],
	),
	"export": lambda c, name: c.call(
		"frappe.desk.reportview.export_query",
		doctype=APPLICATION,
		file_format_type="CSV",
		filters=json.dumps([["name", "=", name]]),
		fields=json.dumps(["title"]),
		title="x",
	),
	"getdoc": lambda c, name: c.get(
		"/api/method/frappe.desk.form.load.getdoc", doctype=APPLICATION, name=name
	),
	"printview": lambda c, name: c.get("/printview", doctype=APPLICATION, name=name),
	"pdf": lambda c, name: c.get(
		"/api/method/frappe.utils.print_format.download_pdf", doctype=APPLICATION, name=name
	),
	"search": lambda c, name: c.call("frappe.desk.search.search_link", doctype=APPLICATION, txt="segreta"),
}
