"""One body that takes the place of another from a day on: a fusion of municipalities, an incorporation.

Both stay as they were until then, and so does what is told of any day before. Two records of one body are another
thing: they are merged (`network.mergers`). The successor takes over the relations of the other by law (art. 1 cc. 124 and
following L. 56/2014, art. 2504-bis c.c.), so also its membership.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days, escape_html, format_date, getdate

from rtc_conciliation.access.fields import allow
from rtc_conciliation.access.roles import require_manager
from rtc_conciliation.common import clock, locks
from rtc_conciliation.common.web.arguments import read_day
from rtc_conciliation.rules.network import membership

ORGANISATION, MEMBER = "RTC Organisation", "RTC Member"
FIELDS = ("succeeded_by", "succeeded_on", "succession_act_number", "succession_act_date")
#: what the successor's adhesion takes from the record of the successor
IDENTITY = (
	"organisation_name organisation_type tax_code vat_number runts_section runts_number address postal_code "
	"municipality territory pec email phone website legal_representative legal_representative_tax_code "
	"legal_representative_office contact_person contact_email contact_phone"
).split()


class SuccessionError(frappe.ValidationError):
	pass


def record_succession(source: str, successor: str, succeeded_on: str, act_number: str, act_date: str) -> dict:
	"""`successor` stands in the place of `source` from `succeeded_on` on; RTC Manager only.

	The memberships of `source` end the day before, by the act; where the successor is no member it takes them over.
	Returns {"ended": [adhesion], "taken_over": [adhesion], "seats": [title of a body in which the other still sits]}.
	Raises PermissionError, SuccessionError or the refusal of a step.
	"""
	require_manager()
	locks.take_turn(MEMBER)
	old, new = (frappe.get_doc(ORGANISATION, name) for name in (source, successor))
	for doc in (old, new):
		doc.check_permission("write")
	first = read_day(succeeded_on)
	act = {"act_number": (act_number or "").strip(), "act_date": read_day(act_date)}
	validate_succession(old, new, first, act)
	ended = list_memberships(old.name, first)
	taken_over = [row for row in ended if row.workflow_state == membership.ADMITTED]
	for row in ended:
		end_membership(row.name, new, first, act)
	waiting = [row for row in taken_over if not has_adhesion(new, row.programme)]
	made = [take_over(row, new, first, act) for row in waiting]
	old.update({"succeeded_by": new.name, "succeeded_on": first})
	old.update({"succession_act_number": act["act_number"], "succession_act_date": act["act_date"]})
	allow(old, *FIELDS)
	old.save()
	return {"ended": [row.name for row in ended], "taken_over": made, "seats": count_seats(old.name, first)}


def validate_succession(old, new, first: date, act: dict) -> None:
	problem = None
	if old.name == new.name:
		problem = _("An organisation cannot succeed itself. Choose the one that takes its place.")
	elif old.succeeded_by:
		problem = _("{0} was succeeded already, by {1} from {2}.").format(
			bold_name(old), frappe.bold(escape_html(old.succeeded_by)), format_date(old.succeeded_on)
		)
	elif new.succeeded_by:
		problem = _("{0} was itself succeeded by {1}: choose that one.").format(
			bold_name(new), frappe.bold(escape_html(new.succeeded_by))
		)
	elif first > clock.now().date():
		problem = _("The succession begins on {0}: record it on that day.").format(format_date(first))
	elif not act["act_number"]:
		problem = _("Write number and date of the act or law by which {0} takes the place of {1}.").format(
			bold_name(new), bold_name(old)
		)
	if problem:
		refuse_succession(problem)


def refuse_succession(message: str) -> None:
	frappe.throw(message, SuccessionError, title=_("Succession Not Recorded"))


def bold_name(doc) -> str:
	return frappe.bold(escape_html(doc.organisation_name))


def list_memberships(organisation: str, first: date) -> list:
	"""Its adhesions that are not over on `first`; those of a programme that was over by then stay as they ended."""
	programmes = frappe.get_all(
		"RTC Programme", {"end_date": (">=", first)}, pluck="name", limit_page_length=0
	)
	return frappe.get_all(
		MEMBER,
		filters={
			"organisation": organisation,
			"programme": ("in", programmes or [""]),
			"workflow_state": ("in", (membership.ADMITTED, membership.SUSPENDED)),
		},
		fields=["name", "programme", "workflow_state", "channel", "wants_comitato", "wants_community"],
		order_by="name",
		limit_page_length=0,
	)


def end_membership(name: str, new, first: date, act: dict) -> None:
	"""Its last day is the one before; a membership that began later is refused by the step."""
	doc = frappe.get_doc(MEMBER, name)
	doc.update(
		{
			"valid_to": add_days(first, -1),
			"step_act_number": act["act_number"],
			"step_act_date": act["act_date"],
			"decision_reason": _("Succeeded by {0}").format(new.organisation_name),
			"workflow_state": membership.ENDED,
		}
	)
	doc.save()


def has_adhesion(organisation, programme: str) -> bool:
	table = frappe.qb.DocType(MEMBER)
	same = (table.organisation == organisation.name) | (table.tax_code == organisation.tax_code)
	query = frappe.qb.from_(table).select(table.name).where(same & (table.programme == programme))
	return bool(query.where(table.workflow_state.notin(membership.OVER)).limit(1).run())


def take_over(row, new, first: date, act: dict) -> str:
	"""The membership goes on as the successor's, from its first day."""
	doc = frappe.new_doc(MEMBER)
	doc.update({field: new.get(field) for field in IDENTITY})
	# nobody of the successor used the form of the site
	channel = "PEC" if row.channel == "Web" else row.channel
	doc.update(
		{"programme": row.programme, "organisation": new.name, "channel": channel, "valid_from": first}
	)
	doc.update({"wants_comitato": row.wants_comitato, "wants_community": row.wants_community, **act})
	missing = [df.label for df in doc.meta.fields if df.reqd and not df.default and not doc.get(df.fieldname)]
	if missing:
		refuse_succession(
			_("{0} takes over the membership: fill in {1} in its record first.").format(
				bold_name(new), frappe.bold(", ".join(_(label) for label in missing))
			)
		)
	doc.flags.confirmed_from_previous = True
	allow(doc, "organisation")
	return doc.insert().name


def count_seats(organisation: str, first: date) -> list[str]:
	rows = frappe.get_all(
		"RTC Body Seat",
		filters={"organisation": organisation, "parenttype": "RTC Body"},
		fields=["parent", "to_date"],
		limit_page_length=0,
	)
	bodies = sorted({row.parent for row in rows if not row.to_date or getdate(row.to_date) >= first})
	return frappe.get_all("RTC Body", {"name": ("in", bodies or [""])}, pluck="title", order_by="title")


def refuse_succeeded(organisation: str, day) -> None:
	"""Nobody becomes a member under the record of a body that another one had succeeded by then."""
	old = frappe.get_doc(ORGANISATION, organisation)
	if old.succeeded_by and getdate(day) >= getdate(old.succeeded_on):
		frappe.throw(
			_("{0} was succeeded by {1} from {2}: register the adhesion of that body.").format(
				bold_name(old), frappe.bold(escape_html(old.succeeded_by)), format_date(old.succeeded_on)
			),
			SuccessionError,
			title=_("Organisation Succeeded"),
		)
