"""Core's File for every way in: core has no hook before it reads, writes, moves or removes content."""

import mimetypes
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import cint

from rtc_conciliation.access import files as access
from rtc_conciliation.access.roles import has_desk
from rtc_conciliation.common.files import addresses, disk, rows
from rtc_conciliation.common.files.guard import SafeFile


def require(doc, method=None) -> None:
	"""Events of File: no row is made or changed by another app's class in place of ours.

	Events run after core has read, written or removed content; to check only then would be too late.
	"""
	if not isinstance(doc, SiteFile):
		frappe.throw(
			_("Another app replaces the class of File: let it extend {0}, then try again.").format(
				f"{SiteFile.__module__}.{SiteFile.__name__}"
			),
			title=_("File Refused"),
		)


class SiteFile(SafeFile):
	"""Each upload has content of its own on disk, under a name that was free; a copy of a row points at it.

	Core keeps equal content once, whoever sent it: then one person's row decides on another's content.
	"""

	def before_insert(self):
		rows.guard_new(self)
		super().before_insert()

	def validate(self):
		before = self.get_doc_before_save()
		if before:
			rows.guard_change(self)
		size = self.file_size
		super().validate()
		self.file_size = size  # core takes what the request says

	def has_permission(self, permtype="read", **options):
		"""Core 16 lets the owner alone change a picture of the website; the site's manager may, as in core 15."""
		user = options.get("user") or frappe.session.user
		return super().has_permission(permtype, **options) or access.keeps_website(self.name, permtype, user)

	def before_rename(self, old, new, merge=False):
		if not self.is_folder or merge:
			rows.refuse_change(self)

	def is_downloadable(self):
		"""Core asks this of every row at the address that a request names."""
		readable = not self.is_folder and access.may_read(self, frappe.session.user)
		return readable and addresses.is_in_folders(self.file_url)

	# -- where the content is

	def get_full_path(self):
		"""Never outside the two folders, not even for the administrator."""
		if not self.file_url:
			addresses.refuse_address(self.file_name)
		path = super().get_full_path()
		if not path.startswith(addresses.REMOTE):
			addresses.require_inside(path, self.file_url)
		return path

	def save_file(self, content=None, decode=False, ignore_existing_file_check=False, overwrite=False):
		"""Under a new address always: nothing is overwritten, and nothing shared with whoever sent the same."""
		if self.flags.points:
			return None
		name = self.file_name
		saved = super().save_file(content, decode, ignore_existing_file_check=True)
		self.file_name = name
		self.flags.pop("original_content", None)
		return saved

	def save_file_on_filesystem(self):
		self.file_url = addresses.reserve_address(self.file_name, cint(self.is_private))
		try:
			path = self.write_file()
		except Exception:
			disk.remove_unnamed(self.file_url)
			raise
		return {"file_name": Path(path).name, "file_url": self.file_url}

	def validate_duplicate_entry(self):
		if not self.is_folder and not self.content_hash:
			self.generate_content_hash()

	# -- how it leaves

	def _delete_file_on_disk(self):
		"""Once it is certain that the row is gone."""
		if not self.is_folder:
			frappe.db.after_commit.add(self.remove_content)

	def on_rollback(self):
		if self.flags.points:
			return
		if self.flags.pop("new_file", None):
			self.remove_content()
		else:
			super().on_rollback()

	def remove_content(self):
		if self.file_url and not disk.is_named(self.file_url):
			self.delete_file_data_content()

	def delete_file_from_filesystem(self, only_thumbnail=False):
		disk.remove_unnamed(self.thumbnail_url)
		if not only_thumbnail:
			disk.remove_unnamed(self.file_url)

	# -- what may be done with it

	def handle_is_private_changed(self):
		"""With all rows of the content, and with no other content that happens to be equal."""
		private, old = cint(self.is_private), self.file_url
		if self.is_remote_file or addresses.is_private(old) == bool(private):
			return
		self.file_url = disk.move(old, private)
		self.flags.original_path = {
			"old": addresses.get_path(old),
			"new": addresses.get_path(self.file_url),
		}
		frappe.db.after_rollback.add(self.on_rollback)
		values = {"file_url": self.file_url, "is_private": private}
		for name in frappe.get_all("File", {"file_url": old, "name": ("!=", self.name or "")}, pluck="name"):
			frappe.db.set_value("File", name, values)
		self.tell_record(old)

	def tell_record(self, old: str) -> None:
		"""Its field follows to the new address."""
		if not access.is_attached(self):
			return
		doctype, name = self.attached_to_doctype, self.attached_to_name
		for df in frappe.get_meta(doctype).fields:
			if df.fieldtype in access.ATTACH and frappe.db.get_value(doctype, name, df.fieldname) == old:
				frappe.db.set_value(doctype, name, df.fieldname, self.file_url)

	@frappe.whitelist(methods=["POST"])
	def optimize_file(self):
		file = frappe.get_doc("File", self.name)  # not what the request sent along
		file.check_permission("write")
		if access.is_governed(file.attached_to_doctype) or file.is_remote_file:
			rows.refuse_change(file)
		if not (mimetypes.guess_type(file.file_name or "")[0] or "").startswith("image/"):
			rows.refuse_change(file)
		old = file.file_url
		file.flags.own_step = True
		super(SiteFile, file).optimize_file()
		file.tell_record(old)
		frappe.db.after_commit.add(lambda: disk.remove_unnamed(old))

	def make_thumbnail(self, *args, **kwargs):
		"""Of public pictures of the site only: core asks any address of the network for others."""
		if self.is_private or not addresses.is_in_folders(self.file_url):
			return None
		return super().make_thumbnail(*args, **kwargs)

	def unzip(self):
		if not has_desk(frappe.session.user):
			rows.refuse_change(self)
		for permission in ("read", "write", "delete"):
			self.check_permission(permission)
		return super().unzip()
