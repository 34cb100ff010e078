"""No dependency of the app moves a pin of Frappe's: `bench get-app` would break every site of that bench.

pyHanko 0.38 once lifted cryptography, and with it pyOpenSSL, boto3 and `bench new-site` were gone. What the pins of
the official releases are is in pins/; what the app and all that it brings ask for is read from what is installed."""

import re
from importlib import metadata
from pathlib import Path

import pytest

requirements = pytest.importorskip("packaging.requirements")
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from devsite.paths import APP

PINS = Path(__file__).parent / "pins"
PYTHON = {"version-15": "3.11", "version-16": "3.14"}


def installed(name: str) -> metadata.Distribution | None:
	try:
		return metadata.distribution(name)
	except metadata.PackageNotFoundError:
		return None


def asked(name: str, extras: tuple[str, ...], python: str, seen: set | None = None):
	"""(who asks, the requirement) of a distribution and of all that it brings."""
	seen = set() if seen is None else seen
	distribution = installed(name)
	if not distribution or (canonicalize_name(name), extras) in seen:
		return
	seen.add((canonicalize_name(name), extras))
	for line in distribution.requires or []:
		requirement = requirements.Requirement(line)
		places = [{"python_version": python, "extra": extra} for extra in ("", *extras)]
		if requirement.marker and not any(map(requirement.marker.evaluate, places)):
			continue
		yield name, requirement
		yield from asked(requirement.name, tuple(sorted(requirement.extras)), python, seen)


def pins(branch: str) -> dict[str, SpecifierSet]:
	lines = (PINS / f"{branch}.txt").read_text().splitlines()
	found = [requirements.Requirement(line) for line in lines if not line.startswith("#")]
	return {canonicalize_name(pin.name): pin.specifier for pin in found}


def go_together(*specifiers: SpecifierSet) -> bool:
	"""Whether one of the versions that they name, or a later one of its series, is taken by all of them."""
	named = [part.version.removesuffix(".*") for specifier in specifiers for part in specifier]
	later = [re.sub(r"\.[^.]+$", ".9999", version) for version in named]
	versions = map(Version, (*named, *later))
	return any(all(specifier.contains(version) for specifier in specifiers) for version in versions)


def conflicts(asking, pinned: dict[str, SpecifierSet]) -> list[str]:
	found = []
	for who, requirement in asking:
		pin = pinned.get(canonicalize_name(requirement.name))
		if pin and not go_together(pin, requirement.specifier):
			found.append(f"{who} asks for {requirement}, Frappe for {requirement.name}{pin}")
	return found


@pytest.mark.parametrize("branch", PYTHON)
def test_nothing_asks_for_what_frappe_does_not_take(branch):
	if not installed(APP):
		pytest.skip("the app is not installed")
	asking = list(asked(APP, ("test",), PYTHON[branch]))
	names = {requirement.name for _who, requirement in asking}
	assert {"pyhanko", "cryptography", "Pillow", "python-dateutil"} <= names | {
		name.title() for name in names
	}
	assert conflicts(asking, pins(branch)) == []


@pytest.mark.parametrize("branch", PYTHON)
def test_a_newer_cryptography_would_be_seen(branch):
	asking = [("pyhanko", requirements.Requirement("cryptography>=48"))]
	assert len(conflicts(asking, pins(branch))) == 1
	assert conflicts([("pyhanko", requirements.Requirement("cryptography>=43.0.3"))], pins(branch)) == []


def test_frappe_has_what_it_asks_for():
	frappe = installed("frappe")
	if not frappe:
		pytest.skip("no bench")
	wrong = []
	for line in frappe.requires or []:
		requirement = requirements.Requirement(line)
		applies = not requirement.marker or requirement.marker.evaluate({"extra": ""})
		found = installed(requirement.name) if applies else None
		if found and not requirement.specifier.contains(found.version, prereleases=True):
			wrong.append(f"{requirement} has become {found.version}")
	assert wrong == []
