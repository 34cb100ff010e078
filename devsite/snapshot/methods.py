"""Methods that anybody could call for what is not theirs: each asks first for what the official releases ask."""

import inspect
import json
import re
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import frappe
from bs4 import BeautifulSoup
from frappe.model import default_fields

#: a port of this machine at which nobody answers
NOWHERE = "http://127.0.0.1:9"


def require(doctype: str, name: str | None = None, ptype: str = "read") -> None:
	if name:
		frappe.get_doc(doctype, name).check_permission(ptype)
	else:
		frappe.has_permission(doctype, ptype, throw=True)


def is_of_the_desk() -> bool:
	return frappe.db.get_value("User", frappe.session.user, "user_type", cache=True) == "System User"


def require_desk() -> None:
	if not is_of_the_desk():
		raise frappe.PermissionError


def require_each(doctype: str, names, ptype: str = "read") -> None:
	for name in frappe.parse_json(names) or []:
		require(doctype, name["name"] if isinstance(name, dict) else name, ptype)


def require_own_page(name: str) -> None:
	"""Of the desk's pages each user changes their own; the others are the Workspace Manager's."""
	if "Workspace Manager" in frappe.get_roles():
		return
	if frappe.db.get_value("Workspace", name, "for_user") != frappe.session.user:
		raise frappe.PermissionError


def require_assigned(args) -> None:
	record = frappe.parse_json(args) or frappe.form_dict
	names = record.get("name") or ""
	for name in json.loads(names) if names.startswith("[") else [names]:
		require(record.get("doctype"), name)


def close_page(page) -> None:
	require_own_page((frappe.parse_json(page) or {}).get("name"))


def close_address(address_dict) -> None:
	if address_dict and isinstance(address_dict, str):
		require("Address", address_dict)


#: method → what is asked before it, with the method's own arguments
ASKED: dict[str, Callable] = {
	"frappe.automation.doctype.auto_repeat.auto_repeat.update_reference": lambda docname, **_: require(
		"Auto Repeat", docname, "write"
	),
	"frappe.contacts.doctype.address.address.get_address_display": close_address,
	"frappe.contacts.doctype.contact.contact.get_contact_details": lambda contact: require(
		"Contact", contact
	),
	"frappe.core.doctype.data_import.data_import.download_errored_template": lambda data_import_name: require(
		"Data Import", data_import_name
	),
	"frappe.core.doctype.data_import.data_import.download_import_log": lambda data_import_name: require(
		"Data Import", data_import_name
	),
	"frappe.core.doctype.data_import.data_import.get_import_status": lambda data_import_name: require(
		"Data Import", data_import_name
	),
	"frappe.core.doctype.prepared_report.prepared_report.delete_prepared_reports": lambda reports: (
		require_each("Prepared Report", reports)
	),
	"frappe.desk.doctype.tag.tag.add_tag": lambda dt, dn, **_: require(dt, dn, "write"),
	"frappe.desk.doctype.tag.tag.add_tags": lambda dt, docs, **_: require_each(dt, docs, "write"),
	"frappe.desk.doctype.tag.tag.remove_tag": lambda dt, dn, **_: require(dt, dn, "write"),
	"frappe.desk.doctype.workspace.workspace.delete_page": close_page,
	"frappe.desk.doctype.workspace.workspace.update_page": lambda name, **_: require_own_page(name),
	"frappe.desk.form.assign_to.add": lambda args=None, **_: require_assigned(args),
	"frappe.desk.form.assign_to.add_multiple": lambda args=None, **_: require_assigned(args),
	"frappe.desk.form.assign_to.remove": lambda doctype, name, **_: require(doctype, name),
	"frappe.desk.form.linked_with.get_submitted_linked_docs": lambda doctype, name: require(doctype, name),
	"frappe.desk.leaderboard.get_energy_point_leaderboard": lambda **_: require_desk(),
}
#: core calls it itself; over HTTP it told the titles of a whole DocType
NOT_CALLED = ("frappe.website.doctype.web_form.web_form.get_link_options",)


def get_count(doctype, filters=None, debug=False, cache=False):
	"""Of those that the user may read."""
	from frappe.client import get_safe_filters

	fields = [f"count(distinct `tab{doctype}`.`name`) as number"]
	return frappe.get_list(doctype, filters=get_safe_filters(filters), fields=fields, order_by=None)[0].number


def get_group_by_count(doctype: str, current_filters: str, field: str) -> list[dict]:
	filters = frappe.parse_json(current_filters)
	if field == "assigned_to":
		names = frappe.get_list(doctype, filters=filters, pluck="name", limit_page_length=0)
		todos = {"reference_type": doctype, "reference_name": ("in", names), "status": ("!=", "Cancelled")}
		fields = ["allocated_to as name", "count(name) as count"]
		return frappe.get_all("ToDo", todos, fields, group_by="allocated_to", order_by="count desc", limit=50)
	if not frappe.get_meta(doctype).has_field(field) and field not in default_fields:
		frappe.throw("No such field", frappe.ValidationError)
	return frappe.get_list(
		doctype,
		filters=filters,
		fields=["count(*) as count", f"`{field}` as name"],
		group_by=f"`tab{doctype}`.`{field}`",
		order_by="count desc",
		limit=50,
	)


def get_data_for_custom_field(doctype, field):
	return frappe._dict(frappe.get_list(doctype, fields=["name", field], as_list=True, limit_page_length=0))


def get_linked(doctype, docname):
	"""What links to a record that the user may read, as far as they may read that too."""
	require(doctype, docname)
	return {
		name: rows
		for name, found in replaced[get_linked](doctype, docname).items()
		if (rows := readable(name, found))
	}


def readable(doctype: str, rows: list) -> list:
	if not frappe.has_permission(doctype):
		return []
	names = [row.name for row in rows]
	mine = set(frappe.get_list(doctype, {"name": ("in", names)}, pluck="name", limit_page_length=0))
	return [row for row in rows if row.name in mine]


def user_query(doctype, txt, searchfield, start, page_len, filters):
	"""The users are found by those of the desk."""
	return (
		replaced[user_query](doctype, txt, searchfield, start, page_len, filters) if is_of_the_desk() else []
	)


def report_to_pdf(html, orientation="Landscape"):
	"""With the desk's own styles put in; wkhtmltopdf fetches nothing from anywhere."""
	options = {"orientation": orientation, "proxy": NOWHERE}
	frappe.local.response.filename = "report.pdf"
	frappe.local.response.filecontent = frappe.utils.pdf.get_pdf(put_in_styles(html), options)
	frappe.local.response.type = "pdf"


def put_in_styles(html: str) -> str:
	soup, assets = BeautifulSoup(html, "html.parser"), Path("assets").resolve()
	for link in soup.find_all("link", href=True):
		file = Path(urlsplit(link["href"]).path.removeprefix("/"))
		within = (
			file.resolve().suffix == ".css" and file.parts[:1] == (assets.name,) and ".." not in file.parts
		)
		style = soup.new_tag("style")
		style.string = file.read_text() if within and file.is_file() else ""
		link.replace_with(style)
	return str(soup)


REPLACED: dict[str, Callable] = {
	"frappe.client.get_count": get_count,
	"frappe.core.doctype.user.user.user_query": user_query,
	"frappe.desk.form.linked_with.get": get_linked,
	"frappe.desk.listview.get_group_by_count": get_group_by_count,
	"frappe.desk.query_report.get_data_for_custom_field": get_data_for_custom_field,
	"frappe.utils.print_format.report_to_pdf": report_to_pdf,
}
#: ours → core's
replaced: dict[Callable, Callable] = {}


def leads_elsewhere(address: str) -> bool:
	"""Whether a browser would leave the site: also by what it takes for slashes, or leaves out."""
	return not re.fullmatch(r"[A-Za-z][\w.-]*|/(?![/\\])[^\\\x00-\x20]*|", address or "")


def close_login() -> None:
	from frappe.www import login

	core = login.get_context

	def get_context(context):
		try:
			return core(context)
		except frappe.Redirect:
			if leads_elsewhere(frappe.local.flags.redirect_location):
				frappe.local.flags.redirect_location = "/"
			raise

	login.get_context = get_context


def close_refusal() -> None:
	"""To refuse a record that it was given by name alone, the snapshot ended in an error of its own."""
	core = frappe.has_permission

	@wraps(core)
	def has_permission(doctype=None, ptype="read", doc=None, user=None, throw=False, **others):
		if throw and doctype and isinstance(doc, str):
			doc = frappe.get_doc(doctype, doc)
		return core(doctype, ptype, doc, user, throw, **others)

	frappe.has_permission = has_permission


def close_sign_up(redirect_to=None, **_) -> None:
	if leads_elsewhere(redirect_to):
		frappe.throw("redirect_to leads to another site", frappe.ValidationError)


def close() -> None:
	for path, ask in {**ASKED, "frappe.core.doctype.user.user.sign_up": close_sign_up}.items():
		exchange(path, lambda core, ask=ask: ask_first(core, ask))
	for path, ours in REPLACED.items():
		exchange(path, lambda core, ours=ours: replaced.setdefault(ours, core) and ours)
	for path in NOT_CALLED:
		module, _, name = path.rpartition(".")
		frappe.whitelisted.remove(getattr(import_module(module), name))
	close_login()
	close_refusal()


def ask_first(core: Callable, ask: Callable) -> Callable:
	@wraps(core)
	def asked(*args, **kwargs):
		given = inspect.signature(core).bind(*args, **kwargs)
		given.apply_defaults()
		known = {name: value for name, value in given.arguments.items() if name != "kwargs"}
		ask(**known)
		return core(*args, **kwargs)

	return asked


def exchange(path: str, make: Callable) -> None:
	"""Puts another function in a method's place, as callable as it was; the old one can be called over HTTP no more."""
	module, _, name = path.rpartition(".")
	holder = import_module(module)
	core = getattr(holder, name)
	ours = make(core)
	setattr(holder, name, ours)
	for known in (frappe.whitelisted, frappe.guest_methods, frappe.xss_safe_methods):
		if core in known:
			known[known.index(core)] = ours
	methods = frappe.allowed_http_methods_for_whitelisted_func
	methods[ours] = methods.pop(core)
