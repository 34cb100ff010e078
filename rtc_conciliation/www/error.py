"""The page of what broke down: core's says what happened, ours says it in the frame of the site."""

import sys

from frappe.www import error as of_core

from rtc_conciliation.common.papers import issued

no_cache = 1


def get_context(context):
	"""A paper that was asked for too early, or is not given out, says why: nothing broke down."""
	refusal = sys.exc_info()[1]
	if isinstance(refusal, issued.REFUSALS):
		context.refusal = str(refusal)
		return context
	return of_core.get_context(context)
