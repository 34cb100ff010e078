"""The pages of an application: its form, its receipt once sent, and the list of one's own."""

import frappe
from frappe import _
from frappe.utils import cint, format_datetime, quoted

from rtc_conciliation import rules
from rtc_conciliation.access import colleagues
from rtc_conciliation.applications import (
	copies,
	draft_removal,
	partner_confirmations,
	pending_actions,
	profile,
	receipts,
	sending,
	unread_values,
)
from rtc_conciliation.applications.drafts import COLUMNS, DOCTYPE, WEB_FORM, get_amounts, get_values, to_form
from rtc_conciliation.calls import open_calls
from rtc_conciliation.common import applicant_steps, findings, privacy
from rtc_conciliation.common.files.records import get_file_names
from rtc_conciliation.common.papers import downloads
from rtc_conciliation.common.papers import fields as paper_fields
from rtc_conciliation.common.web import fields, page
from rtc_conciliation.rules.application import progress as rules_of_steps
from rtc_conciliation.rules.plain_text import as_typed

LIST = "rtc_conciliation/templates/applications/list.html"
RECEIPT = "RTC Application Receipt"
PAPER = "RTC Application"
PAGE_LENGTH = 20
TOTALS = ("total_cost", "requested_contribution", "cofinancing_amount", "cofinancing_percent", "other_income")


def show(context) -> None:
	page.require_login()
	frappe.has_permission(DOCTYPE, "read", throw=True)
	if frappe.form_dict.is_list:
		show_list(context)
	else:
		show_form(context)


def show_form(context) -> None:
	form = context.doc
	doc = get_application() if frappe.form_dict.name else None
	editable = may_write(doc) and not frappe.form_dict.is_read
	opened = open_calls.list_open_calls()
	offered = list(opened) if editable else []
	if doc and doc.call not in offered:
		offered.append(doc.call)
	first, notice = (get_values(receipts.restore_sent(doc)), "") if doc else get_first_values(offered)
	page.show_page(
		context,
		lambda: get_common_settings(form),
		{
			"mode": "write" if editable else "read",
			"person": frappe.session.user,
			"title": _(form.title) if doc else _("New Application"),
			"page_title": name_page(doc),
			"introduction": _(form.introduction_text) if editable else "",
			"calls": [open_calls.get_choice(name) for name in offered],
			"values": first,
			"files": get_file_names(DOCTYPE, doc.name) if doc else {},
			"notice": notice,
			"privacy": privacy.get_title(),
			"copies": bool(doc) and may_write(None) and bool(opened),
			"record": describe_record(doc) if doc else None,
			"report": get_report(doc) if doc and editable else None,
		},
	)


def name_page(doc) -> str:
	"""Title of the page: among many open ones it says which this is."""
	if not doc:
		return _("New Application")
	title = as_typed(doc.title)
	if cint(doc.docstatus):
		return _("Application {0}: {1}").format(doc.name, title)
	return _("Draft: {0}").format(title)


def get_report(doc) -> dict:
	"""What the live check would say of `doc` as it was saved."""
	report = findings.get_stored_report(doc) or rules.Report()
	return {**to_form(report, doc.meta), "amounts": get_amounts(doc), "unread": unread_values.to_form(doc)}


def get_application():
	"""The application that the address names, if the reader may see it."""
	if not frappe.db.exists(DOCTYPE, frappe.form_dict.name):
		raise frappe.PageDoesNotExistError()
	doc = frappe.get_doc(DOCTYPE, frappe.form_dict.name)
	doc.check_permission("read")
	return doc


def may_write(doc) -> bool:
	if doc is None:
		return bool(frappe.has_permission(DOCTYPE, "create"))
	return cint(doc.docstatus) == 0 and bool(doc.has_permission("write"))


def get_common_settings(form) -> dict:
	return {
		"form": "application",
		"route": form.route,
		"button": _(form.button_label),
		"pages": fields.get_pages(form, COLUMNS),
		"options": fields.get_shared_lists(),
	}


def get_first_values(offered: list[str]) -> tuple[dict, str]:
	"""What a new application begins with, and what there is to say about it."""
	wanted = frappe.form_dict.get("call")
	call = wanted if wanted in offered else offered[0] if len(offered) == 1 else None
	if source := frappe.form_dict.get("copy"):
		values, left = copies.copy_values(source, open_calls.get_choice(call) if call else None)
		told = _("Copied from {0}. Look it over: these were not copied: {1}.").format(source, ", ".join(left))
		return values, told
	return {**profile.get_first_values(), **({"call": call} if call else {})}, ""


def describe_record(doc) -> dict:
	"""State and receipt of `doc`, and what its applicant can do next."""
	sent = cint(doc.docstatus) > 0
	news = pending_actions.collect_news([doc] if sent else [])
	return {
		"name": doc.name,
		"modified": str(doc.modified),
		"title": as_typed(doc.title),
		"state": doc.workflow_state,
		"state_label": _(doc.workflow_state),
		"sent": sent,
		"can_edit": may_write(doc),
		"can_send": may_send(doc),
		"shared": colleagues.is_shared(doc.name),
		"steps": applicant_steps.collect_steps([doc])[doc.name],
		"can_delete": draft_removal.may_delete(doc),
		"can_withdraw": doc.workflow_state == "Submitted" and may_send(doc) and sending.may_withdraw(doc),
		"confirmations": partner_confirmations.to_form(doc),
		"sent_on": format_datetime(doc.sent_on, "d MMMM yyyy, HH:mm:ss") if doc.sent_on else "",
		"digest": doc.digest or "",
		"protocol": doc.protocol_number or "",
		"reason": doc.decision_reason or "",
		"receipt": get_paper_address(doc, RECEIPT) if sent else "",
		"paper": get_paper_address(doc, PAPER),
		"requests": news["requests"].get(doc.name, []),
		"award": news["award"].get(doc.name),
		"files": receipts.sent_files(doc) if sent else [],
		"amounts": get_amounts(doc),
		"totals": [[row["label"], row["value"]] for row in paper_fields.get_pairs(doc, *TOTALS)],
		"verify": f"/verifica?numero={quoted(doc.name)}&impronta={doc.digest}" if sent else "",
	}


def may_send(doc) -> bool:
	user = frappe.session.user
	return colleagues.is_applicant(doc.name, user) or colleagues.can(doc.name, "submit", user)


def get_paper_address(doc, print_format: str) -> str:
	if not frappe.db.exists("Print Format", print_format):
		return ""
	return downloads.get_pdf_address(DOCTYPE, doc.name, print_format)


def show_list(context) -> None:
	"""Own applications and those shared with oneself: what waits for the reader, then the last changed; `?start=` pages on."""
	start = max(cint(frappe.form_dict.get("start")), 0)
	user = frappe.session.user
	rows = frappe.get_list(
		DOCTYPE,
		or_filters={"applicant": user, "name": ("in", colleagues.list_shared(user) or [""])},
		fields=[
			"title",
			"applicant",
			"docstatus",
			"blocking_findings",
			*applicant_steps.COLUMNS,
		],
		order_by="modified desc",
		limit_page_length=0,
	)
	steps = applicant_steps.collect_steps(rows)
	rows = sorted(rows, key=lambda row: rules_of_steps.get_urgency(steps[row.name]))[start:]
	context.rtc_rows = describe_rows(rows[:PAGE_LENGTH], context.doc.route, steps)
	context.rtc_next = start + PAGE_LENGTH if len(rows) > PAGE_LENGTH else 0
	context.rtc_previous = max(start - PAGE_LENGTH, 0) if start else None
	context.rtc_open_calls = [open_calls.get_choice(name) for name in open_calls.list_open_calls()]
	context.rtc_has_profile = bool(profile.get_own())
	context.title = _(context.doc.list_title)
	page.render_plain(context, LIST)


def describe_rows(rows: list, route: str, steps: dict[str, list[dict]]) -> list:
	"""`rows` with what the page shows of each; one query for each kind of thing, whatever their number."""
	names = [row.name for row in rows]
	wanted, people = pending_actions.describe_pending(rows), colleagues.get_names(names)
	news = pending_actions.collect_news(rows)
	owners = {"name": ("in", [row.applicant for row in rows] or [""])}
	authors = dict(frappe.get_all("User", owners, ["name", "full_name"], as_list=True))
	for row in rows:
		call = frappe.get_cached_doc("RTC Call", row.call)
		row.call_title = call.title
		row.title = as_typed(row.title)
		row.state_label = _(row.workflow_state)
		row.asked = wanted.get(row.name, "")
		row.requests = [one for one in news["requests"].get(row.name, ()) if one["waiting"]]
		row.award = news["award"].get(row.name)
		row.step = None if row.asked else applicant_steps.get_current(steps[row.name])
		row.colleagues = people.get(row.name, [])
		row.changed = format_datetime(row.modified, "d MMM yyyy, HH:mm")
		row.address = f"/{route}/{quoted(row.name)}" + ("" if row.docstatus else "/edit")
		row.shared_by = authors.get(row.applicant, "") if row.applicant != frappe.session.user else ""
	return rows


FORMS = {WEB_FORM: show}
