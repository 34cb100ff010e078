"""All cells take an hour's quarter: a run looks at the same part of them each time, RTC_WHOLE=1 at all of them."""

import os
import zlib

WHOLE = bool(os.environ.get("RTC_WHOLE"))


def is_taken(one_of: int, *key) -> bool:
	"""Is the cell `key` among the part that is looked at, one of `one_of`?"""
	return WHOLE or zlib.crc32(repr(key).encode()) % one_of == 0
