"""The page of what broke down: core's says what happened, ours says it in the frame of the site."""

from frappe.www import error as of_core

no_cache = 1


def get_context(context):
	return of_core.get_context(context)
