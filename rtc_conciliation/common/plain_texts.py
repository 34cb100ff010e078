"""`doc_events` of every record: what people write is kept as text, whatever it looks like and at whichever step.

Nothing of it can run where core's desk puts it into a page as it is stored (`rules.plain_text` says how). Texts of the
editor keep a short list of tags. Records of core lose what core's own cleaner passes because it parses as JSON.
"""

import frappe
from frappe import _
from frappe.utils import escape_html
from frappe.utils.html_utils import is_json

from rtc_conciliation.access.sql import MODULE
from rtc_conciliation.common.papers import richtext
from rtc_conciliation.rules.plain_text import disarm, holds_markup

#: what a program writes and none shows as HTML
CODE = frozenset({"Code", "JSON"})
EDITED = frozenset({"Text Editor", "HTML Editor", "Markdown Editor"})
WRITTEN = frozenset({"Data", "Small Text", "Text", *EDITED})
FILES = frozenset({"Attach", "Attach Image"})
QUOTES = str.maketrans({"<": "%3C", ">": "%3E", '"': "%22"})
#: what people without the desk say of themselves; core shows some of it unescaped inside attributes
PEOPLE = frozenset({"User", "Contact"})
SAID_OF_THEMSELVES = frozenset(
	"first_name middle_name last_name full_name username phone mobile_no location interest bio company_name "
	"designation department".split()
)
#: of core too, shown as HTML beside our records
SPOKEN = frozenset({"Comment", "Communication"})
NO_FILE_NAME = frozenset('<>"')


class FileNameError(frappe.ValidationError):
	pass


def keep_plain(doc, method=None) -> None:
	"""`before_validate`, and where a step does not go through it: `before_cancel`, `before_update_after_submit`."""
	keep = keep_ours if doc.meta.module == MODULE else keep_of_core
	for row in (doc, *doc.get_all_children()):
		for fieldname, value in suspects(row):
			df = row.meta.get_field(fieldname)
			if df and (kept := keep(df, value)) != value:
				row.set(fieldname, kept)
	if doc.doctype in PEOPLE:
		keep_names(doc)
	elif doc.doctype == "File":
		validate_file_name(doc.file_name or "")


def suspects(row) -> list[tuple[str, str]]:
	"""The values of a row that can hold markup at all: of most rows, none."""
	return [
		(name, value)
		for name, value in vars(row).items()
		if type(value) is str and ("<" in value or "&" in value)
	]


def keep_ours(df, value: str) -> str:
	if df.fieldtype in CODE:
		return value
	if df.fieldtype in EDITED:
		return richtext.clean_html(value)
	return value.translate(QUOTES) if df.fieldtype in FILES else disarm(value)


def keep_of_core(df, value: str) -> str:
	"""Only what core's own cleaner lets pass unseen."""
	trusted = df.get("ignore_xss_filter") and df.parent not in SPOKEN
	if df.fieldtype not in WRITTEN or trusted or not (holds_markup(value) and is_json(value)):
		return value
	return richtext.clean_html(value)


def keep_names(doc) -> None:
	for fieldname in SAID_OF_THEMSELVES:
		if isinstance(value := doc.get(fieldname), str):
			doc.set(fieldname, disarm(value).replace('"', "”"))


def validate_file_name(name: str) -> None:
	if NO_FILE_NAME & set(name):
		frappe.throw(
			_(
				"The name of the file {0} has one of the characters {1}. Rename it and upload it again."
			).format(frappe.bold(escape_html(name[:140])), escape_html('< > "')),
			FileNameError,
			title=_("Name of the File"),
		)
