"""What if the available funds were another? The same order with another amount, held against the ranking; nothing is stored."""

import frappe
from frappe import _

from rtc_conciliation.awards import compute as records
from rtc_conciliation.common.papers.plain_values import to_amount, to_money
from rtc_conciliation.rules.values import to_amount as readable

TEMPLATE = "rtc_conciliation/templates/awards/ranking_trial.html"


class TrialError(frappe.ValidationError):
	pass


def render_trial(ranking: str, pot: str) -> str:
	"""HTML of what other available funds (euro, with a decimal point) would change; whoever reads the ranking may ask."""
	doc = frappe.get_doc("RTC Ranking", ranking)
	doc.check_permission("read")
	return frappe.render_template(TEMPLATE, {"data": try_amount(doc, pot)})


def try_amount(doc, pot) -> dict:
	"""{"pot", "before": {"pot", "assigned", "residue", "funded"}, "after": {...}, "changes": [{"position", "title",
	"lead", "before", "after", "reason"}]}; amounts are text."""
	value = readable(pot)
	if value is None:
		frappe.throw(
			_("{0} is no amount: write the available funds in euro, from 0 up.").format(
				frappe.bold(frappe.utils.escape_html(str(pot)[:40]))
			),
			TrialError,
			title=_("Check the Available Funds"),
		)
	rows = [records.get_entry_values(row) for row in doc.entries]
	after = records.allocate_funds(doc, rows, value, records.get_answers(doc))
	return {
		"before": get_sums(doc.pot, rows),
		"after": get_sums(value, after),
		"changes": [
			{
				"position": now["position"],
				"title": now["application_title"],
				"lead": now["lead_name"],
				"before": then["outcome"],
				"after": now["outcome"],
				"granted_before": to_money(then["granted"]),
				"granted_after": to_money(now["granted"]),
				"reason": now["reason"],
			}
			for then, now in zip(rows, after, strict=True)
			if (then["outcome"], to_money(then["granted"]), to_money(then["offered"]))
			!= (now["outcome"], to_money(now["granted"]), to_money(now["offered"]))
		],
	}


def get_sums(pot, rows: list[dict]) -> dict:
	assigned = sum((to_amount(row["granted"]) for row in rows), to_amount(0))
	return {
		"pot": to_money(pot),
		"assigned": to_money(assigned),
		"residue": to_money(to_amount(pot) - assigned),
		"funded": sum(row["outcome"] == records.FUNDED for row in rows),
	}
