"""Data that the app ships as JSON beside the module that reads it."""

import json
from pathlib import Path


def read_json(module_file: str, name: str):
	"""The content of `name`.json in the folder of the module whose `__file__` is given, or below it."""
	return json.loads((Path(module_file).parent / f"{name}.json").read_text(encoding="utf-8"))
