"""Under which names the site answers, and which one its mails and pages carry: never what a request calls it.

Core makes addresses from the request's Host unless `host_name` is in site_config.json.
"""

from urllib.parse import urlsplit

import click
import frappe
from frappe import _
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
#: tells nothing of the site and makes no address; what looks whether the machine lives asks by its number
PING = "/api/method/ping"
MISDIRECTED = 421


def guard() -> None:
	"""`before_request`. With `host_name`, another name gets no answer; without, addresses carry the site's name."""
	if not get_configured():
		frappe.local.conf.host_name = get_own_address()
	elif frappe.request.path != PING and get_name(frappe.request.host) not in get_names():
		refuse_host()


def get_configured() -> str:
	return frappe.conf.get("host_name") or frappe.conf.get("hostname") or ""


def get_own_address() -> str:
	"""By the bench's custom a site is called as its domain is."""
	https = frappe.get_request_header("X-Forwarded-Proto") == "https" or frappe.conf.get("ssl_certificate")
	return f"{'https' if https else 'http'}://{frappe.local.site}"


def get_names() -> set[str]:
	domains = [
		row.get("domain") if isinstance(row, dict) else row for row in frappe.conf.get("domains") or ()
	]
	own = get_configured()
	known = (own if "//" in own else f"//{own}", f"//{frappe.local.site}", *(f"//{name}" for name in domains))
	return {urlsplit(address).hostname or "" for address in known} | LOOPBACK


def get_name(host: str) -> str:
	"""A Host header without its port and last dot, "-" if it is none."""
	try:
		return (urlsplit(f"//{host}").hostname or "-").rstrip(".")
	except ValueError:
		return "-"


def refuse_host() -> None:
	text = _("This site does not answer to the name that was asked for.")
	raise HTTPException(response=Response(text, MISDIRECTED, mimetype="text/plain"))


def tell_missing() -> None:
	"""At the end of an installation and of a migration."""
	if not get_configured():
		click.secho(
			f"{frappe.local.site} has no host_name: its mails lead to http://{frappe.local.site}. If people reach it "
			f"otherwise: bench --site {frappe.local.site} set-config host_name https://…",
			fg="yellow",
		)
