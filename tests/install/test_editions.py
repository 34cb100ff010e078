"""Which Python and Node.js an official Frappe asks for is said in one line, before anything is installed."""

import sys

import pytest

from devsite import distributions, editions, system
from devsite.errors import RtcError
from devsite.paths import REPO

HERE = sys.version_info.minor


@pytest.fixture
def programs(tmp_path, monkeypatch):
	"""Puts programs that only tell their version first on a PATH that has nothing else."""

	def put(name: str, says: str) -> None:
		file = tmp_path / name
		file.write_text(f"#!/bin/sh\necho {says}\n")
		file.chmod(0o755)

	monkeypatch.setenv("PATH", str(tmp_path))
	monkeypatch.delenv("RTC_PYTHON", raising=False)
	return put


def test_a_python_that_is_missing_is_asked_for(programs):
	wanted = "version-15" if HERE > 13 else "version-16"
	with pytest.raises(RtcError) as failure:
		editions.require(wanted)
	assert editions.NEEDS[wanted].pythons() in failure.value.cause and "RTC_PYTHON" in failure.value.remedy


def test_a_python_that_is_there_is_found(programs):
	programs("python3.14", "14")
	programs("python3.12", "12")
	assert editions.python("version-16").endswith("3.14" if HERE != 14 else sys.executable)
	assert editions.minor_version(editions.python("version-15")) in range(10, 14)


def test_a_node_that_is_too_old(programs):
	programs("python3.14", "14")
	programs("node", "v20.19.0")
	with pytest.raises(RtcError) as failure:
		editions.require("version-16")
	assert "Node.js 24" in failure.value.cause and "is 20" in failure.value.cause
	programs("node", "v24.1.0")
	editions.require("version-16")


def test_what_the_registries_frappe_asks_for(programs):
	edition = editions.get_edition(None, None)
	assert edition == editions.get_edition(editions.REGISTRIES, "version-15")
	programs("node", "v18.19.0")
	programs("python3.13", "13")
	editions.require(edition)
	assert (
		editions.python(edition) == sys.executable if HERE < 14 else editions.python(edition).endswith("3.13")
	)
	assert editions.python(editions.get_edition("https://example.org/frappe", "develop")) == sys.executable


def test_what_is_compiled():
	compiled = {
		name: editions.is_compiled(editions.get_edition("x", name)) for name in (None, *editions.NEEDS)
	}
	assert compiled == {None: True, editions.REGISTRIES: False, "version-15": False, "version-16": True}


@pytest.mark.parametrize("codename", ["jammy", "noble"])
def test_a_system_whose_own_node_is_too_old_is_told_before_anything_is_installed(
	programs, monkeypatch, tmp_path, codename
):
	release = tmp_path / "os-release"
	release.write_text(f"ID=ubuntu\nVERSION_CODENAME={codename}\n")
	monkeypatch.setattr(distributions, "RELEASE", release)
	programs("python3.12", "12")
	if codename == "noble":
		return editions.require(editions.REGISTRIES)
	with pytest.raises(RtcError) as failure:
		editions.require(editions.REGISTRIES)
	assert "Node.js 18" in failure.value.cause and "is 12" in failure.value.cause


@pytest.mark.parametrize(
	("release", "title"),
	[
		('PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nVERSION_CODENAME=trixie\n', "Debian 13"),
		("ID=linuxmint\nVERSION_CODENAME=xia\nUBUNTU_CODENAME=noble\n", "Ubuntu 24.04"),
		('PRETTY_NAME="Fedora Linux 44"\nVERSION_CODENAME=""\n', None),
		("", None),
	],
)
def test_which_systems_are_known(tmp_path, release, title):
	file = tmp_path / "os-release"
	file.write_text(release)
	found = distributions.get_distribution(file)
	assert (found.title if found else None) == title
	assert distributions.get_distribution(tmp_path / "none") is None


def test_another_system_is_told_in_one_line_what_to_install(tmp_path, monkeypatch):
	file = tmp_path / "os-release"
	file.write_text('PRETTY_NAME="Fedora Linux 44"\n')
	monkeypatch.setattr(distributions, "RELEASE", file)
	with pytest.raises(RtcError) as failure:
		distributions.require(["redis-server"])
	assert "Fedora Linux 44" in failure.value.cause and "redis-server" in failure.value.remedy


def test_the_readme_names_every_system_with_its_python():
	readme = (REPO / "README.md").read_text()
	for one in distributions.DISTRIBUTIONS.values():
		assert f"{one.title} (Python 3.{one.python}" in readme


def test_wkhtmltopdf_is_no_condition(programs, monkeypatch):
	monkeypatch.setattr(system, "is_known", lambda package: package != "wkhtmltopdf")
	assert "wkhtmltopdf" not in system.missing()
