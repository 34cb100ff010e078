"""Acts that went out before the names of the day were kept have those of now; what core noted of renamings is taken."""

import html
import re

import frappe
from frappe.utils import strip_html

from rtc_conciliation.access.states import STATE
from rtc_conciliation.common import kept_names

#: DocType → states in which nothing went out yet
NOT_ISSUED = {
	"RTC Call": ("Draft", "Approved"),
	"RTC Member": ("Received", "Under Review"),
	"RTC Ranking": ("Draft", "Proposed"),
}
#: "renamed from <b>old</b> to <b>new</b>", in any language
BOLD = re.compile(r"<(b|strong)>(.+?)</\1>")


def execute() -> None:
	if frappe.db.count(kept_names.DOCTYPE):
		return
	for doctype in kept_names.ISSUED:
		states = NOT_ISSUED.get(doctype, ("Draft",))
		for name in frappe.get_all(doctype, {STATE: ("not in", states)}, pluck="name", limit_page_length=0):
			keep_today(doctype, name)
	notices = {"notice_sent_on": ("is", "set")}
	for name in frappe.get_all(kept_names.FORMAL_CHECK, notices, pluck="name", limit_page_length=0):
		keep_today(kept_names.FORMAL_CHECK, name)
	keep_renamings()


def keep_today(doctype: str, name: str) -> None:
	kept_names.keep_names(
		doctype, name, kept_names.EARLIER, kept_names.get_issuer_today(frappe.get_doc(doctype, name))
	)


def keep_renamings() -> None:
	"""Core writes a comment of two names in bold type at each; of a merge, too."""
	doctypes = tuple(kept_names.get_names_in(kept_names.APPLICATION))
	filters = {"comment_type": "Edit", "reference_doctype": ("in", doctypes)}
	fields = ["reference_doctype", "content", "creation"]
	for comment in frappe.get_all("Comment", filters, fields, order_by="creation asc", limit_page_length=0):
		names = [html.unescape(strip_html(found[1])) for found in BOLD.findall(comment.content or "")]
		if len(names) == 2:
			old, new = names
			renamed = {"old": old, "new": new, "merged": 0}
			kept_names.keep_names(
				comment.reference_doctype, new, kept_names.RENAMED, renamed, comment.creation
			)
