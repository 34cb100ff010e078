"""Is a file what its name says, whole, and harmless to open? Pure; runs in the child (`child.read`).

An answer is one of the words below, "" where nothing is wrong.
"""

import io
import re
import zipfile
import zlib

from rtc_conciliation.common.files import kinds, pdf_ends

FINE = ""
DAMAGED = "damaged"
#: not what its name says
OTHER = "other"
#: asks for a password before it opens
LOCKED = "locked"
#: a PDF without pages
EMPTY = "empty"
#: carries JavaScript
SCRIPT = "script"
#: more dots, parts, pages or bytes, unpacked, than `MOST_…`
HEAVY = "heavy"
VIRUS = "virus"

#: an A3 scan of 600 dots an inch has 70 million; opened, it takes 200 MB
MOST_DOTS = 80_000_000
MOST_PAGES = 5_000
#: a workbook of a hundred sheets has some three hundred parts
MOST_PARTS = 5_000
LARGEST_UNPACKED = 200 * 1024 * 1024
#: names of Pillow's formats by what the file's name ends with
IMAGES = {
	"jpg": ("JPEG",),
	"jpeg": ("JPEG",),
	"png": ("PNG",),
	"gif": ("GIF",),
	"webp": ("WEBP",),
	"bmp": ("BMP",),
	"tif": ("TIFF",),
	"tiff": ("TIFF",),
}
#: text documents and spreadsheets are zip files: ending → the part that each must hold
PACKED = {
	"docx": "word/document.xml",
	"xlsx": "xl/workbook.xml",
	"odt": "content.xml",
	"ods": "content.xml",
}
#: where text documents say that a password opens them: LibreOffice in this part, Word and Excel around all of it
MANIFEST, SEALED = "META-INF/manifest.xml", "EncryptedPackage".encode("utf-16-le")
LONGEST_MANIFEST = 1024 * 1024
#: an object of a PDF begins
OBJECT = re.compile(rb"[0-9]+\s+[0-9]+\s+obj\b")


def check(content: bytes, kind: str, virus: str = "") -> str:
	"""One of the words above; `kind` is what the file's name ends with, `virus` a text that it must not wrap."""
	if kind == "pdf":
		return of_pdf(content)
	if kind == "p7m":
		return of_signed(content, virus)
	return of_image(content, kind) if kind in IMAGES else of_archive(content, kind)


# -- PDF


def of_pdf(content: bytes) -> str:
	from pypdf import PdfReader

	if b"%PDF-" not in content[: kinds.FOREWORD]:
		return OTHER
	if is_cut_off(content.rstrip(pdf_ends.PADDING)):
		return DAMAGED
	try:
		reader = PdfReader(io.BytesIO(pdf_ends.without_surroundings(content)))
		if reader.is_encrypted and not reader.decrypt(""):
			return LOCKED
		return of_pages(reader)
	except MemoryError:
		raise
	except Exception:  # noqa: BLE001 (whatever a broken file makes of the reader)
		return DAMAGED


def is_cut_off(content: bytes) -> bool:
	"""No end near the end, or one of an earlier version of the file behind which the next begins."""
	end = content.rfind(pdf_ends.END, max(len(content) - 2048, 0))
	return end < 0 or bool(OBJECT.search(content, end))


def of_pages(reader) -> str:
	"""Walks the tree of pages itself: a reader that follows it blindly never ends where it is no tree."""
	root = reader.trailer["/Root"].get_object()
	if carries_script(root):
		return SCRIPT
	waiting, seen, pages = [root.raw_get("/Pages")], set(), 0
	while waiting:
		reference = waiting.pop()
		node = reference.get_object()
		if "/Kids" in node:
			number = getattr(reference, "idnum", None)
			if number in seen:
				return HEAVY
			seen.add(number)
			waiting += node["/Kids"]
		else:
			pages += 1
			if carries_script(node):
				return SCRIPT
		if len(waiting) + pages > MOST_PAGES:
			return HEAVY
	return FINE if pages else EMPTY


def carries_script(node) -> bool:
	"""As core asks it, of what stands directly in an object."""
	waiting = [node]
	while waiting:
		one = waiting.pop()
		if isinstance(one, dict):
			if one.keys() & {"/JS", "/JavaScript"}:
				return True
			waiting += dict.values(one)
		elif isinstance(one, list):
			waiting += list.__iter__(one)
	return False


# -- signed


def of_signed(content: bytes, virus: str) -> str:
	from rtc_conciliation.common.files import signed_files  # asn1crypto, which no other kind needs

	if virus and virus.encode() in signed_files.decode(content):
		return VIRUS
	return FINE if signed_files.is_p7m(content) else DAMAGED


# -- pictures


def of_image(content: bytes, kind: str) -> str:
	from PIL import Image, ImageFile, UnidentifiedImageError

	Image.MAX_IMAGE_PIXELS = None  # asked here, before anything is unpacked
	ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint lets it, where it is imported too
	try:
		with Image.open(io.BytesIO(content), formats=IMAGES[kind]) as image:
			if image.width * image.height > MOST_DOTS:
				return HEAVY
			frames = getattr(image, "n_frames", 1)
			if frames * image.width * image.height > 4 * MOST_DOTS:
				return HEAVY
			image.load()
	except UnidentifiedImageError:
		return OTHER
	except MemoryError:
		return HEAVY
	except Exception:  # noqa: BLE001 (whatever a broken file makes of the reader)
		return DAMAGED
	return FINE


# -- archives


def of_archive(content: bytes, kind: str) -> str:
	"""By its table of contents: what a part says of its size is the most that is unpacked of it."""
	if is_locked_document(content):
		return LOCKED
	try:
		with zipfile.ZipFile(io.BytesIO(content)) as packed:
			parts = packed.infolist()
			is_locked = asks_password(packed)
	except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, zlib.error):
		return OTHER
	if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
		return HEAVY
	if is_locked:
		return LOCKED
	names = {part.filename for part in parts}
	return FINE if PACKED.get(kind) in (None, *names) else OTHER


def is_locked_document(content: bytes) -> bool:
	"""Is it a document of Word or Excel that a password opens? Then it is no zip file at all."""
	return content.startswith(b"\xd0\xcf\x11\xe0") and SEALED in content


def asks_password(packed: zipfile.ZipFile) -> bool:
	if any(part.flag_bits & 1 for part in packed.infolist()):
		return True
	manifest = packed.NameToInfo.get(MANIFEST)
	if not manifest or manifest.file_size > LONGEST_MANIFEST:
		return False
	return b"encryption-data" in packed.read(manifest)


def count_parts(content: bytes) -> int:
	try:
		with zipfile.ZipFile(io.BytesIO(content)) as packed:
			return len(packed.infolist())
	except (zipfile.BadZipFile, ValueError, NotImplementedError):
		return 0
