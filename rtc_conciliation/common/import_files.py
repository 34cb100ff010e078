"""The file of a Data Import as core's importer takes it, read as offices here write it.

`common.files.tables` finds encoding, separator and headings, whatever stands above them. What a spreadsheet did to a
number is told by its row, and a tick may be written as people write it.
"""

import csv

import frappe
from frappe import _
from frappe.core.doctype.data_import.importer import (
	INSERT,
	ImportFile,
	build_fields_dict_for_column_matching,
	get_df_for_column_header,
)
from frappe.utils import escape_html

from rtc_conciliation.access.sql import MODULE
from rtc_conciliation.common import cells
from rtc_conciliation.common.files import scans, tables
from rtc_conciliation.common.identity import get_shortened_message
from rtc_conciliation.common.tables import load_table
from rtc_conciliation.common.web import sheets
from rtc_conciliation.rules import tax_codes

#: hook: DocType → columns that a file of new records needs though the form has a default for them
NEEDED_COLUMNS = "rtc_needed_columns"
#: hook: DocType → columns that it does not need, since the record fills them in
FILLED_COLUMNS = "rtc_filled_columns"
APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´′", "'"))
#: codes of so many digits
DIGITS = {"postal_code": 5}


class TableError(frappe.ValidationError):
	"""The file cannot be read as a table."""


class MissingColumnError(frappe.ValidationError):
	pass


class ImportTable(ImportFile):
	def get_data_from_template_file(self):
		if not self.file_doc or not self.file_doc.file_url.lower().endswith(".csv"):
			rows = super().get_data_from_template_file()
		else:
			rows = self.read_text(scans.get_bytes(self.file_doc) or b"")
		return [[tidy_cell(cell) for cell in row] for row in rows or []]

	def read_text(self, content: bytes) -> list[list]:
		try:
			table = tables.read(content, self.is_heading)
		except csv.Error:
			sheets.refuse_text(_("It is no table saved as CSV."))
		self.tell(sheets.read_as(table))
		return table.rows

	def parse_data_from_template(self):
		"""Core takes the first row that is not empty for the headings, and wants all rows of one length."""
		if not any(map(strip_row, self.raw_data)):
			frappe.throw(_("The file is empty."), TableError, title=_("File Refused"))
		above = cells.find_headings(self.raw_data, self.is_heading) or find_first_filled(self.raw_data)
		if above:
			self.tell(_("The headings are in row {0}; what stands above them is left out.").format(above + 1))
		rows = self.raw_data[above:]
		width = len(strip_row(rows[0]))
		self.raw_data = [fit_row(row, width) for row in rows]
		self.raw_data[0] = [self.name_column(cell) for cell in self.raw_data[0]]
		self.write_choices()
		super().parse_data_from_template()
		for row in (self.header, *self.data):
			row.index, row.row_number = row.index + above, row.row_number + above
		self.read_ticks()
		self.tell_spoilt()
		if missing := self.missing_columns():
			self.warnings.append({"message": tell_missing(missing), "type": "info"})

	def tell(self, message: str) -> None:
		self.warnings.append({"message": message, "type": "info"})

	# -- headings

	@property
	def known(self) -> dict:
		"""{heading in small letters: field} of all that core takes for a heading, made in today's language."""
		if not hasattr(self, "_known"):
			fields = build_fields_dict_for_column_matching(self.doctype)
			self._known = {cells.make_key(heading): df for heading, df in fields.items()}
		return self._known

	def is_heading(self, key: str) -> bool:
		return key in self.known

	def name_column(self, heading):
		"""A heading that differs only in capitals and blanks from one that core knows is that one."""
		if not heading or get_df_for_column_header(self.doctype, heading):
			return heading
		df = self.known.get(cells.make_key(heading))
		return df.fieldname if df and df.parent == self.doctype else heading

	def missing_columns(self) -> list[str]:
		"""Labels of the fields that new records need and the file has no column for."""
		if self.import_type != INSERT:
			return []
		here = {get_own_field(column.df) for column in self.columns if column.df and not column.skip_import}
		fields = frappe.get_meta(self.doctype).get("fields", {"reqd": 1, "read_only": 0})
		here |= set(load_table(FILLED_COLUMNS).get(self.doctype, ()))
		needed_too = load_table(NEEDED_COLUMNS).get(self.doctype, ())
		needed = [df for df in fields if not df.default or df.fieldname in needed_too]
		return [f"{_(df.label)} ({df.fieldname})" for df in needed if df.fieldname not in here]

	def require_columns(self) -> None:
		if missing := self.missing_columns():
			frappe.throw(tell_missing(missing), MissingColumnError, title=_("Columns Missing"))

	# -- values

	def write_choices(self) -> None:
		"""A value that is one of the choices but for capitals, blanks, apostrophes or language is that one."""
		for at, heading in enumerate(self.raw_data[0]):
			choices = get_choices(get_df_for_column_header(self.doctype, heading)) if heading else {}
			for row in self.raw_data[1:] if choices else ():
				row[at] = choices.get(fold_cell(row[at]), row[at])

	def read_ticks(self) -> None:
		for column in self.columns:
			if column.df and column.df.fieldtype == "Check":
				for row in self.data:
					self.read_tick(row, column)

	def read_tick(self, row, column) -> None:
		cell = row.data[column.index]
		if not cells.get_text(cell):
			return
		ticked = cells.read_tick(cell)
		if ticked is None:
			said = _("{0}: {1} is neither yes nor no. Write Sì or No, X or nothing, 1 or 0.")
			add_warning(row, column, said)
		else:
			row.data[column.index] = str(int(ticked))

	def tell_spoilt(self) -> None:
		"""Digits that a spreadsheet took: nobody can tell them from the file, so the row stays out."""
		for column in self.columns:
			if column.df and column.df.fieldtype == "Data":
				for row in self.data:
					if said := describe_spoilt(cells.get_text(row.data[column.index]), column.df.fieldname):
						add_warning(row, column, said)


def get_own_field(df) -> str:
	"""The record's own field that a column is for; of a column of a table, the table."""
	return df.child_table_df.fieldname if df.get("is_child_table_field") else df.fieldname


def get_choices(df) -> dict[str, str]:
	"""{folded: value} of a Select, or of a Link to a list of this app."""
	if df and df.fieldtype == "Select":
		options = [option for option in (df.options or "").split("\n") if option]
		return {fold_cell(_(option)): option for option in options} | {
			fold_cell(option): option for option in options
		}
	if df and df.fieldtype == "Link" and frappe.get_meta(df.options).module == MODULE:
		return {
			fold_cell(name): name for name in frappe.get_all(df.options, pluck="name", limit_page_length=0)
		}
	return {}


def fold_cell(cell) -> str:
	return cells.make_key(cells.get_text(cell)).translate(APOSTROPHES)


def describe_spoilt(text: str, fieldname: str) -> str:
	"""What is said of a value that lost digits; "" of others."""
	if tax_codes.is_shortened(text):
		return get_shortened_message()
	if text.isdigit() and len(text) < DIGITS.get(fieldname, 0):
		return _(
			"{0}: {1} has too few digits: a spreadsheet takes the zeros at the beginning away. Format the column as text, then write the number again."
		)
	return ""


def add_warning(row, column, said: str) -> None:
	value = frappe.bold(escape_html(cells.get_text(row.data[column.index])[:80]))
	row.warnings.append(
		{
			"row": row.row_number,
			"col": column.column_number,
			"message": said.format(frappe.bold(escape_html(_(column.df.label))), value),
		}
	)


def tell_missing(labels: list[str]) -> str:
	return _(
		"The file has no column {0}. Add it, with this heading, or choose with the button {1} which of the file's columns it is."
	).format(", ".join(frappe.bold(escape_html(label)) for label in labels), frappe.bold(_("Map Columns")))


def tidy_cell(cell):
	"""None where nothing is written; old workbooks keep whole numbers with a fraction of zero."""
	if isinstance(cell, str):
		return cell.strip() or None
	return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def find_first_filled(rows: list[list]) -> int:
	return next(at for at, row in enumerate(rows) if strip_row(row))


def strip_row(row: list) -> list:
	"""Without the empty cells behind the last that has something."""
	filled = [at for at, cell in enumerate(row) if cell is not None]
	return row[: filled[-1] + 1] if filled else []


def fit_row(row: list, width: int) -> list:
	return strip_row(row) + [None] * (width - len(strip_row(row)))
