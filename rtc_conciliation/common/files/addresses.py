"""Where a file of the site may be: in its two folders, under an address that says so plainly."""

import os
import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote

import frappe
from frappe import _
from frappe.core.doctype.file.utils import get_file_name
from frappe.utils import escape_html, get_files_path, get_url

PUBLIC, PRIVATE = "/files/", "/private/files/"
REMOTE = ("http://", "https://")
#: what means something else in an address or in a path, and what nobody sees
STRANGE = re.compile(r"[\x00-\x1f\x7f\\/%?#\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
#: bytes of a name on disk; file systems take 255, and a suffix is added where it is taken
LONGEST = 200
#: characters of a name; File keeps no more
LONGEST_NAME = 140
#: what says of which kind a file is: ".pdf", ".pdf.p7m", or nothing
ENDING = re.compile(r"(\.\w{1,8}){0,2}$")


class AddressError(frappe.PermissionError):
	"""No address of a file of this site that this user may use."""


def normalise_address(address: str) -> str | None:
	"""`address` as it is stored, decoded and without the site's own name; None where it leads anywhere else.

	What would have to be mended (`..`, `//`, a query, an address coded twice) is no address of ours.
	"""
	decoded = unquote(address.removeprefix(get_url()))
	folder = next((one for one in (PUBLIC, PRIVATE) if decoded.startswith(one)), None)
	if not folder or unquote(decoded) != decoded:
		return None
	parts = decoded.removeprefix(folder).split("/")
	if any(part in ("", ".", "..") or part.startswith("~") or STRANGE.search(part) for part in parts):
		return None
	return decoded


def is_private(address: str) -> bool:
	return address.startswith(PRIVATE)


def is_remote(address: str) -> bool:
	return address.startswith(REMOTE)


def get_path(address: str) -> Path:
	"""The path of a stored address. Raises AddressError where it leaves the two folders, by a link too."""
	private = is_private(address)
	if not private and not address.startswith(PUBLIC):
		refuse_address(address)
	path = Path(get_files_path(address.removeprefix(PRIVATE if private else PUBLIC), is_private=private))
	require_inside(path, address)
	return path


def require_inside(path: str | Path, address: str) -> None:
	real = os.path.realpath(path)
	if not any(real.startswith(os.path.join(folder, "")) for folder in get_folders()):
		refuse_address(address)


def is_in_folders(address: str | None) -> bool:
	"""Does a stored address stay in the two folders?"""
	try:
		return bool(address and get_path(address))
	except AddressError:
		frappe.clear_last_message()
		return False


def get_folders() -> list[str]:
	return [os.path.realpath(get_files_path(is_private=private)) for private in (0, 1)]


def refuse_address(address: str) -> None:
	frappe.throw(
		_("{0} is not the address of a file that you may use. Upload the file instead.").format(
			frappe.bold(escape_html(str(address)[:140]))
		),
		AddressError,
		title=_("File Refused"),
	)


def reserve_address(file_name: str, private: bool) -> str:
	"""A new address for content called `file_name`, its file made empty: no other upload takes it meanwhile.

	MariaDB compares addresses without case and accents, the disk does not: one that only looks like another's would
	open that one's content.
	"""
	name = candidate = make_safe_name(file_name)
	while True:
		address = (PRIVATE if private else PUBLIC) + candidate
		if not frappe.db.exists("File", {"file_url": address}) and make_empty(get_path(address)):
			return address
		candidate = get_file_name(name)


def make_empty(path: Path) -> bool:
	"""False where there is something already."""
	path.parent.mkdir(parents=True, exist_ok=True)
	try:
		path.open("xb").close()
	except FileExistsError:
		return False
	return True


def clean_shown_name(file_name: str) -> str:
	"""`file_name` as it is kept beside the address: its signs composed, no quotes that end an attribute, and as long as
	the field of File takes.

	In front of its ending a longer one is cut, with "…" where something is missing: `Relazione… .pdf.p7m`.
	"""
	name = unicodedata.normalize("NFC", file_name.encode("utf-8", "replace").decode()).replace('"', "”")
	if len(name) <= LONGEST_NAME:
		return name
	ending = ENDING.search(name)[0]
	return name[: LONGEST_NAME - len(ending) - 1] + "…" + ending


def make_safe_name(file_name: str) -> str:
	"""`file_name` as a name on disk and as the end of an address."""
	name = STRANGE.sub("_", file_name).strip().lstrip(".~") or "file"
	stem, extension = os.path.splitext(name)
	room = max(LONGEST - len(extension.encode()), 1)
	return stem.encode()[:room].decode(errors="ignore") + extension[:LONGEST]
