"""How large and how many the files of an application may be; told by the forms, kept by the server."""

import frappe
from frappe import _
from frappe.core.api.file import get_max_file_size

MEGABYTE = 1024 * 1024
#: of one file; a site may take less by its own max_file_size
LARGEST = 10 * MEGABYTE
#: of one application
MOST_FILES = 60
LARGEST_TOGETHER = 200 * MEGABYTE


class FileSizeError(frappe.ValidationError):
	pass


class TooManyFilesError(frappe.ValidationError):
	pass


def get_largest() -> int:
	"""Bytes that one file may have."""
	return min(LARGEST, get_max_file_size())


def to_megabytes(size: int) -> str:
	return f"{size / MEGABYTE:.1f}".removesuffix(".0").replace(".", ",")


def validate_size(shown_name: str, size: int) -> None:
	if size > get_largest():
		frappe.throw(
			_("{0} is too large: {1} MB. The most is {2} MB: scan it with fewer dots or in grey.").format(
				shown_name, to_megabytes(size), to_megabytes(get_largest())
			),
			FileSizeError,
			title=_("Too large"),
		)


def validate_together(file_urls: list[str]) -> None:
	"""Number and weight of the files that one application names."""
	if len(file_urls) > MOST_FILES:
		frappe.throw(
			_("There are {0} files: an application takes {1} at the most. Join some into one PDF.").format(
				len(file_urls), MOST_FILES
			),
			TooManyFilesError,
			title=_("Too Many Files"),
		)
	sizes = frappe.get_all("File", {"file_url": ("in", file_urls or [""])}, ["file_url", "file_size"])
	together = sum({row.file_url: row.file_size or 0 for row in sizes}.values())
	if together > LARGEST_TOGETHER:
		frappe.throw(
			_("The files weigh {0} MB together: an application takes {1} MB at the most.").format(
				to_megabytes(together), to_megabytes(LARGEST_TOGETHER)
			),
			FileSizeError,
			title=_("Too large"),
		)
