"""What of the app's code has changed since it was last built, migrated or served."""

import hashlib
from pathlib import Path

from devsite.paths import APP, REPO

# Code that a migrate runs; other Python needs none.
MIGRATED_CODE = ("hooks.py", "install.py", "uninstall.py", "setup", "patches", "utils")
# What is read when a page is shown, so that a migrate changes nothing about it.
SHOWN = ("public", "www", "templates", "rules", "access")


def digest(files) -> str:
	found = hashlib.sha256()
	for file in sorted(files):
		found.update(str(file).encode() + b"\0" + file.read_bytes() + b"\0")
	return found.hexdigest()


def files(root: Path):
	for path in root.rglob("*"):
		if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc":
			yield path


def schema(root: Path = REPO / APP) -> str:
	"""Changes when a site has to be migrated."""
	return digest(path for path in files(root) if concerns_schema(path.relative_to(root)))


def code(root: Path = REPO / APP) -> str:
	"""Changes with anything of the app, whatever it is."""
	return digest(files(root))


def concerns_schema(path: Path) -> bool:
	top = path.parts[0]
	if path.suffix == ".py":
		return top in MIGRATED_CODE
	return top not in SHOWN and path.suffix != ".md"


def bundles(root: Path = REPO / APP) -> str:
	"""Changes when the app's assets have to be built."""
	public = root / "public"
	return (
		digest(path for path in files(public) if "dist" not in path.relative_to(public).parts)
		if public.is_dir()
		else ""
	)


def demo(root: Path = REPO / APP) -> bool:
	"""Whether the app has demo data to load."""
	return (root / "setup" / "demo.py").is_file() or (root / "setup" / "demo" / "__init__.py").is_file()
