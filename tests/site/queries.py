"""Counting what is asked of the database."""

import contextlib

import frappe


@contextlib.contextmanager
def at_most_queries(most: int):
	count, sql = 0, frappe.db.sql

	def counted(*args, **kwargs):
		nonlocal count
		count += 1
		return sql(*args, **kwargs)

	frappe.db.sql = counted
	try:
		yield
	finally:
		frappe.db.sql = sql
		assert count <= most
