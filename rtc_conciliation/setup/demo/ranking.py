"""The ranking of the first call: computed from the reviews, proposed, approved by the director, published."""

import frappe

from rtc_conciliation.setup.demo.acting import acting, edit, make, step
from rtc_conciliation.setup.demo.data import calls
from rtc_conciliation.setup.demo.data.users import DIRECTOR, MANAGER, OFFICER


def decide(call: str) -> None:
	ranking = make("RTC Ranking", {"call": call}, OFFICER, calls.RANKED_ON)
	with acting(OFFICER, calls.RANKED_ON):
		ranking.compute()
	step(ranking, "Propose", OFFICER, calls.RANKED_ON)
	edit(ranking, DIRECTOR, calls.DECIDED_ON, **calls.RANKING_ACT)
	step(ranking, "Approve", DIRECTOR, calls.DECIDED_ON)
	step(frappe.get_doc("RTC Ranking", ranking.name), "Publish", MANAGER, calls.RANKING_PUBLISHED_ON)
