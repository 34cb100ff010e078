"""Doing things as somebody else, at another time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import frappe
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import get_datetime

from rtc_conciliation.common import clock

Moment = str | datetime | None


@contextmanager
def acting(user: str, at: Moment = None) -> Iterator[None]:
	"""Be `user`, and let the records believe that it is `at` (Europe/Rome; now when None)."""
	before = frappe.session.user
	become(user)
	try:
		with clock.use_time(get_datetime(at) if at else None):
			yield
	finally:
		become(before)


def become(user: str) -> None:
	"""Core forgets what it has cached with every change of user, so only when there is one."""
	if frappe.session.user != user:
		frappe.set_user(user)


@contextmanager
def undisturbed() -> Iterator[None]:
	"""Italian, no mail to invented people, and afterwards the session as it was."""
	before, lang, muted = frappe.session.user, frappe.local.lang, frappe.flags.mute_emails
	frappe.local.lang, frappe.flags.mute_emails = "it", True
	try:
		yield
	finally:
		frappe.local.lang, frappe.flags.mute_emails = lang, muted
		become(before)


def make(doctype: str, values: dict, user: str, at: Moment = None) -> Document:
	with acting(user, at):
		return frappe.get_doc({"doctype": doctype, **values}).insert()


def edit(doc: Document, user: str, at: Moment = None, **values) -> Document:
	with acting(user, at):
		fresh = frappe.get_doc(doc.doctype, doc.name)
		return fresh.update(values).save()


def step(doc: Document, action: str, user: str, at: Moment = None) -> Document:
	with acting(user, at):
		return apply_workflow(doc, action)
