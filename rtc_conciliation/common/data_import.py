"""Data Import of this app's records row by row: the good rows come in, the others are told by their number.

Core imports nothing at all where a Link or a Select has one value that the site does not know. Here such a row is
refused by itself, as core does with every other wrong row: it stands in the Import Log and among the errored rows.
The file is read by `common.import_files`.
"""

import json

import frappe
from frappe import _
from frappe.core.doctype.data_import import data_import as of_core
from frappe.core.doctype.data_import.importer import INSERT, Importer
from frappe.utils import cint
from frappe.utils.background_jobs import enqueue, is_job_enqueued
from frappe.utils.scheduler import is_scheduler_inactive

from rtc_conciliation.access.sql import MODULE
from rtc_conciliation.common.files import child, scans
from rtc_conciliation.common.import_files import ImportTable

DOCTYPE = "Data Import"
#: in a parsed row: why it stays out
REFUSED = "_refused"
SECONDS = 10000
READER = "rtc_conciliation.common.files.workbooks:open_whole"


class RowRefusedError(frappe.ValidationError):
	pass


class WorkbookError(frappe.ValidationError):
	pass


class ImportOfTables(of_core.DataImport):
	"""Takes the place of core's: what it saves, shows, imports and gives back as errored rows is read one way."""

	def get_importer(self):
		if frappe.get_meta(self.reference_doctype).module != MODULE:
			return super().get_importer()
		return RowByRow(self.reference_doctype, self)


class RowByRow(Importer):
	"""Core's importer, with a reader of its own, told to judge each row by itself."""

	def __init__(self, doctype: str, data_import):
		"""As core's, which names its own reader in here."""
		self.doctype, self.import_type = doctype, data_import.import_type
		self.data_import, self.console = data_import, False
		self.template_options = frappe.parse_json(data_import.template_options or "{}")
		self.import_file = ImportTable(
			self.doctype,
			data_import.google_sheets_url or data_import.import_file,
			self.template_options,
			self.import_type,
		)

	def import_data(self):
		self.import_file.require_columns()
		parse = self.import_file.get_payloads_for_import
		self.import_file.get_payloads_for_import = lambda: self.judged(parse())
		log = super().import_data()
		if log and not any(row.success for row in log):
			self.data_import.db_set("status", "Error")  # older cores leave it as it was
		return log

	def judged(self, payloads: list) -> list:
		"""The rows, those that cannot come in marked with the reason; core has no objection left to the file."""
		for payload in payloads:
			reasons = [warning["message"] for row in payload.rows for warning in is_blocking(row.warnings)]
			if reasons:
				payload.doc[REFUSED] = list(dict.fromkeys(reasons))
			payload.doc.update(dict.fromkeys(self.unsaid()))
		for part in (*self.import_file.header.columns, *self.import_file.data):
			part.warnings = [warning for warning in part.warnings if warning.get("type") == "info"]
		return payloads

	def unsaid(self) -> list[str]:
		"""Check boxes that the file of new records has no column for: core would take them for switched off."""
		if self.import_type != INSERT:
			return []
		here = {
			column.df.fieldname
			for column in self.import_file.header.columns
			if column.df and column.df.parent == self.doctype
		}
		boxes = frappe.get_meta(self.doctype).get("fields", {"fieldtype": "Check"})
		return [df.fieldname for df in boxes if df.fieldname not in here and not cint(df.default)]

	def process_doc(self, doc):
		if reasons := doc.pop(REFUSED, None):
			frappe.throw(reasons, RowRefusedError, title=_("Row Not Imported"), as_list=True)
		return super().process_doc(doc)


def is_blocking(warnings: list[dict]) -> list[dict]:
	return [warning for warning in warnings if warning.get("type") != "info"]


def guard_file(doc, method=None) -> None:
	"""`before_validate` of Data Import: core reads the whole workbook in the web process, each time it is shown."""
	validate_weight(doc.import_file)


@frappe.whitelist()
def get_preview(data_import: str, import_file: str | None = None, google_sheets_url: str | None = None):
	"""Takes the place of core's, which also reads a file that was not saved yet."""
	validate_weight(import_file)
	return of_core.get_preview_from_template(data_import, import_file, google_sheets_url)


def validate_weight(file_url: str | None) -> None:
	"""WorkbookError when the file at `file_url` is a workbook that takes too long to read."""
	is_workbook = bool(file_url) and file_url.lower().endswith((".xlsx", ".xls"))
	name = is_workbook and frappe.db.get_value("File", {"file_url": file_url})
	if not name:
		return
	content = scans.get_bytes(frappe.get_doc("File", name)) or b""
	try:
		child.read(READER, content, child.WORKBOOK)
	except child.TooHeavyError:
		frappe.throw(
			_(
				"The workbook takes too long to read: it has too many rows or columns, or empty ones below the table. Copy the table into a new workbook, save it as .xlsx and choose that one."
			),
			WorkbookError,
			title=_("File Refused"),
		)


@frappe.whitelist(methods=["POST"])
def start_import(data_import: str) -> bool:
	"""Takes the place of core's `form_start_import`; True when the import has begun."""
	doc = frappe.get_doc(DOCTYPE, data_import)
	doc.check_permission("write")
	if frappe.get_meta(doc.reference_doctype).module != MODULE:
		return doc.start_import()
	now = frappe.conf.developer_mode or frappe.flags.in_test
	if is_scheduler_inactive() and not now:
		frappe.throw(_("Scheduler is inactive. Cannot import data."), title=_("Scheduler Inactive"))
	job_id = f"data_import::{doc.name}"
	if is_job_enqueued(job_id):
		return False
	doc.get_importer().import_file.require_columns()
	enqueue(run_import, queue="default", timeout=SECONDS, job_id=job_id, data_import=doc.name, now=now)
	return True


def run_import(data_import: str) -> None:
	"""The background job."""
	doc = frappe.get_doc(DOCTYPE, data_import)
	try:
		RowByRow(doc.reference_doctype, doc).import_data()
	except Exception as error:  # noqa: BLE001 (the import's page says it)
		frappe.db.rollback()
		doc.db_set({"status": "Error", "template_warnings": json.dumps([{"message": get_reason(error)}])})
		doc.log_error("Data import failed")
	finally:
		frappe.flags.in_import = False
	frappe.publish_realtime("data_import_refresh", {"data_import": doc.name})


def get_reason(error: Exception) -> str:
	"""What the page of the import says under its warnings."""
	if isinstance(error, frappe.ValidationError) and str(error):
		return str(error)
	return _("The import broke off: the Error Log says where. What had come in until then stays.")
