"""Tests on a real site.

Frappe opens log files beside the folder that it runs in, some as soon as a module of it is imported: so the site is
there, and that folder the sites', before anything is imported with it."""

import os
from importlib import import_module

import frappe

from devsite.testing import paths


def begin() -> None:
	where, here = paths(), os.getcwd()
	os.chdir(where.sites)
	if not getattr(frappe.local, "site", None):
		frappe.init(where.test_site, sites_path=str(where.sites))
	import_module("frappe.utils.pdf")
	os.chdir(here)


begin()
