"""Can a text be read on a colour? The contrast of WCAG 2.1, 1.4.3: https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio."""

import re
from decimal import Decimal

HEX = re.compile(r"#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})")
#: what normal text needs at level AA
ENOUGH = Decimal("4.5")


def is_colour(text: str | None) -> bool:
	"""A colour of six hexadecimal digits, as "#0b3d66"."""
	return bool(HEX.fullmatch(text or ""))


def get_contrast(one: str, other: str) -> Decimal:
	"""The ratio of two colours, from 1 (the same) to 21 (black on white), to the hundredth. ValueError for no colour."""
	light, dark = sorted((get_luminance(one), get_luminance(other)), reverse=True)
	return Decimal((light + 0.05) / (dark + 0.05)).quantize(Decimal("0.01"))


def get_luminance(colour: str) -> float:
	parts = HEX.fullmatch(colour or "")
	if not parts:
		raise ValueError(f"no colour: {colour!r}")
	red, green, blue = (to_linear(int(part, 16) / 255) for part in parts.groups())
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def to_linear(share: float) -> float:
	return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
