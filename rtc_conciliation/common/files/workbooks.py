"""Workbooks that people send, as rows of a table. Pure; runs in the child (`common.files.child`)."""

import io
import zipfile
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal

from rtc_conciliation.common import cells

DAMAGED, LARGE, STRANGE = "damaged", "large", "strange"
LARGEST_UNPACKED = 64 * 1024 * 1024


def understand(content: bytes, columns: list[dict], most: int, needed: tuple = ()) -> dict:
	"""{"problem": "" or DAMAGED, LARGE, STRANGE} and the fields of `cells.Understood`, of the first sheet."""
	problem = judge(content)
	if problem:
		return {"problem": problem}
	try:
		grid = grid_of(content)
	except MemoryError:
		raise
	except Exception:  # noqa: BLE001 (whatever a broken file makes of the reader)
		return {"problem": DAMAGED}
	return {"problem": "", **asdict(cells.understand_grid(grid, columns, most, needed))}


def judge(content: bytes) -> str:
	"""Too large when unpacked, or XML that defines entities of its own."""
	try:
		with zipfile.ZipFile(io.BytesIO(content)) as packed:
			parts = packed.infolist()
			if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
				return LARGE
			starts = [start(packed, part) for part in parts if part.filename.endswith((".xml", ".rels"))]
	except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
		return DAMAGED
	return STRANGE if any(b"<!DOCTYPE" in one or b"<!ENTITY" in one for one in starts) else ""


def start(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
	with packed.open(part) as opened:
		return opened.read(2000)


def grid_of(content: bytes) -> list[list]:
	"""The cells of the first sheet; a formula is the value that its program left, or `cells.Formula` without one."""
	values, formulas = (first_sheet(content, data_only) for data_only in (True, False))
	return [
		[cell(found, formula) for found, formula in zip(row, formula_row, strict=False)]
		for row, formula_row in zip(values, formulas, strict=False)
	]


def first_sheet(content: bytes, data_only: bool) -> list[tuple]:
	from openpyxl import load_workbook

	book = load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
	try:
		sheet = book.worksheets[0]
		sheet.reset_dimensions()  # what a file says of its size need not be so
		return list(sheet.iter_rows(max_row=cells.MOST_LINES, max_col=cells.MOST_COLUMNS, values_only=True))
	finally:
		book.close()


def open_whole(content: bytes) -> None:
	"""As core's Data Import does, which reads it all; what is wrong with the file core says itself."""
	from openpyxl import load_workbook
	from xlrd import open_workbook

	try:
		if not content.startswith(b"PK"):
			open_workbook(file_contents=content)
			return
		for _row in load_workbook(io.BytesIO(content), data_only=True).active.iter_rows(values_only=True):
			pass
	except MemoryError:
		raise
	except Exception:  # noqa: BLE001 (whatever a broken file makes of the reader)
		pass


def cell(value, formula):
	is_formula = isinstance(formula, str) and formula.startswith("=")
	if is_formula and value is None:
		return cells.Formula(formula)
	return (
		value if isinstance(value, str | int | float | Decimal | date | datetime) else cells.get_text(value)
	)
