"""Holes of Frappe's snapshot of August 2023 that the official releases have closed since, closed here in our own words.

Only devsite's web server loads it, and only over that snapshot: on any other Frappe it changes nothing. Each closing has
its test in tests/site/access/test_core_ways_in.py, which official releases pass without it."""

import frappe

SNAPSHOT = "15.0.0-dev"


def is_served() -> bool:
	return frappe.__version__ == SNAPSHOT


def close_holes() -> None:
	from devsite.snapshot import methods, queries

	queries.close()
	methods.close()
