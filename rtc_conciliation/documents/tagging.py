"""What PDF/UA asks for and WeasyPrint 59, which Frappe 15 pins, leaves out: figures and the scope of headings."""

import pydyf


def complete_tags(pdf, alternatives: list[str]) -> None:
	"""Finisher of WeasyPrint: `alternatives` are the texts of the charts in their order.

	A chart stands alone in an <article>, tagged Art; later versions tag the picture itself and need nothing here.
	"""
	elements = {
		item.reference: item
		for item in pdf.objects
		if isinstance(item, pydyf.Dictionary) and plain(item.get("Type")) == "/StructElem"
	}
	if not any(plain(item.get("S")) == "/Figure" for item in elements.values()):
		charts = [item for item in elements.values() if plain(item.get("S")) == "/Art"]
		for item, text in zip(charts, alternatives, strict=False):
			item["S"] = "/Figure"
			item["Alt"] = pydyf.String(text)
	for row in elements.values():
		if plain(row.get("S")) == "/TR":
			give_scope([elements[kid] for kid in row.get("K", []) if kid in elements])


def give_scope(cells: list) -> None:
	"""A row of headings only heads its columns; a heading before data heads its row."""
	headings = [cell for cell in cells if plain(cell.get("S")) == "/TH"]
	scope = "/Column" if len(headings) == len(cells) else "/Row"
	for cell in headings:
		cell.setdefault("A", pydyf.Dictionary({"O": "/Table", "Scope": scope}))


def plain(value) -> str:
	return value.decode() if isinstance(value, bytes) else str(value)
