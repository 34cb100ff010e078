"""A whole call lived: forty applications, five evaluators, two conflicts, ties, a pot that runs out, a renunciation.

What is expected is worked out by hand. Application n has 95 − n points (60 − n for quality and 35 for the actions) but for
those told below; each asks 30,000 euro, the second 45,000 and the fifth 15,000, so that the first sixteen take 480,000.
"""

import frappe
from frappe.model.workflow import apply_workflow

from rtc_conciliation.awards import decision_page as document
from tests.site import factories
from tests.site.evaluated import approve, closed_call, evaluate, states_of
from tests.site.factories import DIRECTOR, OFFICER

FIVE = ("uno@rtc.test", "due@rtc.test", "tre@rtc.test", "quattro@rtc.test", "cinque@rtc.test")
ALERT = 15
#: number of each application, best first: the 11th equals the 10th and has more for its actions, the 21st the 20th and
#: has more co-financing, the 31st the 30th and came before it; the 33rd was withdrawn
ORDER = [
	1,
	2,
	3,
	4,
	5,
	6,
	7,
	8,
	9,
	11,
	10,
	12,
	13,
	14,
	15,
	16,
	17,
	18,
	19,
	21,
	20,
	22,
	23,
	24,
	25,
	26,
	27,
	28,
	29,
	31,
	30,
]
ORDER += [32, 34, 35]
FUNDED = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 10, 12, 13, 14, 15, 16, 17]


def stories() -> list[dict]:
	told = [{"requested": 30000, "marks": [(60 - n, 35)] * 5} for n in range(1, 41)]

	def tell(n: int, **values):
		told[n - 1].update(values)

	tell(2, requested=45000)
	tell(5, requested=15000)
	tell(3, marks=[(55, 35), None, (59, 35), (55, 35), (59, 35)])  # 57 on average
	tell(7, marks=[(53, 35), (53, 33), (53, 37), (53, 35), None])
	tell(4, marks=[(60, 35)] * 4 + [(40, 35)])  # 56 on average, 20 points apart
	tell(11, marks=[(49, 36)] * 5)
	tell(20, marks=[(40, 35)] * 5, cofinancing_amount=30000, total_cost=60000)
	tell(21, marks=[(40, 35)] * 5, cofinancing_amount=40000, total_cost=70000)
	for n in (30, 31):
		tell(n, marks=[(30, 35)] * 5, sent_on=f"2026-02-{40 - n} 10:00:00")
	tell(33, workflow_state="Withdrawn", docstatus=2)
	tell(39, marks=[(60, 9)] * 5)
	tell(40, marks=[], workflow_state="Not Admissible", decision_reason="Manca l'accordo di partenariato.")
	return told


def test_a_call_from_the_marks_to_the_scrolling():
	call = closed_call("VISSUTA", endowment=500000, partial_funding=1, spread_alert=ALERT)
	names = evaluate(call, stories(), FIVE)
	number = {name: n for n, name in enumerate(names, 1)}
	with factories.acting(OFFICER):
		doc = factories.make("RTC Ranking", {"call": call})
		assert doc.compute() == ["Progetto 4"]
		last = doc.entries[16]
		assert (number[last.application], last.offered, last.granted) == (17, 20000, 0)
		last.partial_accepted = "Accepted"
		doc.save()
		apply_workflow(doc, "Propose")
	with factories.acting(DIRECTOR):
		doc = approve(doc)

	assert [number[row.application] for row in doc.entries] == [*ORDER, 39, 36, 37, 38, 40]
	assert [row.position for row in doc.entries] == [*range(1, 35), 0, 0, 0, 0, 0]
	assert [number[row.application] for row in doc.entries if row.outcome == "Funded"] == FUNDED
	granted = {number[row.application]: row.granted for row in doc.entries if row.granted}
	assert granted == {**dict.fromkeys(FUNDED, 30000), 2: 45000, 5: 15000, 17: 20000}
	reasons = {number[row.application]: row.reason for row in doc.entries}
	assert reasons[11] == reasons[10] == "A pari punteggio: precedenza secondo il criterio «Azioni»."
	assert reasons[21].startswith("A pari punteggio: precedenza secondo la quota di cofinanziamento.")
	assert reasons[30].startswith("A pari punteggio: precedenza secondo l'ora di arrivo.")
	assert reasons[35] == "Risorse esaurite: la dotazione finisce alla posizione 17."
	assert reasons[36] == "Punteggio 59,00 sotto la soglia di 60."
	assert reasons[39] == "Criterio «Azioni»: 9,00 punti, sotto il minimo di 10."
	assert reasons[40] == "Manca l'accordo di partenariato."
	expected = dict.fromkeys(ORDER, "Eligible Not Funded") | dict.fromkeys(FUNDED, "Funded")
	expected |= {**dict.fromkeys((36, 37, 38, 39), "Below Threshold"), 33: "Withdrawn", 40: "Not Admissible"}
	assert states_of(names) == [expected[n] for n in range(1, 41)]

	budget = document.assemble_decision(doc)["budget"]
	assert (budget["assigned"], budget["residue"], budget["end"]) == ("500000.00", "0.00", 17)
	assert (budget["funded"], budget["waiting"], budget["refused"]) == (17, 17, 5)
	assert {row["evaluator"] for row in document.assemble_decision(doc)["conflicts"]} == {
		"due@rtc.test",
		"cinque@rtc.test",
	}

	frappe.db.set_value("RTC Application", names[0], "acceptance_state", "Renounced")
	with factories.acting(OFFICER):
		scrolling = frappe.get_doc("RTC Ranking", doc.make_scrolling())
		assert scrolling.pot == 30000 and scrolling.held == 470000
		assert [(row.position, row.outcome) for row in scrolling.entries[:2]] == [
			(18, "Funded"),
			(19, "Eligible Not Funded"),
		]
		apply_workflow(scrolling, "Propose")
	with factories.acting(DIRECTOR):
		approve(scrolling)
	assert states_of([names[17], names[18]]) == ["Funded", "Eligible Not Funded"]
