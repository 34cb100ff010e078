"""How often one address may ask something of a public page.

Core's `rate_limit` answers with another status in each version, and without saying how long to wait.
"""

from collections.abc import Callable
from functools import wraps

import frappe
from frappe import _


class TooManyAttemptsError(frappe.TooManyRequestsError):
	"""HTTP 429."""


class HostileError(frappe.ValidationError):
	"""Refused as what no person does by mistake: it counts against the address."""


def limited(name: str, most: int, seconds: int = 60) -> Callable:
	"""Decorator: at most `most` calls in `seconds` from one address; below `frappe.whitelist`."""

	def decorate(function: Callable) -> Callable:
		@wraps(function)
		def wrapper(*args, **kwargs):
			count(name, most, seconds)
			return function(*args, **kwargs)

		return wrapper

	return decorate


def limited_success(name: str, most: int, seconds: int = 60) -> Callable:
	"""The same, but a form that its sender has to correct is not counted: a whole office may share an address."""

	def decorate(function: Callable) -> Callable:
		@wraps(function)
		def wrapper(*args, **kwargs):
			count(name, most, seconds)
			try:
				return function(*args, **kwargs)
			except (HostileError, frappe.TooManyRequestsError):
				raise
			except frappe.ValidationError:
				take_back(name)
				raise

		return wrapper

	return decorate


def count(name: str, most: int, seconds: int = 60) -> None:
	"""Count one more; raises TooManyAttemptsError once there were more than `most` in the running `seconds`."""
	said = _("Too many attempts came from your address. Wait {0} minutes and try again.")
	add(of_address(name), most, seconds, said)


def take_back(name: str) -> None:
	"""What `count` counted last; nothing where its time has run out meanwhile."""
	key = frappe.cache.make_key(f"rl:{of_address(name)}")
	if frappe.cache.ttl(key) > 0:
		frappe.cache.decrby(key, 1)


def of_address(name: str) -> str:
	return f"{name}:{getattr(frappe.local, 'request_ip', None) or 'local'}"


def count_caller(name: str, most: int, seconds: int = 60) -> None:
	"""The same for each account, and for a guest by their address; what no request asks for is not counted."""
	if not getattr(frappe.local, "request", None):
		return
	if frappe.session.user == "Guest":
		count(name, most, seconds)
		return
	said = _("You asked for this too often. Wait {0} minutes and try again.")
	add(f"{name}:{frappe.session.user}", most, seconds, said)


def add(key: str, most: int, seconds: int, said: str) -> None:
	key = frappe.cache.make_key(f"rl:{key}")
	number = frappe.cache.incrby(key, 1)
	if number == 1:
		frappe.cache.expire(key, seconds)
	if number > most:
		frappe.throw(said.format(max(seconds // 60, 1)), TooManyAttemptsError, title=_("Too many requests"))
