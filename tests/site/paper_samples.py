"""Every paper that the app makes, each of a record for which it has an effect."""

from collections.abc import Iterator

import frappe
from frappe.model.workflow import apply_workflow

from rtc_conciliation.awards import ranking_pdf
from rtc_conciliation.calls import notice_pdf
from rtc_conciliation.common.papers import print_pdf
from rtc_conciliation.plan import papers, pdf
from tests.site import bombs, evaluated, factories, values
from tests.site.factories import MANAGER, OFFICER, acting

APPLICATION, CHECK, REQUEST = "RTC Application", "RTC Formal Check", "RTC Integration Request"


def print_formats() -> Iterator[tuple]:
	"""(record, print format) of each of our print formats."""
	yield factories.member("Admitted"), "RTC Adhesion Certificate"
	yield rejected_member(), "RTC Adhesion Refusal"
	partners = factories.application_values()["partners"]
	partners[0].update(cofinancing_cash=28765.5, cofinancing_in_kind=1234.5)
	partners[1]["contact_email"] = "segreteria.amministrativa@cooperativasociale-di-prova.example.org"
	partners[1]["activities"] = "Doposcuola e accompagnamento " * 8
	indicators = [{"indicator": "Famiglie seguite", "target": 12}]
	sent = factories.application("Submitted", indicators=indicators, partners=partners)
	yield sent, "RTC Application"
	yield sent, "RTC Application Receipt"
	answered = factories.integration("Answered", introduction="Gentile capofila")
	yield answered, "RTC Integration Letter"
	yield answered, "RTC Integration Answer"
	yield factories.application("Admissible"), "RTC Admissibility Letter"
	refused = factories.application("Under Formal Check")
	check = factories.pass_checks(refused.name, row_1="Manca la firma", row_2="Delega scaduta")
	with acting(OFFICER):
		check.notice_sent_on = frappe.utils.today()
		check.save()
	yield check, "RTC Notice of Refusal"
	with acting(MANAGER):
		refused = apply_workflow(frappe.get_doc(APPLICATION, refused.name), "Declare Not Admissible")
	yield refused, "RTC Non-Admissibility Letter"
	for outcome in factories.DECIDED:
		decided = factories.application(outcome)
		yield decided, "RTC Outcome Letter"
	yield frappe.get_doc("RTC Ranking", decided.ranking), "RTC Award Act"
	yield factories.plan(sections=sections_with_pictures()), "RTC Plan"
	yield review(), "RTC Review"


def rejected_member():
	doc = factories.member("Under Review", index=4)
	with acting(MANAGER):
		doc.update({"decision_reason": "Manca lo statuto", "workflow_state": "Rejected"})
		doc.save()
	return doc


def review():
	call = evaluated.closed_call()
	[name] = evaluated.evaluate(call, [{}])
	return frappe.get_doc("RTC Review", f"{name}-{evaluated.THREE[0][:4]}")


def sections_with_pictures() -> list[dict]:
	with acting(OFFICER):
		address = factories.upload("mappa.png", bombs.picture(20, 20))
	text = f'<p>Prima <img src="{address}" alt="La mappa della rete"> dopo</p><p><img src="{address}"></p>'
	first, *others = (dict(row) for row in values.PLAN_SECTIONS)
	cells = (
		'<table><tbody><tr><th>Uno</th><th>Due</th></tr><tr><td colspan="2">Insieme</td></tr></tbody></table>'
	)
	return [{**first, "content": text + cells}, *others]


def pdfs() -> Iterator[tuple[str, bytes]]:
	"""(what it is, the PDF) of each paper."""
	for doc, print_format in print_formats():
		yield f"{print_format} {doc.get('workflow_state') or ''}", print_pdf.get_pdf(doc, print_format)
	plan = frappe.get_last_doc("RTC Plan")
	yield "Plan Draft", pdf.make_pdf(papers.rtc_plan_paper(plan), plan)
	factories.walk_plan(plan)
	plan.reload()
	yield "Plan Approved", pdf.make_pdf(papers.rtc_plan_paper(plan), plan)
	call = evaluated.closed_call("PROVA-PDF")
	evaluated.evaluate(call, [{"marks": [(50, 30)] * 3}, {"marks": [(10, 5)] * 3}, {"requested": 90000}])
	yield "Ranking", ranking_pdf.make(evaluated.computed(call))
	yield "Notice of a call", notice_pdf.make_pdf(factories.call())
