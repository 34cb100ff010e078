"""Undoes the renaming of the registry's copy of Frappe, in contents and in paths."""

import re
from pathlib import Path

# Order matters: the long names before the short ones that they contain.
PAIRS = (
	("criscostack", "frappe"),
	("Criscostack", "Frappe"),
	("CRISCOSTACK", "FRAPPE"),
	("Criscoerp", "ERPNext"),
	("criscoerp", "erpnext"),
	("Crisco", "Frappe"),
	("crisco", "frappe"),
	("brik", "bench"),
	("Brik", "Bench"),
	("BRIK", "BENCH"),
)
BENCH = tuple(pair for pair in PAIRS if pair[0].lower() == "brik")
OTHERS = tuple(pair for pair in PAIRS if pair not in BENCH)
# In translations "brik" also ends or starts words of other languages (Fabrik, rubrik, fabrika).
WHOLE_WORD = {old: re.compile(rf"(?<![^\W_]){old}(?![^\W_])") for old, _new in BENCH}


def restore_text(text: str, is_translation: bool = False) -> str:
	"""Returns the text with Frappe's own names."""
	for old, new in OTHERS:
		text = text.replace(old, new)
	for old, new in BENCH:
		text = WHOLE_WORD[old].sub(new, text) if is_translation else text.replace(old, new)
	return text


def is_translation(path: Path) -> bool:
	return path.suffix == ".csv" and "translations" in path.parts


def restore_tree(root: Path) -> int:
	"""Restores every text file and every path under root; returns the number of changed files."""
	changed = 0
	for path in sorted(root.rglob("*"), key=lambda p: len(p.parts), reverse=True):
		if path.is_file() and not path.is_symlink():
			changed += restore_file(path, root)
		name = restore_text(path.name)
		if name != path.name:
			path.rename(path.with_name(name))
	return changed


def restore_file(path: Path, root: Path) -> bool:
	raw = path.read_bytes()
	try:
		text = raw.decode("utf-8")
	except UnicodeDecodeError:
		return False
	restored = restore_text(text, is_translation(path.relative_to(root))).encode("utf-8")
	if restored == raw:
		return False
	path.write_bytes(restored)
	return True
