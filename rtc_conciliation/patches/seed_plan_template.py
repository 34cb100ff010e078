"""Sites from before the templates get the standard one, theirs to edit from then on."""

from rtc_conciliation.setup.reference import seed_plan_template


def execute():
	seed_plan_template()
