"""Small real PDF files, and their upload by the user who needs them."""

import base64

import frappe

LINES_APART = 20


def upload(filename: str, lines: list[str]) -> str:
	"""A private file of the session's user, attached to nothing yet; its address."""
	content = base64.b64encode(pdf(lines))
	values = {"file_name": filename, "content": content, "decode": True, "is_private": 1}
	return frappe.get_doc({"doctype": "File", **values}).insert().file_url


def pdf(lines: list[str]) -> bytes:
	"""One A4 page with `lines` of text."""
	shown = " T* ".join(f"({escaped(line)}) Tj" for line in lines)
	stream = f"BT /F1 12 Tf {LINES_APART} TL 72 760 Td {shown} ET".encode("cp1252", "replace")
	objects = [
		b"<< /Type /Catalog /Pages 2 0 R >>",
		b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		(
			b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
			b" /Resources << /Font << /F1 5 0 R >> >> >>"
		),
		b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
		b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
	]
	written, offsets = b"%PDF-1.4\n", []
	for number, content in enumerate(objects, 1):
		offsets.append(len(written))
		written += b"%d 0 obj\n%b\nendobj\n" % (number, content)
	start = len(written)
	table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
	size = len(objects) + 1
	written += b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table)
	return written + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


def escaped(line: str) -> str:
	return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
