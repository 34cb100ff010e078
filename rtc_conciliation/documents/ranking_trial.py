"""What if the pot were another? The same order with another amount, held against the ranking; nothing is stored."""

import frappe
from frappe import _

from rtc_conciliation.documents.figures import amount, money
from rtc_conciliation.records import ranking as records
from rtc_conciliation.rules.values import amount as readable

TEMPLATE = "rtc_conciliation/templates/includes/ranking_trial.html"


class TrialError(frappe.ValidationError):
	pass


@frappe.whitelist(methods=["GET"])
def trial(ranking: str, pot: str) -> str:
	"""HTML of what another pot (euro, with a decimal point) would change; whoever reads the ranking may ask."""
	doc = frappe.get_doc("RTC Ranking", ranking)
	doc.check_permission("read")
	return frappe.render_template(TEMPLATE, {"data": tried(doc, pot)})


def tried(doc, pot) -> dict:
	"""{"pot", "before": {"pot", "assigned", "residue", "funded"}, "after": {...}, "changes": [{"position", "title",
	"lead", "before", "after", "reason"}]}; amounts are text."""
	value = readable(pot)
	if value is None:
		frappe.throw(
			_("{0} is no amount: write the pot in euro, from 0 up.").format(
				frappe.bold(frappe.utils.escape_html(str(pot)[:40]))
			),
			TrialError,
			title=_("Check the Pot"),
		)
	rows = [records.entry_values(row) for row in doc.entries]
	after = records.share_out(doc, rows, value, records.answers(doc))
	return {
		"before": sums(doc.pot, rows),
		"after": sums(value, after),
		"changes": [
			{
				"position": now["position"],
				"title": now["application_title"],
				"lead": now["lead_name"],
				"before": then["outcome"],
				"after": now["outcome"],
				"granted_before": money(then["granted"]),
				"granted_after": money(now["granted"]),
				"reason": now["reason"],
			}
			for then, now in zip(rows, after, strict=True)
			if (then["outcome"], money(then["granted"]), money(then["offered"]))
			!= (now["outcome"], money(now["granted"]), money(now["offered"]))
		],
	}


def sums(pot, rows: list[dict]) -> dict:
	assigned = sum((amount(row["granted"]) for row in rows), amount(0))
	return {
		"pot": money(pot),
		"assigned": money(assigned),
		"residue": money(amount(pot) - assigned),
		"funded": sum(row["outcome"] == records.FUNDED for row in rows),
	}
