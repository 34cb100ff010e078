"""Who sits in the panels of the demo, and how far their marks are apart."""

from decimal import Decimal

from rtc_conciliation.setup.demo.data.users import EVALUATOR, SECOND_EVALUATOR, SUBSTITUTE, THIRD_EVALUATOR

MEMBERS = (
	{"user": EVALUATOR, "office": "Chair"},
	{"user": SECOND_EVALUATOR, "office": "Member"},
	{"user": THIRD_EVALUATOR, "office": "Member"},
	{"user": SUBSTITUTE, "office": "Substitute"},
)
REVIEWERS = (EVALUATOR, SECOND_EVALUATOR, THIRD_EVALUATOR)
#: from the score of the story, so that their mean is that score
SHIFTS = (Decimal("0"), Decimal("3.75"), Decimal("-3.75"))
NOTE = "Giudizio motivato nel verbale della seduta."
FIRST_ACT = {"act_number": "148/2026 (dato dimostrativo)", "act_date": "2026-07-10"}
FIRST_APPOINTED_ON = "2026-07-10 10:00:00"
SECOND_ACT_NUMBER = "221/2026 (dato dimostrativo)"
MINUTES = (
	"<p>La commissione si insedia, prende atto dell'assenza di conflitti di interessi e valuta le domande ammesse"
	" sulla griglia della manifestazione.</p>"
)
