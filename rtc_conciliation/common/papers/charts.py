"""Charts for papers: SVG drawn here, no script, no outside request. The table beside a chart has its figures."""

import base64
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from frappe import _

from rtc_conciliation.common.italian import rtc_euro, rtc_number

WIDTH, LABELS, FIGURES, ROW, BAR = 640, 250, 110, 26, 16
STRIP = 280
COLOUR, WARNING = "#1b4f72", "#a04000"
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
	return encode_picture(make_svg(title, description, figures), description)


def rtc_strip_plot(title: str, rows: list[dict], threshold=None) -> str:
	"""A picture with one line for each row, on it a dot for each mark and a stroke for the mean.

	A row is {"label", "maximum", "marks": [...], "mean", "flagged"}: marks from 0 to `maximum`, `mean` None for no
	stroke, `flagged` draws the row in the colour of a warning. `threshold` is a dashed line where every row has the
	same maximum. The text alternative lists all marks. Empty without rows.
	"""
	if not rows:
		return ""
	described = "; ".join(describe_strip(row) for row in rows)
	description = f"{title}. {described}." if title else f"{described}."
	return encode_picture(draw_strips(title, description, rows, threshold), description)


def describe_strip(row: dict) -> str:
	marks = ", ".join(rtc_number(str(mark)) for mark in row["marks"]) or _("no marks")
	text = f"{row['label']}: {marks}" if row.get("label") else marks
	if row.get("mean") is not None:
		text += f" ({_('mean')} {rtc_number(str(row['mean']))})"
	return f"{text}, {_('far apart')}" if row.get("flagged") else text


def draw_strips(title: str, description: str, rows: list[dict], threshold=None) -> str:
	left = LABELS if any(row.get("label") for row in rows) else 8
	room = STRIP
	width, height = left + room + 8, ROW * len(rows) + 4
	drawn = []

	def across(value, maximum) -> float:
		return left + float(Decimal(str(value)) / Decimal(str(maximum or 1))) * room

	for number, row in enumerate(rows):
		middle, colour = ROW * number + ROW // 2 + 2, WARNING if row.get("flagged") else COLOUR
		drawn.append(
			f'<text x="{left - 12}" y="{middle + 4}" text-anchor="end">{escape(shorten(row.get("label") or ""))}</text>'
			f'<path d="M{left} {middle}H{left + room}M{left} {middle - 3}v6M{left + room} {middle - 3}v6" stroke="#767676" fill="none"/>'
		)
		if row.get("mean") is not None:
			drawn.append(
				f'<path d="M{across(row["mean"], row["maximum"]):.1f} {middle - 9}v18" stroke="{colour}" stroke-width="2"/>'
			)
		drawn += [
			f'<circle cx="{across(mark, row["maximum"]):.1f}" cy="{middle}" r="4.5" fill="{colour}" fill-opacity="0.55" stroke="{colour}"/>'
			for mark in row["marks"]
		]
	if threshold is not None:
		at = across(threshold, rows[0]["maximum"])
		drawn.append(f'<path d="M{at:.1f} 0V{height}" stroke="#000" stroke-dasharray="3 3"/>')
	return draw_frame(title or description, description, width, height, drawn)


def encode_picture(drawn: str, description: str) -> str:
	source = "data:image/svg+xml;base64," + base64.b64encode(drawn.encode()).decode()
	# an <article> because older WeasyPrint has no tag of its own for pictures: common/papers/tagging.py finds it by this
	return f'<article><img class="rtc-chart" src="{source}" alt={quoteattr(description)}></article>'


def make_svg(title: str, description: str, figures: list[tuple[str, Decimal, str]]) -> str:
	height = ROW * len(figures) + 6
	longest = max(amount for _text, amount, _figure in figures)
	room = WIDTH - LABELS - FIGURES
	drawn = []
	for number, (text, amount, figure) in enumerate(figures):
		middle = ROW * number + ROW // 2 + 3
		width = max(1.0, float(amount / longest) * room)
		drawn.append(
			f'<text x="{LABELS - 8}" y="{middle + 4}" text-anchor="end">{escape(shorten(text))}</text>'
			f'<rect x="{LABELS}" y="{middle - BAR // 2}" width="{width:.1f}" height="{BAR}" fill="{COLOUR}"/>'
			f'<text x="{LABELS + width + 6:.1f}" y="{middle + 4}">{escape(figure)}</text>'
		)
	return draw_frame(title, description, WIDTH, height, drawn)


def draw_frame(title: str, description: str, width: int, height: int, drawn: list[str]) -> str:
	return (
		f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
		' role="img" aria-labelledby="t d" font-family="Liberation Sans, Arial, sans-serif" font-size="12" fill="#000">'
		f'<title id="t">{escape(title)}</title><desc id="d">{escape(description)}</desc>{"".join(drawn)}</svg>'
	)


def shorten(text: str) -> str:
	return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
