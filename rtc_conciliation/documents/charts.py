"""Bar charts for papers: SVG drawn here, no script, no outside request. The table beside a chart has its figures."""

import base64
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from frappe import _

from rtc_conciliation.documents.italian import rtc_euro, rtc_number

WIDTH, LABELS, FIGURES, ROW, BAR = 640, 250, 110, 26, 16
COLOUR = "#1b4f72"
_LONGEST = 42


def rtc_bar_chart(title: str, rows: list[dict], label: str, value: str, unit: str = "") -> str:
	"""A picture with one bar for each row whose `value` is above zero; its text alternative lists the figures.

	`label` and `value` are the keys of a row; labels that are words of ours are translated. Empty without bars.
	"""
	show = rtc_euro if unit == "euro" else rtc_number
	bars = [
		(_(row[label]) if row[label] else _("Costs of no action"), Decimal(str(row[value])))
		for row in rows
		if Decimal(str(row[value] or 0)) > 0
	]
	if not bars:
		return ""
	figures = [(text, amount, show(str(amount))) for text, amount in bars]
	description = f"{title}. " + "; ".join(f"{text}: {figure}" for text, _amount, figure in figures) + "."
	drawn = svg(title, description, figures)
	source = "data:image/svg+xml;base64," + base64.b64encode(drawn.encode()).decode()
	# an <article> because older WeasyPrint has no tag of its own for pictures: documents/tagging.py finds it by this
	return f'<article><img class="rtc-chart" src="{source}" alt={quoteattr(description)}></article>'


def svg(title: str, description: str, figures: list[tuple[str, Decimal, str]]) -> str:
	height = ROW * len(figures) + 6
	longest = max(amount for _text, amount, _figure in figures)
	room = WIDTH - LABELS - FIGURES
	drawn = []
	for number, (text, amount, figure) in enumerate(figures):
		middle = ROW * number + ROW // 2 + 3
		width = max(1.0, float(amount / longest) * room)
		drawn.append(
			f'<text x="{LABELS - 8}" y="{middle + 4}" text-anchor="end">{escape(shortened(text))}</text>'
			f'<rect x="{LABELS}" y="{middle - BAR // 2}" width="{width:.1f}" height="{BAR}" fill="{COLOUR}"/>'
			f'<text x="{LABELS + width + 6:.1f}" y="{middle + 4}">{escape(figure)}</text>'
		)
	return (
		f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
		' role="img" aria-labelledby="t d" font-family="Liberation Sans, Arial, sans-serif" font-size="12" fill="#000">'
		f'<title id="t">{escape(title)}</title><desc id="d">{escape(description)}</desc>{"".join(drawn)}</svg>'
	)


def shortened(text: str) -> str:
	return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
