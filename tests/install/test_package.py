"""What is made of this repository for others: wheel and sdist hold every file and the licence, and say so."""

import re
import subprocess
import sys
import tarfile
import zipfile
from datetime import date
from pathlib import Path

import pytest
import yaml

from devsite import scanners
from devsite.paths import APP, REPO
from devsite.progress import Progress
from devsite.testing import home_of_tests
from rtc_conciliation import __version__

#: of the standard publiccode.yml: what its validator takes as the field of use, as far as it is near to ours
SCOPES = {
	"culture", "education", "employment", "finance-and-economic-development", "government", "healthcare",
	"local-authorities", "research", "science-and-technology", "society", "welfare",
}  # fmt: skip
LICENCE = "EUPL-1.2"


@pytest.fixture(scope="module")
def source(tmp_path_factory):
	"""The files that Git knows, as a fresh clone has them: building writes beside them."""
	folder = tmp_path_factory.mktemp("source")
	for name in tracked():
		copy = folder / name
		copy.parent.mkdir(parents=True, exist_ok=True)
		copy.write_bytes((REPO / name).read_bytes())
	return folder


@pytest.fixture(scope="module")
def python(tmp_path_factory):
	"""A bare environment with what builds; the build back end comes from its own cache or the registry."""
	folder = tmp_path_factory.mktemp("bare")
	run(sys.executable, "-m", "venv", str(folder))
	found = folder / "bin" / "python"
	run(str(found), "-m", "pip", "install", "-q", "flit_core>=3.12,<4", "setuptools", "wheel")
	return str(found)


def tracked(below: str = ".") -> list[str]:
	listed = subprocess.run(
		["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", below],
		cwd=REPO, capture_output=True, text=True, check=True,
	)  # fmt: skip
	return [name for name in listed.stdout.split("\0") if name and (REPO / name).is_file()]


def run(*command: str, cwd: Path | None = None) -> None:
	done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
	assert done.returncode == 0, done.stdout + done.stderr


def assert_is_whole(wheel: Path) -> None:
	with zipfile.ZipFile(wheel) as opened:
		names = set(opened.namelist())
		[metadata] = [name for name in names if name.endswith(".dist-info/METADATA")]
		said = opened.read(metadata).decode()
		licences = [
			opened.read(name) for name in names if re.search(r"dist-info/(licenses/)?license\.txt$", name)
		]
	assert not set(tracked(APP)) - names
	assert not [name for name in names if "__pycache__" in name]
	assert licences == [(REPO / "license.txt").read_bytes()]
	assert f"Version: {__version__}" in said and "License-File: license.txt" in said and "EUPL 1.2" in said


def test_a_wheel_holds_all_and_is_installed_in_a_bare_environment(source, python, tmp_path):
	"""As pip and bench build it."""
	run(
		python,
		"-m",
		"pip",
		"wheel",
		"-q",
		"--no-deps",
		"--no-build-isolation",
		"-w",
		str(tmp_path),
		str(source),
	)
	[wheel] = tmp_path.glob("*.whl")
	assert_is_whole(wheel)
	site = tmp_path / "installed"
	run(python, "-m", "pip", "install", "-q", "--no-deps", "--target", str(site), str(wheel))
	assert not [name for name in tracked(APP) if not (site / name).is_file()]
	run(python, "-c", f"import {APP}; assert {APP}.__version__ == {__version__!r}", cwd=site)


def test_setup_py_makes_the_same(source, python, tmp_path):
	run(python, "setup.py", "-q", "bdist_wheel", "-d", str(tmp_path), cwd=source)
	[wheel] = tmp_path.glob("*.whl")
	assert_is_whole(wheel)


def test_an_sdist_holds_the_repository(source, python, tmp_path):
	code = f"from flit_core import buildapi; buildapi.build_sdist({str(tmp_path)!r})"
	run(python, "-c", code, cwd=source)
	[made] = tmp_path.glob("*.tar.gz")
	with tarfile.open(made) as opened:
		names = {name.partition("/")[2] for name in opened.getnames()}
	assert not set(tracked()) - names


def test_what_the_repository_says_of_itself_is_valid():
	home = home_of_tests()
	scanners.install(home, Progress())
	assert not any(scanners.finish(process) for process in scanners.begin_on_repository(home))
	assert (REPO / "LICENSES" / f"{LICENCE}.txt").read_bytes() == (REPO / "license.txt").read_bytes()


def test_the_catalogues_of_public_software_can_read_it():
	"""By the rules of the standard publiccode.yml 0.7, as far as they concern what is written here."""
	said = yaml.safe_load((REPO / "publiccode.yml").read_text(encoding="utf-8"))
	assert said["publiccodeYmlVersion"] == "0.7" and said["legal"]["license"] == LICENCE
	assert said["softwareVersion"] == __version__
	assert isinstance(date.fromisoformat(str(said["releaseDate"])), date)
	assert set(said["intendedAudience"]["scope"]) <= SCOPES
	assert said["intendedAudience"]["countries"] == ["IT"]
	assert said["maintenance"]["type"] == "community" and said["maintenance"]["contacts"]
	assert set(said["localisation"]["availableLanguages"]) == set(said["description"])
	for text in said["description"].values():
		assert len(text["shortDescription"]) <= 150 <= len(text["longDescription"]) <= 10000
		assert text["features"]
