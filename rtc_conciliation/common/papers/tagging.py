"""What PDF/UA asks for and WeasyPrint leaves out: version 59 much, 68 what stands in the margins and scopes."""

from collections.abc import Iterator

import pydyf

from rtc_conciliation.common.papers.tag_tree import TagTree, give_span, page_drawings, plain


def complete_tags(document, pdf, alternatives: list[str]) -> None:
	"""Finisher of WeasyPrint: `alternatives` are the texts of the pictures in their order.

	A picture stands alone in an <article>, tagged Art; later versions tag the picture itself.
	"""
	if all(isinstance(getattr(drawing, "marked", None), list) for drawing in page_drawings(pdf)):
		TagTree(pdf).put_right()
	else:
		leave_margins_out(pdf)
		give_spans(document, elements_of(pdf))
	elements = elements_of(pdf)
	if not any(plain(item.get("S")) == "/Figure" for item in elements.values()):
		pictures = [item for item in elements.values() if plain(item.get("S")) == "/Art"]
		for item, text in zip(pictures, alternatives, strict=False):
			item["S"] = "/Figure"
			item["Alt"] = pydyf.String(text)
	for row in elements.values():
		if plain(row.get("S")) == "/TR":
			give_scope([elements[kid] for kid in row.get("K", []) if kid in elements])


def elements_of(pdf) -> dict:
	"""Reference → element of the tree of tags."""
	found = (item for item in pdf.objects if isinstance(item, pydyf.Dictionary))
	return {item.reference: item for item in found if plain(item.get("Type")) == "/StructElem"}


def leave_margins_out(pdf) -> None:
	"""WeasyPrint 68 marks running heads for elements that hang on no tree: they are no content."""
	objects = {item.reference: item for item in pdf.objects}
	elements = elements_of(pdf)
	numbers = objects[objects[pdf.catalog["StructTreeRoot"]]["ParentTree"]]["Nums"]
	held = held_elements(objects[objects[pdf.catalog["StructTreeRoot"]]["K"][0]], elements)
	for number, drawing in enumerate(page_drawings(pdf)):
		owners = numbers[2 * number + 1]
		loose = {mark for mark, owner in enumerate(owners) if owner not in held}
		make_artifacts(drawing.stream, loose)
		kept = ("null" if mark in loose else owner for mark, owner in enumerate(owners))
		numbers[2 * number + 1] = pydyf.Array(kept)


def held_elements(document, elements: dict) -> set:
	held, waiting = set(), [document]
	while waiting:
		kids = [kid for kid in waiting.pop().get("K", []) if kid in elements]
		held.update(kids)
		waiting += [elements[kid] for kid in kids]
	return held


def make_artifacts(operators: list, loose: set[int]) -> None:
	"""In the drawing of a page the marks `loose` become artifacts: "/Tag", its properties, "BDC" stand in a row."""
	for place, operator in enumerate(operators):
		if isinstance(operator, dict) and operator.get("MCID") in loose:
			operators[place - 1 : place + 2] = ["/Artifact", b"", b"BMC"]


def give_spans(document, elements: dict) -> None:
	"""WeasyPrint 68 counts each cell as one column, also when it says which headings belong to the cells after it."""
	by_number = {plain(item["ID"].string): item for item in elements.values() if "ID" in item}
	for page in document.pages:
		for row in rows_of(page._page_box):
			cells = [(box, element_of(box, by_number)) for box in row.children if hasattr(box, "colspan")]
			for box, cell in cells:
				give_span(cell, box)
			if any(box.colspan > 1 for box, _cell in cells):
				for _box, cell in cells:
					cell.get("A", {}).pop("Headers", None)


def rows_of(box) -> Iterator:
	"""The rows of all tables in a page's boxes."""
	for child in getattr(box, "children", ()):
		if type(child).__name__ == "TableRowBox":
			yield child
		yield from rows_of(child)


def element_of(box, by_number: dict):
	return box.mark if hasattr(box, "mark") else by_number[str(id(box))]


def give_scope(cells: list) -> None:
	"""A row of headings only heads its columns; a heading before data heads its row."""
	headings = [cell for cell in cells if plain(cell.get("S")) == "/TH"]
	scope = "/Column" if len(headings) == len(cells) else "/Row"
	for cell in headings:
		cell.setdefault("A", pydyf.Dictionary({"O": "/Table"})).setdefault("Scope", scope)
