"""What the common rooms know of the subjects: tables that hooks.py names, never an import."""

import frappe


def load_table(hook: str) -> dict:
	"""One dict of all that the paths of `hook` in hooks.py name; a later one has the last word."""
	table = {}
	for path in frappe.get_hooks(hook):
		table |= frappe.get_attr(path)
	return table


def call_all(hook: str) -> list:
	"""What each function answers that `hook` in hooks.py names, in that order."""
	return [frappe.get_attr(path)() for path in frappe.get_hooks(hook)]
