"""What no request of this site may be, what is settled before anything else looks at it, and what an error tells."""

import json
import unicodedata

import frappe
from werkzeug.exceptions import NotFound

from rtc_conciliation.access import roles
from rtc_conciliation.common.web import address, host

#: of an error's answer; core writes them for who develops, some before any hook is asked
FOR_DEVELOPERS = ("exc", "exception", "_exc_source", "_debug_messages")
LOGIN = "/api/method/login"


def guard() -> None:
	"""`before_request`."""
	refuse_control_characters()
	host.guard()
	address.set_client_address()
	keep_traceback()


def refuse_control_characters() -> None:
	"""No address has them; core puts an address into a header of the answer, and a line break there is its end."""
	path = frappe.request.path
	if not path.isprintable() and any(unicodedata.category(letter) == "Cc" for letter in path):
		raise NotFound


def keep_traceback() -> None:
	"""Where a program stands and how it is made is told to those with the desk only."""
	if not has_desk():
		frappe.local.flags.disable_traceback = True


def hide_traceback(response=None, request=None) -> None:
	"""`after_request`: the same, where an error came before any hook, as at a login; and no login tells who exists."""
	if not response or response.status_code < 400 or response.mimetype != "application/json" or has_desk():
		return
	told = json.loads(response.get_data() or "{}")
	for key in FOR_DEVELOPERS:
		told.pop(key, None)
	if request.path == LOGIN or frappe.form_dict.get("cmd") == "login":
		told["exc_type"] = frappe.AuthenticationError.__name__
	response.set_data(json.dumps(told))


def has_desk() -> bool:
	user = (getattr(frappe.local, "session", None) and frappe.session.user) or "Guest"
	return user != "Guest" and roles.has_desk(user)
