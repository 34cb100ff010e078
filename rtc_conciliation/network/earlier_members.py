"""The members of an earlier cycle, presumed confirmed, brought into the network of a new programme at once."""

from datetime import date

import frappe
from frappe import _
from frappe.utils import escape_html, getdate, strip_html_tags

from rtc_conciliation.access.fields import allow
from rtc_conciliation.access.roles import require_manager
from rtc_conciliation.common import notices
from rtc_conciliation.common.web.arguments import read_day
from rtc_conciliation.network.composition import get_tables, list_members, query_periods
from rtc_conciliation.rules.network.membership import OVER, SUSPENDED

DOCTYPE = "RTC Member"
#: more than these are brought over by a background job
AT_ONCE = 50
#: what belongs to the earlier adhesion alone is left behind: form, protocol, act, history
COPIED = (
	"organisation channel organisation_name organisation_type tax_code vat_number runts_section runts_number "
	"address postal_code municipality territory pec email phone website legal_representative "
	"legal_representative_tax_code legal_representative_office contact_person contact_email contact_phone "
	"offers wants_comitato wants_community privacy_accepted privacy_accepted_on privacy_notice_version"
).split()


class ConfirmationError(frappe.ValidationError):
	pass


def confirm_members(
	from_programme: str, to_programme: str, act_number: str, act_date: str, valid_from: str | None = None
) -> dict:
	"""Admit to `to_programme` whoever belonged to `from_programme` on its last day; RTC Manager only.

	`valid_from` is the first day of the programme by default. Returns {"confirmed": n, "left_out": [{"name",
	"reason"}]}, or {"queued": n} when a background job does it, which then notifies the user. Raises
	PermissionError or ConfirmationError.
	"""
	require_manager()
	frappe.has_permission(DOCTYPE, "create", throw=True)
	earlier, later = (frappe.get_doc("RTC Programme", name) for name in (from_programme, to_programme))
	for programme in (earlier, later):
		programme.check_permission("read")
	first = read_day(valid_from) if valid_from else getdate(later.start_date)
	check_programmes(earlier, later, act_number, act_date, first)
	act = {"act_number": act_number.strip(), "act_date": read_day(act_date).isoformat()}
	number = len(list_members(earlier.name, getdate(earlier.end_date)))
	if number > AT_ONCE:
		frappe.enqueue(
			"rtc_conciliation.network.earlier_members.confirm_in_background",
			queue="long",
			timeout=3600,
			enqueue_after_commit=True,
			from_programme=earlier.name,
			to_programme=later.name,
			act=act,
			valid_from=first.isoformat(),
		)
		return {"queued": number}
	return admit_all(earlier.name, later.name, act, first)


def check_programmes(earlier, later, act_number: str, act_date: str, first: date) -> None:
	problem = None
	if earlier.name == later.name:
		problem = _("The two programmes are the same. Choose the earlier one.")
	elif getdate(earlier.start_date) >= getdate(later.start_date):
		problem = _("{0} does not begin before {1}. Choose the earlier one.").format(
			frappe.bold(escape_html(earlier.title)), frappe.bold(escape_html(later.title))
		)
	elif not (act_number or "").strip() or not act_date:
		problem = _("Write number and date of the act with which the members are confirmed.")
	elif not getdate(later.start_date) <= first <= getdate(later.end_date):
		problem = _("The first day of membership lies outside the programme {0}.").format(
			frappe.bold(escape_html(later.title))
		)
	if problem:
		frappe.throw(problem, ConfirmationError, title=_("Members Not Confirmed"))


def confirm_in_background(from_programme: str, to_programme: str, act: dict, valid_from: str) -> None:
	"""The background job; tells the user who asked for it how it went."""
	result = admit_all(from_programme, to_programme, act, getdate(valid_from))
	lines = "".join(
		f"<li><b>{escape_html(row['name'])}</b>: {escape_html(row['reason'])}</li>"
		for row in result["left_out"]
	)
	notices.notify_users(
		[frappe.session.user],
		"RTC Programme",
		to_programme,
		_("Members confirmed: {0}; left out: {1}").format(result["confirmed"], len(result["left_out"])),
		email_content=f"<ul>{lines}</ul>" if lines else "",
	)


def admit_all(from_programme: str, to_programme: str, act: dict, first: date) -> dict:
	last_day = getdate(frappe.db.get_value("RTC Programme", from_programme, "end_date"))
	confirmed, left_out = 0, list_suspended(from_programme, last_day)
	there = get_adhesions(to_programme)
	members = list_members(from_programme, last_day)
	known = {
		row.name: row
		for row in frappe.get_all(
			DOCTYPE,
			filters={"name": ("in", [row["adhesion"] for row in members] or [""])},
			fields=["name", *COPIED],
			limit_page_length=0,
		)
	}
	for member in members:
		row = known[member["adhesion"]]
		if row.tax_code in there or row.organisation in there:
			reason = _("Already has an adhesion to the programme.")
		else:
			reason = admit_member(row, to_programme, act, first)
		if reason:
			left_out.append({"name": row.organisation_name, "adhesion": row.name, "reason": reason})
		else:
			confirmed += 1
	return {"confirmed": confirmed, "left_out": left_out}


def admit_member(row, programme: str, act: dict, first: date) -> str | None:
	"""None when the member is in the new programme, else why not; nothing is left of what failed."""
	doc = frappe.new_doc(DOCTYPE)
	doc.update({field: row.get(field) for field in COPIED})
	doc.update({"programme": programme, "confirmed_from_previous": 1, "valid_from": first, **act})
	doc.flags.confirmed_from_previous = True
	allow(doc, *COPIED)
	frappe.db.savepoint("confirmation")
	told = len(frappe.local.message_log)
	try:
		doc.insert()
	except frappe.ValidationError as error:
		frappe.db.rollback(save_point="confirmation")
		del frappe.local.message_log[told:]
		return strip_html_tags(str(error)) or type(error).__name__
	return None


def list_suspended(programme: str, on_date: date) -> list[dict]:
	member, _period = get_tables()
	rows = (
		query_periods(programme, SUSPENDED, on_date)
		.select(member.name.as_("adhesion"), member.organisation_name.as_("name"))
		.orderby(member.organisation_name)
		.run(as_dict=True)
	)
	return [{**row, "reason": _("Suspended on the last day of the earlier programme.")} for row in rows]


def get_adhesions(programme: str) -> set[str]:
	"""Tax codes and organisations that have an adhesion to `programme` which is still open or admitted."""
	rows = frappe.get_all(
		DOCTYPE,
		filters={"programme": programme, "workflow_state": ("not in", OVER)},
		fields=["tax_code", "organisation"],
		limit_page_length=0,
	)
	return {value for row in rows for value in (row.tax_code, row.organisation) if value}
