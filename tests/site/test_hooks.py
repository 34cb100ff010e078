"""Every path that Frappe is told to call can be called."""

import re
from pathlib import Path

import frappe
import pytest

import rtc_conciliation
from rtc_conciliation import hooks

APP = Path(rtc_conciliation.__file__).parent
DOTTED = re.compile(r"rtc_conciliation(\.\w+)+")


def dotted(value) -> list[str]:
	if isinstance(value, str):
		return [value] if DOTTED.fullmatch(value) else []
	if isinstance(value, dict):
		return [path for item in value.values() for path in dotted(item)]
	return [path for item in value for path in dotted(item)] if isinstance(value, list | tuple) else []


PATHS = sorted(
	{path for name, value in vars(hooks).items() if not name.startswith("__") for path in dotted(value)}
)


@pytest.mark.parametrize("path", PATHS)
def test_paths_of_the_hooks(path):
	named = frappe.get_attr(path)
	assert named if is_table(path) else callable(named)


def is_table(path: str) -> bool:
	"""Tables of the subjects are constants; what reads one finds out what is in it."""
	return path.rpartition(".")[2].isupper()


def test_there_are_paths():
	assert len(PATHS) > 10


def test_patches_can_be_imported():
	lines = [line.split("#")[0].strip() for line in (APP / "patches.txt").read_text().splitlines()]
	for line in lines:
		if line and not line.startswith(("[", "execute:")):
			assert callable(frappe.get_attr(f"{line.split()[0]}.execute"))


def test_fixtures_are_there_for_each_doctype():
	for doctype in hooks.fixtures:
		assert (APP / "fixtures" / f"{frappe.scrub(doctype)}.json").is_file()


@pytest.mark.parametrize("doctype", ["Number Card", "Scheduled Job Type"])
def test_what_the_site_has_stored_can_be_called(site, doctype):
	"""A path that a new version moved is renewed by the migration."""
	paths = frappe.get_all(doctype, {"method": ("like", "rtc_conciliation.%")}, pluck="method")
	assert paths
	for path in paths:
		assert callable(frappe.get_attr(path)), path
