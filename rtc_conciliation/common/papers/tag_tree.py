"""The tree of tags of WeasyPrint 59, put right: what is in the margins is not read, nothing is tagged twice.

It marks by boxes: the whole page, then each block in it. A text that goes on after a page break is looked for on the
page where it began, and links do not know their own address. Later versions build the tree otherwise.
"""

import pydyf

from rtc_conciliation.common.papers.content_marks import Marks

#: stay where nothing stands in them: without them the columns of a table do not close
CELLS = ("/TD", "/TH")
MARKER = "li::marker"


class TagTree:
	def __init__(self, pdf):
		self.pdf = pdf
		self.objects = {item.reference: item for item in pdf.objects}
		self.root = self.objects[pdf.catalog["StructTreeRoot"]]
		self.document = self.objects[self.root["K"][0]]
		self.numbers = self.objects[self.root["ParentTree"]]["Nums"]
		self.streams = page_drawings(pdf)
		#: id of an element → [(place in the drawing, what stands for it in /K)]
		self.content: dict[int, list[tuple]] = {}

	def put_right(self) -> None:
		links = self.links()
		for box, element in self.cells():
			give_span(element, box)
		for page, stream in enumerate(self.streams):
			self.mark_page(page, stream)
		self.arrange(self.document)
		self.tie(links)

	def mark_page(self, page: int, stream) -> None:
		"""Draw the page with its content marked once; tell of which elements it is."""
		owners = self.numbers[2 * page + 1]
		of_margins = {number for number, (_tag, box) in enumerate(stream.marked) if is_margin(box)}
		of_markers = {number for number, (_tag, box) in enumerate(stream.marked) if is_marker(box)}
		markers = {}

		def owner_of(number: int):
			if number in of_margins or owners[number] is None:
				return None
			element = self.objects[owners[number]]
			if number not in of_markers:
				return element
			return markers.setdefault(number, self.label_of(element))

		marks = Marks(
			owner_of, draws=lambda element: plain(element["S"]) in ("/Art", "/Figure"), tag_of=tag_of
		)
		stream.stream = marks.rewrite(stream.stream)
		self.numbers[2 * page + 1] = pydyf.Array([element.reference for element in marks.pieces])
		for number, element in enumerate(marks.pieces):
			reference = self.pdf.page_references[page]
			piece = pydyf.Dictionary({"Type": "/MCR", "Pg": reference, "MCID": number})
			self.content.setdefault(id(element), []).append(((page, number), piece))

	def label_of(self, body):
		"""A list's bullet or number is the label before the body of its item."""
		item = self.objects[body["P"]] if plain(body["S"]) == "/LBody" else body
		values = {
			"Type": "/StructElem",
			"S": "/Lbl",
			"K": pydyf.Array(),
			"Pg": body["Pg"],
			"P": item.reference,
		}
		label = pydyf.Dictionary(values)
		self.pdf.add_object(label)
		self.objects[label.reference] = label
		item["K"] = pydyf.Array([label.reference, *item["K"]])
		return label

	def arrange(self, element) -> tuple | None:
		"""Put the content and the children of `element` in their order; where it begins, None if nothing is in it."""
		found = list(self.content.get(id(element), []))
		last = (-1, -1)
		for kid in [kid for kid in element["K"] if not isinstance(kid, int)]:
			child = self.objects[kid]
			place = self.arrange(child)
			if place is None and plain(child["S"]) not in CELLS:
				continue
			last = place if place is not None and plain(child["S"]) != "/Lbl" else last
			found.append((last, kid))
		found.sort(key=lambda one: one[0])
		element["K"] = pydyf.Array([kid for _place, kid in found])
		places = [place for place, _kid in found if place != (-1, -1)]
		return places[0] if places else None

	def cells(self) -> list[tuple]:
		"""[(box of a cell of a table, its element)]"""
		return [
			(box, self.objects[self.numbers[2 * page + 1][number]])
			for page, stream in enumerate(self.streams)
			for number, (_tag, box) in enumerate(stream.marked)
			if hasattr(box, "colspan")
		]

	def links(self) -> list:
		"""The elements of the links, in the order of their annotations."""
		return [
			self.objects[self.numbers[2 * page + 1][number]]
			for page, stream in enumerate(self.streams)
			for number, (tag, _box) in enumerate(stream.marked)
			if tag == "Link"
		]

	def tie(self, links: list) -> None:
		"""A link's element holds its annotation, and the annotation names the element."""
		after_pages = 2 * len(self.streams)
		for number, link in enumerate(links):
			place = after_pages + 2 * number + 1
			link["K"].append(self.numbers[place])
			self.numbers[place] = link.reference


def give_span(cell, box) -> None:
	"""Say over how many columns and rows a cell stretches, where it is more than one."""
	spans = {"ColSpan": box.colspan, "RowSpan": box.rowspan}
	if more := {key: span for key, span in spans.items() if span > 1}:
		cell.setdefault("A", pydyf.Dictionary({"O": "/Table"})).update(more)


def page_drawings(pdf) -> list:
	"""The drawing of each page, in their order."""
	objects = {item.reference: item for item in pdf.objects}
	return [objects[objects[page]["Contents"]] for page in pdf.page_references]


def is_margin(box) -> bool:
	return hasattr(box, "at_keyword")


def is_marker(box) -> bool:
	return getattr(box, "element_tag", "") == MARKER


def tag_of(element) -> str:
	return plain(element["S"])


def plain(value) -> str:
	return value.decode() if isinstance(value, bytes) else str(value)
