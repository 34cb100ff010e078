"""How a row of File may begin and how it may change, whatever way it comes: form, REST, mail, copy or our own code.

`flags.own_step` marks a step of the app itself; nobody can send a flag.
"""

import re

import frappe
from frappe import _
from frappe.utils import cint, escape_html

from rtc_conciliation.access import files as access
from rtc_conciliation.access import sql
from rtc_conciliation.access.roles import has_desk
from rtc_conciliation.common.files import addresses, kinds

#: what follows from the content and is never told
SEALED = (
	"file_url",
	"content_hash",
	"file_size",
	"file_type",
	"thumbnail_url",
	"is_folder",
	"is_home_folder",
	"is_attachments_folder",
)
#: in a name core writes it as it is into the comment that tells of the file
UNSAFE = re.compile(r"[<>\x00-\x1f\x7f]")
#: what says whose the file is
PLACE = ("file_name", "attached_to_doctype", "attached_to_name", "attached_to_field")
FORGOTTEN = ("content_hash", "thumbnail_url", "file_size", "uploaded_to_dropbox", "uploaded_to_google_drive")


class FileChangeError(frappe.PermissionError):
	"""A stored file is not changed, moved or given to another record."""


class FileRefusedError(frappe.ValidationError):
	"""No file of this kind, or no file at all."""


# -- how a row begins


def guard_new(file) -> None:
	"""Before core does anything: core reads the content at an address before it looks where that leads."""
	for field in FORGOTTEN:
		file.set(field, None)
	if frappe.session.user != "Administrator":
		file.update({"is_home_folder": 0, "is_attachments_folder": 0})
	file.file_name = addresses.clean_shown_name(UNSAFE.sub("_", str(file.file_name or "").replace("/", "")))
	if file.is_folder:
		return guard_folder(file)
	guard_place(file)
	if file.content:
		guard_upload(file)
	elif file.file_url:
		guard_address(file)
	else:
		refuse_content(_("{0} is empty. Choose the file again."), file)


def guard_folder(file) -> None:
	file.update({"file_url": None, "content": b"", "attached_to_doctype": None, "attached_to_name": None})
	if not file.flags.ignore_permissions and not has_desk(frappe.session.user):
		frappe.throw(_("Folders are for people who work in the desk."), FileChangeError)


def guard_place(file) -> None:
	"""Adding a file to a record is changing the record."""
	doctype, name = file.attached_to_doctype, file.attached_to_name
	if not doctype:
		file.update({"attached_to_name": None, "attached_to_field": None})
		return
	known = isinstance(doctype, str) and frappe.db.exists("DocType", doctype)
	if (
		not known
		or not isinstance(name, str | int | None)
		or (sql.is_ours(doctype) and frappe.get_meta(doctype).istable)
	):
		refuse_place(file)
	record = name if name and frappe.db.exists(doctype, name) else None
	by_code = file.flags.own_step or frappe.flags.in_web_form
	if not sql.is_ours(doctype):  # core passes over permissions for whoever comments or copies
		by_code = by_code or file.flags.ignore_permissions
	if not by_code and not frappe.has_permission(doctype, "write", doc=record):
		refuse_place(file)
	to_come = record is None and not str(name or access.UNSAVED).startswith(access.UNSAVED)
	if to_come and not by_code and not file.flags.ignore_permissions:
		refuse_place(file)  # numbers of records can be guessed
	if record:
		access.guard_attachment(doctype, record)


def guard_upload(file) -> None:
	"""Content that came with the row; the name that it gets on disk is ours to choose."""
	if not isinstance(file.content, str | bytes):
		refuse_content(_("{0} is empty. Choose the file again."), file)
	file.file_url = None
	file.content = get_sent_bytes(file)
	if not file.content:
		refuse_content(_("{0} is empty. Choose the file again."), file)
	file.file_name = file.file_name or "file"
	from_outside = not has_desk(frappe.session.user)
	name = addresses.make_safe_name(file.file_name)
	if from_outside and not kinds.may_come_from_outside(name, file.content):
		refuse_content(
			_("{0} is not a kind of file that can be attached. Use one of: {1}."),
			file,
			", ".join(sorted(kinds.FROM_OUTSIDE)),
		)
	portrait = file.attached_to_doctype == "User" and kinds.is_picture(name, file.content)
	if access.is_governed(file.attached_to_doctype) or (from_outside and not portrait):
		file.is_private = 1
	if not cint(file.is_private):
		guard_public(name, file.content, file)


def get_sent_bytes(file) -> bytes:
	"""Empty where they are not what they say, base64 for example."""
	try:
		content = file.get_content()
		return content.encode() if isinstance(content, str) else content
	except ValueError:
		return b""


def guard_public(name: str, content: bytes, file) -> None:
	"""What is public is served by the web server itself, on the site's origin."""
	if kinds.runs_in_browser(name, content) and not access.is_site_manager(frappe.session.user):
		refuse_content(
			_("{0} runs in a browser and cannot be public. Keep it private, or ask a System Manager."), file
		)


def guard_address(file) -> None:
	"""A row without content points at what its maker may read already."""
	address = file.file_url if isinstance(file.file_url, str) else ""
	user = frappe.session.user
	if addresses.is_remote(address.removeprefix(frappe.utils.get_url())):
		if not has_desk(user) or access.is_governed(file.attached_to_doctype):
			addresses.refuse_address(address)
		return
	plain = addresses.normalise_address(address)
	if not plain or not addresses.get_path(plain).is_file() or not can_point(file, plain, user):
		addresses.refuse_address(address)
	file.flags.points = True
	file.update({"file_url": plain, "is_private": cint(addresses.is_private(plain))})
	if access.is_governed(file.attached_to_doctype) and not file.is_private:
		addresses.refuse_address(address)


def can_point(file, address: str, user: str) -> bool:
	"""Content without a row is of nobody who could ask for it: it is for the app's own steps and the site's manager.

	People without a desk upload what they send; their row would otherwise be no proof that they did.
	"""
	fields = ["name", "owner", "is_private", "file_url", "content_hash", "file_size"]
	fields += ["attached_to_doctype", "attached_to_name"]
	named = frappe.get_all("File", {"file_url": address, "is_folder": 0}, fields)
	named = [
		row for row in named if row.file_url == address
	]  # MariaDB takes capitals and accents for the same
	if not named:
		return bool(file.flags.ignore_permissions) or access.is_site_manager(user)
	read = [row for row in named if access.may_read(row, user)]
	if not has_desk(user):
		read = [row for row in read if access.is_owner(row, user)]
	# the row is held until the end: its content does not leave the disk meanwhile
	held = read and frappe.db.get_value("File", read[0].name, "name", for_update=True)
	if held:
		file.update({"content_hash": read[0].content_hash, "file_size": read[0].file_size})
	return bool(held)


# -- how it may change


def guard_change(file) -> None:
	before = file.get_doc_before_save()
	if file.flags.own_step or (
		frappe.session.user == "Administrator" and not is_different(file, before, SEALED)
	):
		return
	governed = access.is_governed(before.attached_to_doctype) or access.is_governed(file.attached_to_doctype)
	moved = is_different(file, before, PLACE)
	if is_different(file, before, SEALED) or (
		moved and (governed or not access.is_site_manager(frappe.session.user))
	):
		refuse_change(file)
	if moved:
		guard_place(file)
	if cint(file.is_private) != cint(before.is_private):
		guard_privacy(file, before, governed)


def guard_privacy(file, before, governed: bool) -> None:
	"""Public or private is for all rows of the content: whoever changes it may write each of them."""
	user = frappe.session.user
	fields = ["name", "owner", "is_private", "is_folder", "attached_to_doctype", "attached_to_name"]
	named = frappe.get_all("File", {"file_url": before.file_url}, fields)
	others = [row for row in named if access.is_governed(row.attached_to_doctype)]
	others += [row for row in named if not access.may_write(row, user)]
	if governed or others or not has_desk(user):
		refuse_change(file)
	if not cint(file.is_private) and not addresses.is_remote(before.file_url or ""):
		content = addresses.get_path(before.file_url).read_bytes()
		guard_public(before.file_url.rsplit("/", 1)[-1], content, file)


def is_different(file, before, fields: tuple[str, ...]) -> bool:
	return any((file.get(field) or None) != (before.get(field) or None) for field in fields)


# -- refusals


def bold_name(file) -> str:
	return frappe.bold(escape_html(str(file.file_name or file.file_url or "")[:140]))


def refuse_content(message: str, file, *more: str) -> None:
	frappe.throw(message.format(bold_name(file), *more), FileRefusedError, title=_("File Refused"))


def refuse_place(file) -> None:
	frappe.throw(
		_("{0} cannot be attached: you may not change {1} {2}.").format(
			bold_name(file),
			escape_html(str(_(file.attached_to_doctype))[:140]),
			escape_html(str(file.attached_to_name or "")[:140]),
		),
		FileChangeError,
		title=_("File Refused"),
	)


def refuse_change(file) -> None:
	frappe.throw(
		_("{0} stays as it was uploaded. Take it away and upload the other one.").format(bold_name(file)),
		FileChangeError,
		title=_("File Refused"),
	)
