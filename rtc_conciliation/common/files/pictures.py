"""Pictures that people send, made small. Pure; runs in the child (`common.files.child`)."""

import base64
import io

PNG = "data:image/png;base64,"


def make_png(content: bytes, width: int, height: int) -> str:
	"""The picture as PNG in base64, at most so many dots wide and high, its shape and its transparency kept."""
	from PIL import Image

	with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP")) as image:
		small = image.convert("RGBA")
	small.thumbnail((width, height))
	made = io.BytesIO()
	small.save(made, "PNG", optimize=True)
	return base64.b64encode(made.getvalue()).decode()
