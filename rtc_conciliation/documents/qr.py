"""QR codes as inline SVG, for pages and papers."""

import io

import segno


def qr(address: str, title: str) -> str:
	"""A QR code as inline SVG, with its text alternative."""
	out = io.BytesIO()
	code = segno.make(address, error="m", micro=False)
	code.save(
		out, kind="svg", xmldecl=False, svgns=False, title=title, omitsize=True, border=4, svgclass="qr"
	)
	return out.getvalue().decode().replace("<svg", '<svg role="img"', 1)
