"""The tags of a PDF as a program that reads aloud takes them: elements in their order, each with its text."""

import io
import itertools
import re
from collections.abc import Iterator

import pikepdf

SHOWS_TEXT = ("Tj", "TJ", "'", '"')
CELL = ("/ColSpan", "/RowSpan", "/Scope")
BFCHAR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
TAG = re.compile(r"/?(H)([1-6])$")


class Element:
	"""`alt` is its text in place of a picture, `attributes` what is said of it as a cell of a table."""

	def __init__(self, kind: str, kids: list, alt: str, attributes: dict):
		self.kind, self.kids, self.alt, self.attributes = kind, kids, alt, attributes

	@property
	def text(self) -> str:
		return "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)

	def walk(self) -> Iterator["Element"]:
		yield self
		for kid in self.kids:
			if isinstance(kid, Element):
				yield from kid.walk()

	def of(self, *kinds: str) -> list["Element"]:
		return [one for one in self.walk() if one.kind in kinds]


class Tags:
	"""`document` is the root; `loose` the texts that are no content; `problems` what is wrong with the marks."""

	def __init__(self, content: bytes):
		self.pdf = pikepdf.open(io.BytesIO(content))
		self.loose, self.problems = [], []
		self.texts = {page.objgen: self.marked_texts(page) for page in self.pdf.pages}
		self.taken: set[tuple] = set()
		self.links: set = set()
		root = self.pdf.Root.StructTreeRoot.K
		self.document = self.element(root[0] if isinstance(root, pikepdf.Array) else root, None)
		shown = {(page, mark) for page, texts in self.texts.items() for mark in texts}
		if missing := shown - self.taken:
			self.problems.append(f"marks that no element holds: {missing}")

	def element(self, values, page) -> Element:
		page = values.get("/Pg", page)
		kids = values.get("/K", pikepdf.Array())
		kids = kids if isinstance(kids, pikepdf.Array) else [kids]
		found = values.get("/A")
		said = dict(found.items()) if isinstance(found, pikepdf.Dictionary) else {}
		attributes = {key: str(said[key]) for key in CELL if key in said}
		kids = [self.kid(kid, page) for kid in kids]
		return Element(str(values.S).removeprefix("/"), kids, str(values.get("/Alt", "")), attributes)

	def kid(self, kid, page):
		if isinstance(kid, int):
			return self.content(page, kid)
		if str(kid.get("/Type")) == "/MCR":
			return self.content(kid.get("/Pg", page), int(kid.MCID))
		if str(kid.get("/Type")) == "/OBJR":
			self.links.add(kid.Obj.objgen)
			return ""
		return self.element(kid, page)

	def content(self, page, mark: int) -> str:
		place = (page.objgen, int(mark))
		if place in self.taken:
			self.problems.append(f"mark {mark} is held twice")
		self.taken.add(place)
		return self.texts[page.objgen].get(int(mark), "")

	def marked_texts(self, page) -> dict[int, str]:
		"""{number of the mark: its text} of a page."""
		fonts = {name: characters(font) for name, font in page.Resources.get("/Font", {}).items()}
		found: dict[int, str] = {}
		marks: list = []
		font = {}
		for operands, operator in pikepdf.parse_content_stream(page):
			name = str(operator)
			if name in ("BDC", "BMC"):
				marks.append(operands)
				if len(marks) > 1:
					self.problems.append(f"a mark in a mark: {operands}")
				if name == "BDC":
					found.setdefault(int(operands[1].MCID), "")
			elif name == "EMC":
				marks.pop()
			elif name == "Tf":
				font = fonts[str(operands[0])]
			elif name in SHOWS_TEXT:
				self.show(decoded(operands, font), marks, found)
		return found

	def show(self, text: str, marks: list, found: dict) -> None:
		if not marks:
			self.problems.append(f"text without a mark: {text}")
		elif len(marks[-1]) > 1:
			found[int(marks[-1][1].MCID)] += text
		else:
			self.loose.append(text)


def characters(font) -> dict[int, str]:
	"""{glyph: text} by the font's table for those who copy."""
	table = font.ToUnicode.read_bytes()
	return {
		int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
		for code, text in BFCHAR.findall(table)
	}


def decoded(operands, font: dict[int, str]) -> str:
	return "".join(font.get(code, "") for code in codes_of(operands))


def codes_of(operands) -> list[int]:
	"""The glyphs that an operator shows."""
	parts = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
	raw = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
	return [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]


def rows_of(table: Element) -> list[int]:
	"""How many columns each row of a table fills, cells that stretch over rows included."""
	widths, hanging = [], []
	for row in table.of("TR"):
		cells = [one for one in row.kids if isinstance(one, Element) and one.kind in ("TD", "TH")]
		spans = [tuple(int(one.attributes.get(key, 1)) for key in CELL[:2]) for one in cells]
		widths.append(sum(columns for columns, _rows in spans) + sum(columns for columns, _left in hanging))
		hanging = [(columns, left - 1) for columns, left in hanging if left > 1]
		hanging += [(columns, rows - 1) for columns, rows in spans if rows > 1]
	return widths


def problems_of(content: bytes) -> list[str]:
	"""What keeps a PDF from being read aloud in its order."""
	tags = Tags(content)
	found = list(tags.problems)
	levels = [int(one.kind[1]) for one in tags.document.walk() if TAG.match(one.kind)]
	if levels and levels[0] != 1:
		found.append(f"the first heading is H{levels[0]}")
	found += [
		f"H{after} after H{before}" for before, after in itertools.pairwise(levels) if after > before + 1
	]
	for table in tags.document.of("Table"):
		if len(set(rows_of(table))) > 1:
			found.append(f"rows of {rows_of(table)} columns: {table.text[:80]}")
		if not table.of("TH"):
			found.append(f"a table without headings: {table.text[:80]}")
		found += [
			f"a heading without scope: {one.text}" for one in table.of("TH") if "/Scope" not in one.attributes
		]
	found += ["a figure without a text" for one in tags.document.of("Figure") if not one.alt]
	annotations = {one.objgen for page in tags.pdf.pages for one in page.get("/Annots", [])}
	if annotations - tags.links:
		found.append("a link that no element holds")
	return found


#: the narrowest margin of a paper, in points (12 mm)
MARGIN = 34


def beyond_the_margin(content: bytes) -> list[str]:
	"""Texts that end in the right margin of their page or beyond it."""
	pdf = pikepdf.open(io.BytesIO(content))
	edges = [(page, float(page.MediaBox[2]) - MARGIN) for page in pdf.pages]
	return [text for page, edge in edges for text, end in ends_of(page) if end > edge + 1]


def ends_of(page) -> Iterator[tuple[str, float]]:
	"""(text, where it ends) of each piece of text, in points from the left edge."""
	fonts = page.Resources.get("/Font", {})
	widths = {name: widths_of(font.DescendantFonts[0]) for name, font in fonts.items()}
	texts = {name: characters(font) for name, font in fonts.items()}
	scale = 0.75  # WeasyPrint draws in pixels
	left = size = 0.0
	name = ""
	for operands, operator in pikepdf.parse_content_stream(page):
		if str(operator) == "Tm":
			left = float(operands[4])
		elif str(operator) == "Tf":
			name, size = str(operands[0]), float(operands[1])
		elif str(operator) in SHOWS_TEXT:
			text = decoded(operands, texts[name])
			glyphs = codes_of(operands)
			length = sum(widths[name].get(glyph, 500) for glyph in glyphs) / 1000 * size
			yield text.strip(), (left + length) * scale


def widths_of(font) -> dict[int, float]:
	"""{glyph: width in thousandths of the size} from /W: "first [widths]" or "first last width"."""
	found: dict[int, float] = {}
	values = list(font.get("/W", []))
	while values:
		first, second = int(values.pop(0)), values.pop(0)
		if isinstance(second, pikepdf.Array):
			found.update({first + number: float(width) for number, width in enumerate(second)})
		else:
			found.update(dict.fromkeys(range(first, int(second) + 1), float(values.pop(0))))
	return found
