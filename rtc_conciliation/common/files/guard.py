"""Every content that becomes a file of the site is read once, in a child, before anything else opens it.

Core opens PDFs and pictures in the web process as they come (scripts, EXIF, thumbnails): it meets only what was found
sound here, and a refusal says what is wrong, with which file, and what to do.
"""

import hashlib
import mimetypes

import frappe
from frappe import _
from frappe.core.doctype.file.file import File
from frappe.core.doctype.file.utils import decode_file_content
from frappe.utils import escape_html

from rtc_conciliation.common.files import child, content_check
from rtc_conciliation.common.files.scans import VirusError

CHECK = "rtc_conciliation.common.files.content_check:check"
COUNT = "rtc_conciliation.common.files.content_check:count_parts"
#: the harmless text by which scanners are tried (EICAR); in two pieces, so that this file is not taken for it
TEST_VIRUS = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
ARCHIVES = ("zip", "docx", "xlsx", "xlsm", "pptx", "odt", "ods", "odp")
PICTURE = tuple(content_check.IMAGES)
CHECKED = ("pdf", "p7m", *PICTURE, *ARCHIVES)
#: each becomes a file, which is read for itself
MOST_UNPACKED = 100


class FileContentError(frappe.ValidationError):
	pass


class SafeFile(File):
	"""Core's File, whose content is checked before core looks into it."""

	def save_file(self, content=None, decode=False, **options):
		if content and decode:
			content, decode = decode_file_content(content), False
		if content and not self.flags.made_here:
			validate_content(self.file_name, content)
		return super().save_file(content=content, decode=decode, **options)

	def check_content(self):
		"""Core reads the whole PDF here; it has been read."""

	def optimize_file(self):
		validate_picture(self.file_name, self.get_content())
		return super().optimize_file()

	def unzip(self):
		validate_parts(self.file_name, self.get_content())
		return super().unzip()


def validate_content(file_name: str, content: bytes | str) -> None:
	"""FileContentError when `content` is not what its name says, damaged, locked or too heavy to read."""
	content = content.encode() if isinstance(content, str) else content
	for kind in sorted(get_kinds(file_name) & set(CHECKED)):
		if wrong := get_verdict(kind, content):
			refuse_content(file_name, kind, wrong)


def validate_picture(file_name: str, content: bytes | str) -> None:
	"""The same before a picture is made smaller: of a kind that is not known here, nothing is opened."""
	kind = get_ending(file_name)
	if kind not in (*PICTURE, "svg"):
		refuse_content(file_name, kind, content_check.OTHER)
	validate_content(file_name, content)


def validate_parts(file_name: str, content: bytes | str) -> None:
	"""Before an archive is unpacked into files."""
	validate_content(file_name, content)
	content = content.encode() if isinstance(content, str) else content
	if child.read(COUNT, content, child.CONTENT) > MOST_UNPACKED:
		refuse_content(file_name, "zip", content_check.HEAVY)


def guard_request() -> None:
	"""`before_request`: core makes an uploaded picture smaller before it makes a File of it."""
	if not frappe.form_dict.get("optimize"):
		return
	for sent in frappe.request.files.values():
		if (mimetypes.guess_type(sent.filename or "")[0] or "").startswith("image/"):
			validate_picture(sent.filename, sent.stream.read())
			sent.stream.seek(0)


def get_kinds(file_name: str) -> set[str]:
	"""By its last letters, and by what core takes it for (of "x.jpg.gz" a JPEG)."""
	is_jpeg = mimetypes.guess_type(file_name)[0] == "image/jpeg"
	return {get_ending(file_name), "jpg" if is_jpeg else ""}


def get_ending(file_name: str) -> str:
	return file_name.rsplit(".", 1)[-1].lower() if "." in file_name else ""


def get_verdict(kind: str, content: bytes) -> str:
	"""The word of `content_check` for it; asked once in a request."""
	known = frappe.flags.setdefault("rtc_content_checks", {})
	key = (kind, hashlib.sha256(content).hexdigest())
	if key not in known:
		try:
			known[key] = child.read(CHECK, content, child.CONTENT, kind=kind, virus=TEST_VIRUS.decode())
		except child.TooHeavyError:
			known[key] = content_check.HEAVY
	return known[key]


def refuse_content(file_name: str, kind: str, wrong: str) -> None:
	name = bold_name(file_name)
	if wrong == content_check.VIRUS:
		refuse_virus(name)
	said = {
		content_check.DAMAGED: _(
			"{0} cannot be opened: it is damaged or was cut off. Save or sign it again and send it."
		),
		content_check.OTHER: _(
			"The content of {0} is not what its name says. Save it again from the program that made it."
		),
		content_check.LOCKED: _(
			"{0} asks for a password to be opened. Save it without a password and send it again."
		),
		content_check.EMPTY: _("{0} has no pages. Make the PDF again and send it."),
		content_check.SCRIPT: _(
			"{0} carries scripts (JavaScript). Print it into a new PDF and send that one."
		),
		content_check.HEAVY: describe_too_heavy(kind),
	}[wrong]
	frappe.throw(said.format(name), FileContentError, title=_("File Refused"))


def describe_too_heavy(kind: str) -> str:
	if kind in PICTURE:
		return _("{0} has too many dots to be opened. Scan or save it with fewer dots and send it again.")
	if kind in ARCHIVES:
		return _("{0} unpacks into too much. Take out what is not needed, save it again and send it.")
	return _("{0} is built so that reading it takes too long. Print it into a new PDF and send that one.")


def refuse_virus(name: str) -> None:
	frappe.throw(
		_("{0} carries a virus, or the text by which scanners are tried. It was not kept.").format(name),
		VirusError,
		title=_("File Refused"),
	)


def bold_name(file_name: str) -> str:
	return frappe.bold(escape_html(file_name[:140]))
