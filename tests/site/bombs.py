"""Small files that take a careless reader hours or gigabytes."""

import io
import struct
import zipfile
import zlib

from asn1crypto import cms

CATALOG, LEAF = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Page /MediaBox [0 0 9 9] >>"
HUGE = 400_000_000


def pdf(objects: list[bytes]) -> bytes:
	"""Numbered from 1, which is the catalogue."""
	written, offsets = b"%PDF-1.7\n", []
	for number, content in enumerate(objects, 1):
		offsets.append(len(written))
		written += b"%d 0 obj\n%b\nendobj\n" % (number, content)
	start, size = len(written), len(objects) + 1
	table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
	written += b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table)
	return written + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


def graph(depth: int, leaf: bytes = LEAF) -> bytes:
	"""Each knot of the tree of pages holds the next one twice: 2 to the power of `depth` ways to its end."""
	knots = [b"<< /Type /Pages /Count 1 /Kids [%d 0 R %d 0 R] >>" % (n, n) for n in range(3, depth + 3)]
	return pdf([CATALOG, *knots, leaf])


def circle() -> bytes:
	return pdf([CATALOG, b"<< /Type /Pages /Count 2 /Kids [3 0 R 2 0 R] >>", LEAF])


def same_page(times: int) -> bytes:
	return pdf([CATALOG, b"<< /Type /Pages /Count 1 /Kids [%b] >>" % (b"3 0 R " * times), LEAF])


def deep(depth: int) -> bytes:
	nested = b"[" * depth + b"]" * depth
	return pdf([b"<< /Type /Catalog /Pages 2 0 R /X %b >>" % nested, b"<< /Type /Pages /Kids [] >>"])


def flate(size: int = HUGE, filters: int = 1) -> bytes:
	"""Its table of objects is a stream that unpacks to `size` bytes."""
	body = zeros(size)
	for _layer in range(filters - 1):
		body = zlib.compress(body, 9)
	head = b"<< /Type /XRef /Size %d /W [1 2 1] /Root 2 0 R /Filter [%b] /Length %d >>"
	written = b"%PDF-1.7\n"
	start = len(written)
	written += b"1 0 obj\n" + head % (size // 4, b"/FlateDecode " * filters, len(body))
	return written + b"\nstream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (body, start)


def zeros(size: int, step: int = 1_000_000) -> bytes:
	packer = zlib.compressobj(9)
	return b"".join(packer.compress(bytes(step)) for _ in range(size // step)) + packer.flush()


def picture(width: int, height: int) -> bytes:
	def chunk(kind: bytes, data: bytes) -> bytes:
		return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

	head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
	lines = zlib.compress(bytes((width // 8 + 1) * 100), 9)
	return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def archive(parts: dict[str, bytes]) -> bytes:
	out = io.BytesIO()
	with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
		for name, content in parts.items():
			packed.writestr(name, content)
	return out.getvalue()


def document(unpacked: int) -> bytes:
	return archive({"word/document.xml": bytes(unpacked)})


def many_parts(number: int) -> bytes:
	return archive({"word/document.xml": b"", **{f"word/{n}": b"" for n in range(number)}})


def workbook(sheet: bytes, strings: bytes = b"", start: bytes = b"") -> bytes:
	"""A workbook of one sheet with these rows, as XML; `start` comes before the sheet's own XML."""
	main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	package = b"http://schemas.openxmlformats.org/package/2006/"
	kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml."
	return archive(
		{
			"[Content_Types].xml": b'<Types xmlns="%bcontent-types"><Default Extension="rels" ContentType="application/vnd'
			b'.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="%bsheet.main+xml"/>'
			b'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="%bworksheet+xml"/><Override PartName="/xl/'
			b'sharedStrings.xml" ContentType="%bsharedStrings+xml"/></Types>' % (package, kind, kind, kind),
			"_rels/.rels": b'<Relationships xmlns="%brelationships"><Relationship Id="r1" Type="%b/officeDocument" '
			b'Target="xl/workbook.xml"/></Relationships>' % (package, office),
			"xl/workbook.xml": b'<workbook xmlns="%b" xmlns:r="%b"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets>'
			b"</workbook>" % (main, office),
			"xl/_rels/workbook.xml.rels": b'<Relationships xmlns="%brelationships"><Relationship Id="r1" Type="%b/worksheet" '
			b'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="%b/sharedStrings" Target="sharedStrings.xml"/>'
			b"</Relationships>" % (package, office, office),
			"xl/worksheets/sheet1.xml": b'<?xml version="1.0"?>%b<worksheet xmlns="%b"><sheetData>%b</sheetData></worksheet>'
			% (start, main, sheet),
			"xl/sharedStrings.xml": b'<sst xmlns="%b">%b</sst>' % (main, strings),
		}
	)


def laughs() -> bytes:
	entities = [b'<!ENTITY l0 "ah">'] + [
		b'<!ENTITY l%d "%b">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10)
	]
	kind = b"<!DOCTYPE x [%b]>" % b"".join(entities)
	return workbook(b'<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>', start=kind)


def signed_in_signed(depth: int) -> bytes:
	content = b"x"
	for _layer in range(depth):
		data = cms.SignedData(
			{
				"version": "v1",
				"digest_algorithms": [],
				"encap_content_info": {"content_type": "data", "content": content},
				"signer_infos": [],
			}
		)
		content = cms.ContentInfo({"content_type": "signed_data", "content": data}).dump()
	return content
