"""A file as a form offers it to be read beside what is asked about it."""

from urllib.parse import quote

from rtc_conciliation.common.files import addresses
from rtc_conciliation.common.files.records import get_file_name

#: what browsers show by themselves, and run nothing of; anything else is downloaded
KINDS = {
	"pdf": "pdf",
	"png": "picture",
	"jpg": "picture",
	"jpeg": "picture",
	"gif": "picture",
	"webp": "picture",
}


def describe_document(label: str, names: dict[str, str], address: str) -> dict | None:
	"""{"label", "name", "address", "kind": "pdf", "picture" or "other"}; None for what is no file of this site."""
	if not address.startswith((addresses.PRIVATE, addresses.PUBLIC)):
		return None
	ending = address.rsplit(".", 1)[-1].lower()
	return {
		"label": label,
		"name": get_file_name(names, address),
		"address": quote(address, safe="/"),
		"kind": KINDS.get(ending, "other"),
	}
