"""Tables saved as text, as Italian offices save them; what a box ticked, and a number that Excel spoilt, looks like."""

import codecs
from pathlib import Path

import pytest

from rtc_conciliation.common import cells
from rtc_conciliation.common.files import tables
from rtc_conciliation.rules import tax_codes

CASES = Path(__file__).resolve().parents[1] / "cases"
HEADINGS = {"programma", "ente", "pec"}.__contains__
ROWS = [["Programma", "Ente", "PEC"], ["Rete, 2026", "Società «Però»; così è – ONLUS", "a@x.it"]]


def saved(separator: str, codec: str, mark: bytes = b"") -> bytes:
	quoted = (separator.join(f'"{cell}"' for cell in row) for row in ROWS)
	return mark + "\r\n".join(quoted).encode(codec)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
	("codec", "mark", "name"),
	[
		("utf-8", b"", "UTF-8"),
		("utf-8", codecs.BOM_UTF8, "UTF-8"),
		("utf-16-le", codecs.BOM_UTF16_LE, "UTF-16"),
		("utf-16-be", codecs.BOM_UTF16_BE, "UTF-16"),
		("cp1252", b"", "Windows-1252"),
		("mac_roman", b"", "Macintosh"),
	],
)
def test_encoding_and_separator_are_found_and_told(separator, codec, mark, name):
	table = tables.read(saved(separator, codec, mark), HEADINGS)
	assert (table.rows, table.encoding, table.separator) == (ROWS, name, separator)


@pytest.mark.parametrize(
	"text", ["Società", "perché", "Forlì", "però", "Carità più €uro", "“Rete” – D’Amico"]
)
def test_one_italian_word_is_enough(text):
	assert tables.decode(text.encode("cp1252")) == (text, "Windows-1252")
	assert tables.decode(text.encode()) == (text, "UTF-8")


@pytest.mark.parametrize("text", ["Società", "Perché", "Forlì", "però", "più"])
def test_what_ms_dos_writes(text):
	assert tables.decode(text.encode("cp850")) == (text, "MS-DOS (850)")


@pytest.mark.parametrize("name", ["aderenti_comma_cp1252.csv", "aderenti_excel_it_semicolon_cp1252.csv"])
def test_lists_that_excel_saved(name):
	table = tables.read((CASES / name).read_bytes(), {"programme", "tax_code"}.__contains__)
	assert (table.encoding, len(table.rows[1])) == ("Windows-1252", 15)
	assert "Società Cooperativa Sociale “Però” – ONLUS" in table.rows[2][2]


def test_without_known_headings_the_rows_of_one_width_say_the_separator():
	content = b"Elenco delle spese\nOperatore;10;25,50\nAffitto, luce;1;1.200,00\n"
	assert tables.read(content, HEADINGS).separator == ";"
	assert tables.read(b"", HEADINGS).rows == []


def test_the_line_that_excel_obeys_is_no_row_of_the_table():
	table = tables.read(b"sep=|\r\nPEC|Ente\r\nx;y|z\r\n", HEADINGS)
	assert (table.separator, table.rows) == ("|", [[], ["PEC", "Ente"], ["x;y", "z"]])


def test_headings_below_a_title():
	rows = [["Elenco degli enti"], [], ["PEC"], ["n.", "PEC ", "*Ente"], ["1", "a@x.it", "Comune"]]
	assert cells.find_headings(rows, HEADINGS) == 3
	assert cells.find_headings([["n.", "PEC"]], HEADINGS) is None
	assert cells.find_headings([], HEADINGS) is None


@pytest.mark.parametrize("cell", ["Sì", "si", "SI'", "sì.", "S", "X", "x", "VERO", "1", 1, True, "✓", "Yes"])
def test_a_box_that_is_ticked(cell):
	assert cells.read_tick(cell) is True


@pytest.mark.parametrize("cell", ["No", "N", "FALSO", "0", 0, False, "-"])
def test_a_box_that_is_not(cell):
	assert cells.read_tick(cell) is False


@pytest.mark.parametrize("cell", ["forse", "2", "sì e no"])
def test_a_box_that_nobody_can_tell(cell):
	assert cells.read_tick(cell) is None


def test_a_number_that_a_spreadsheet_spoilt():
	assert all(map(tax_codes.is_shortened, ["9.40001E+10", "9,4E+10", " 9e+10 "]))
	assert not any(map(tax_codes.is_shortened, ["94000010168", "E+10", "", None, "12E3"]))
	assert tax_codes.restore_zeros("4114400163") == "04114400163"
	assert [tax_codes.restore_zeros(code) for code in ("4114400164", "04114400163", "", None)] == [""] * 4


COLUMNS = [
	{"fieldname": "application", "label": "Domanda", "kind": "text"},
	{"fieldname": "cup", "label": "CUP", "kind": "text"},
	{"fieldname": "cor", "label": "COR", "kind": "text"},
]
NEEDED = (("application",), ("cup", "cor"))


def test_a_title_above_the_headings_is_told_and_left_out():
	told = cells.understand_grid([["Codici", "2026"], ["CUP", "Domanda"], ["C1", "D1"]], COLUMNS, 9, NEEDED)
	assert (told.rows, told.lines) == ([{"cup": "C1", "application": "D1"}], [3])
	assert [(problem.kind, problem.row, problem.value) for problem in told.problems] == [
		("above", 1, "Codici 2026")
	]


def test_a_table_without_a_needed_column_is_not_read():
	told = cells.understand_grid([["Domanda", "Ente", "Application"], ["D1", "x", "y"]], COLUMNS, 9, NEEDED)
	assert told.rows == []
	assert [(problem.kind, problem.value) for problem in told.problems] == [("missing", "CUP / COR")]
