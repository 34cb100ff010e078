"""QR codes: inline SVG for pages, pictures for papers."""

import io

import segno

from rtc_conciliation.common.papers.charts import encode_picture


def draw_qr(address: str, title: str) -> str:
	"""A QR code as inline SVG, with its text alternative."""
	out = io.BytesIO()
	code = segno.make(address, error="m", micro=False)
	code.save(
		out, kind="svg", xmldecl=False, svgns=False, title=title, omitsize=True, border=4, svgclass="qr"
	)
	return out.getvalue().decode().replace("<svg", '<svg role="img"', 1)


def draw_qr_picture(address: str, title: str) -> str:
	"""The same as a picture of its own for papers, where an inline drawing is no figure."""
	out = io.BytesIO()
	segno.make(address, error="m", micro=False).save(out, kind="svg", xmldecl=False, omitsize=True, border=4)
	return encode_picture(out.getvalue().decode(), title)
