"""The ways by which core lets records be read and changed over HTTP: client, DocType, name, field → answer."""

import json

RESOURCE, DOCUMENT = "/api/resource", "/api/v2/document"
REPORTVIEW = "frappe.desk.reportview"

#: each reads one record; the mark in the answer tells that it did
READ_ONE = {
	"resource": lambda c, dt, name, field: c.get(f"{RESOURCE}/{dt}/{name}"),
	"document v2": lambda c, dt, name, field: c.get(f"{DOCUMENT}/{dt}/{name}"),
	"client.get": lambda c, dt, name, field: c.call("frappe.client.get", doctype=dt, name=name),
	"client.get_value": lambda c, dt, name, field: c.call(
		"frappe.client.get_value", doctype=dt, filters={"name": name}, fieldname=field
	),
	"getdoc": lambda c, dt, name, field: c.call("frappe.desk.form.load.getdoc", doctype=dt, name=name),
	"get_html_and_style": lambda c, dt, name, field: c.call(
		"frappe.www.printview.get_html_and_style", doc=dt, name=name, print_format="Standard"
	),
	"get_html_and_style in memory": lambda c, dt, name, field: c.call(
		"frappe.www.printview.get_html_and_style",
		doc=json.dumps({"doctype": dt, "name": name, "owner": "x", "docstatus": 0}),
		print_format="Standard",
	),
	"printview": lambda c, dt, name, field: c.get("/printview", doctype=dt, name=name, format="Standard"),
	"validate_link": lambda c, dt, name, field: c.call(
		"frappe.client.validate_link", doctype=dt, docname=name, fields=json.dumps([field])
	),
	"get_link_title": lambda c, dt, name, field: c.call(
		"frappe.desk.search.get_link_title", doctype=dt, docname=name
	),
}

#: each lists a DocType; the names in the answer tell what was read
LIST = {
	"resource": lambda c, dt, field: c.get(
		f"{RESOURCE}/{dt}", fields=json.dumps(["name", field]), limit_page_length=0
	),
	"document v2": lambda c, dt, field: c.get(
		f"{DOCUMENT}/{dt}", fields=json.dumps(["name", field]), limit=500
	),
	"client.get_list": lambda c, dt, field: c.call(
		"frappe.client.get_list", doctype=dt, fields=["name", field], limit_page_length=0
	),
	"reportview": lambda c, dt, field: c.call(
		f"{REPORTVIEW}.get", doctype=dt, fields=[f"`tab{dt}`.`name`", f"`tab{dt}`.`{field}`"], page_length=500
	),
	"reportview list": lambda c, dt, field: c.call(
		f"{REPORTVIEW}.get_list", doctype=dt, fields=["name", field], page_length=500
	),
	"export": lambda c, dt, field: c.call(
		f"{REPORTVIEW}.export_query",
		doctype=dt,
		file_format_type="CSV",
		fields=json.dumps(["name", field]),
		filters="[]",
		title="x",
	),
	"search_link": lambda c, dt, field: c.call(
		"frappe.desk.search.search_link", doctype=dt, txt="Segno", page_length=500
	),
	"web list": lambda c, dt, field: c.call("frappe.www.list.get", doctype=dt, limit=500),
	"link options": lambda c, dt, field: c.call(
		"frappe.website.doctype.web_form.web_form.get_link_options",
		web_form_name="domanda",
		doctype=dt,
		allow_read_on_all_link_options=1,
	),
	"data export": lambda c, dt, field: c.call(
		"frappe.core.doctype.data_import.data_import.download_template",
		doctype=dt,
		export_fields=json.dumps({dt: ["name", field]}),
		export_records="all",
		file_type="CSV",
	),
}

#: each changes `field` of one record
WRITE = {
	"resource": lambda c, dt, name, field: c.put(f"{RESOURCE}/{dt}/{name}", **{field: "Rubato"}),
	"document v2": lambda c, dt, name, field: c.session.patch(
		f"{c.base_url}{DOCUMENT}/{dt}/{name}", json={field: "Rubato"}, headers=c.csrf(), timeout=60
	),
	"client.set_value": lambda c, dt, name, field: c.call(
		"frappe.client.set_value", doctype=dt, name=name, fieldname=field, value="Rubato"
	),
	"client.bulk_update": lambda c, dt, name, field: c.call(
		"frappe.client.bulk_update", docs=json.dumps([{"doctype": dt, "docname": name, field: "Rubato"}])
	),
	"bulk update": lambda c, dt, name, field: c.call(
		"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs",
		doctype=dt,
		docnames=json.dumps([name]),
		action="update",
		data=json.dumps({field: "Rubato"}),
	),
	"rename": lambda c, dt, name, field: c.call(
		"frappe.client.rename_doc", doctype=dt, old_name=name, new_name=f"{name}-X"
	),
	"update_doc_title": lambda c, dt, name, field: c.call(
		"frappe.model.rename_doc.update_document_title",
		doctype=dt,
		docname=name,
		title="Rubato",
		name=f"{name}-X",
	),
	"savedocs": lambda c, dt, name, field: c.call(
		"frappe.desk.form.save.savedocs",
		doc=json.dumps({"doctype": dt, "name": name, field: "Rubato"}),
		action="Save",
	),
	"share": lambda c, dt, name, field: c.call(
		"frappe.share.add", doctype=dt, name=name, user="account@rtc.test", read=1, write=1
	),
	"share row": lambda c, dt, name, field: c.post(
		f"{RESOURCE}/DocShare", user="account@rtc.test", share_doctype=dt, share_name=name, read=1, write=1
	),
	"tag": lambda c, dt, name, field: c.call(
		"frappe.desk.doctype.tag.tag.add_tag", tag="Rubato", dt=dt, dn=name
	),
	"tag row": lambda c, dt, name, field: c.post(
		f"{RESOURCE}/Tag Link", document_type=dt, document_name=name, tag="Rubato", parent="x"
	),
	"assign": lambda c, dt, name, field: c.call(
		"frappe.desk.form.assign_to.add", doctype=dt, name=name, assign_to=json.dumps(["account@rtc.test"])
	),
	"todo": lambda c, dt, name, field: c.post(
		f"{RESOURCE}/ToDo",
		reference_type=dt,
		reference_name=name,
		description="x",
		allocated_to="account@rtc.test",
	),
	"follow": lambda c, dt, name, field: c.post(
		f"{RESOURCE}/Document Follow", ref_doctype=dt, ref_docname=name, user="account@rtc.test"
	),
	"comment": lambda c, dt, name, field: c.call(
		"frappe.desk.form.utils.add_comment",
		reference_doctype=dt,
		reference_name=name,
		content="Rubato",
		comment_email="x@rtc.test",
		comment_by="x",
	),
	"mail": lambda c, dt, name, field: c.call(
		"frappe.core.doctype.communication.email.make",
		doctype=dt,
		name=name,
		content="Rubato",
		subject="x",
		recipients="x@rtc.test",
		send_email=0,
	),
	"like": lambda c, dt, name, field: c.call(
		"frappe.desk.like.toggle_like", doctype=dt, name=name, add="Yes"
	),
	"attach": lambda c, dt, name, field: c.session.post(
		f"{c.base_url}/api/method/upload_file",
		data={"doctype": dt, "docname": name, "is_private": 1},
		files={"file": ("rubato.txt", b"Rubato")},
		headers=c.csrf(),
		timeout=60,
	),
}

#: each takes one step of the workflow with a record
STEP = {
	"apply_workflow": lambda c, dt, name, action: c.call(
		"frappe.model.workflow.apply_workflow", doc=json.dumps({"doctype": dt, "name": name}), action=action
	),
	"bulk approval": lambda c, dt, name, action: c.call(
		"frappe.model.workflow.bulk_workflow_approval", docnames=json.dumps([name]), doctype=dt, action=action
	),
}

DELETE = {
	"resource": lambda c, dt, name: c.delete(f"{RESOURCE}/{dt}/{name}"),
	"document v2": lambda c, dt, name: c.delete(f"{DOCUMENT}/{dt}/{name}"),
	"client.delete": lambda c, dt, name: c.call("frappe.client.delete", doctype=dt, name=name),
	"delete_items": lambda c, dt, name: c.call(
		f"{REPORTVIEW}.delete_items", doctype=dt, items=json.dumps([name])
	),
	"web form": lambda c, dt, name: c.call(
		"frappe.website.doctype.web_form.web_form.delete", web_form_name="domanda", docname=name
	),
}
