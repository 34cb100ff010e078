"""Acts inside a site; run by the bench's own Python as `python -m devsite.site_setup <site> <act> <result file>`."""

import json
import sys
from importlib import import_module
from pathlib import Path

import frappe

WIZARD = {
	"language": "Italiano",
	"country": "Italy",
	"timezone": "Europe/Rome",
	"currency": "EUR",
	"full_name": "Amministratore",
	"enable_telemetry": 0,
}
SYSTEM = {
	"country": "Italy",
	"language": "it",
	"time_zone": "Europe/Rome",
	"date_format": "dd/mm/yyyy",
	"time_format": "HH:mm",
	"number_format": "#.###,##",
	"currency": "EUR",
	"currency_precision": "2",
	"first_day_of_the_week": "Monday",
	"rounding_method": "Commercial Rounding",
	"disable_system_update_notification": 1,
	"enable_telemetry": 0,
	"setup_complete": 1,
}
TESTS_LOG_IN_OFTEN = {"allow_consecutive_login_attempts": 1000}
TESTS_OPEN_MANY_SESSIONS = 1000


def finish_wizard() -> None:
	"""What the first person at a new desk answers: Italian, Italy, euro."""
	from frappe.desk.page.setup_wizard.setup_wizard import setup_complete

	known = frappe.get_all("Language", filters={"language_code": "it"}, pluck="language_name")
	answer = setup_complete({**WIZARD, "language": known[0] if known else "it"})
	if (answer or {}).get("status") not in (None, "ok"):
		raise SystemExit(f"The setup wizard failed: {answer}")
	write_system_settings()
	frappe.clear_cache()


def settle() -> None:
	"""After the app is there: its own set-up must not have changed the site's language, nor must later ones."""
	write_system_settings()
	# A guest gets the browser's language if it is among the enabled ones: here everybody gets Italian.
	language = frappe.qb.DocType("Language")
	if frappe.get_meta("Language").has_field("enabled"):
		frappe.qb.update(language).set(language.enabled, 0).where(language.name != "it").run()
	euro = {"enabled": 1, "number_format": "#.###,##", "symbol": "€", "fraction": "Cent"}
	frappe.db.set_value("Currency", "EUR", euro)
	frappe.db.set_default("currency", "EUR")
	frappe.db.set_value("User", "Administrator", {"language": "it", "time_zone": "Europe/Rome"})
	if frappe.get_meta("User").has_field("simultaneous_sessions"):
		frappe.db.set_value("User", "Administrator", "simultaneous_sessions", TESTS_OPEN_MANY_SESSIONS)
	# Frappe's own guided tours lie over the desk of everybody who is new to it.
	if frappe.get_meta("Form Tour").has_field("ui_tour"):
		tour = frappe.qb.DocType("Form Tour")
		frappe.qb.update(tour).set(tour.ui_tour, 0).where(tour.ui_tour == 1).run()
	frappe.db.commit()
	frappe.clear_cache()


def write_system_settings() -> None:
	settings = frappe.get_doc("System Settings")
	wanted = {**SYSTEM, **(TESTS_LOG_IN_OFTEN if frappe.conf.allow_tests else {})}
	fields = {name: value for name, value in wanted.items() if settings.meta.has_field(name)}
	settings.update(fields)
	settings.flags.ignore_mandatory = True
	settings.save(ignore_permissions=True)
	frappe.db.commit()


def demo_logins() -> list:
	"""The logins that the app's demo data made, if it tells them."""
	app = "rtc_conciliation"
	try:
		tell = import_module(f"{app}.setup.demo").logins
	except (ImportError, AttributeError):
		return []
	return [list(row) for row in tell()]


ACTS = {act.__name__: act for act in (finish_wizard, settle, demo_logins)}


def main(site: str, act: str, result: str) -> None:
	frappe.init(site=site, sites_path=str(Path.cwd()))
	frappe.connect()
	try:
		frappe.set_user("Administrator")
		Path(result).write_text(json.dumps(ACTS[act]()))
	finally:
		frappe.destroy()


if __name__ == "__main__":
	main(*sys.argv[1:4])
