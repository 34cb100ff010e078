"""The act with which the ATS opened the network, for whoever joins: its number and day, and where it can be read."""

import frappe
from frappe import _

from rtc_conciliation.common.files import records, scans
from rtc_conciliation.common.files.guard import FileContentError
from rtc_conciliation.common.italian import rtc_day
from rtc_conciliation.common.rate_limits import count
from rtc_conciliation.common.web import page_cache
from rtc_conciliation.rules.plain_text import as_typed

ROUTE = "delibera/"
FILE = "ats_act_file"
#: programmes whose act everybody may read
SHOWN = ("Active", "Closed")
WEB = ("https://", "http://")


def describe_act(programme) -> dict:
	"""{"text", "address"} of the act of a programme, neither escaped; {} where the office wrote none."""
	if not programme.ats_act:
		return {}
	number, day = as_typed(programme.ats_act), programme.ats_act_date
	text = _("{0} dated {1}").format(number, rtc_day(day)) if day else number
	return {"text": text, "address": get_address(programme)}


def get_address(programme) -> str:
	"""Of the office's own file, else where it stands in the web; "" without either."""
	if programme.get(FILE):
		return f"/{ROUTE}{frappe.utils.quoted(programme.name)}.pdf"
	address = programme.ats_act_url or ""
	return address if address.startswith(WEB) else ""


def get_act_page(rest: str) -> tuple[str | bytes, int]:
	"""The file of a programme that is public, whoever asks: publication is what the office put it there for."""
	count("act of the ATS", 60)
	found = find_file(rest.removesuffix(".pdf"))
	if found:
		return found, 200
	return page_cache.render_message(_("Page Not Found"), [_("This act is not published here.")]), 404


def find_file(name: str) -> bytes | None:
	if not frappe.db.exists("RTC Programme", {"name": name, "status": ("in", SHOWN)}):
		return None
	programme = frappe.get_cached_doc("RTC Programme", name)
	address = programme.get(FILE)
	if not address or scans.is_closed(address):
		return None
	found = records.get_content(programme, address)
	return found and found[1]


def claim_act_file(programme) -> None:
	"""A file of the office's own, which becomes the programme's; only a PDF is shown to everybody."""
	address = programme.get(FILE)
	if not address:
		return
	if not address.lower().endswith(".pdf"):
		frappe.throw(
			_("{0}: only a PDF can be published here. Save the act as PDF.").format(
				frappe.bold(_(programme.meta.get_label(FILE)))
			),
			FileContentError,
			title=_("File Refused"),
		)
	records.claim_file(programme, records.get_rows_at([address]).get(address, []), programme, FILE)


PAGES = {ROUTE: get_act_page}
