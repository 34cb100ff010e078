"""Content leaves the disk with the last row that names it, and only when that is certain."""

import frappe

from rtc_conciliation.common.files import addresses


def is_named(address: str) -> bool:
	return bool(frappe.db.exists("File", {"file_url": address}))


def remove_unnamed(address: str | None) -> None:
	"""Nothing where a row names the address, nor where it is none of ours."""
	if address and address.startswith((addresses.PUBLIC, addresses.PRIVATE)) and not is_named(address):
		addresses.get_path(address).unlink(missing_ok=True)


def move(address: str, private: bool) -> str:
	"""The new address of the content in the other folder; it overwrites nothing."""
	source = addresses.get_path(address)
	target = addresses.reserve_address(source.name, private)
	source.replace(addresses.get_path(target))
	return target
