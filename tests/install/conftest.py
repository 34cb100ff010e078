"""Homes below a temporary folder: these tests need no site, no network and leave nothing behind."""

import hashlib
import os
import zipfile
from pathlib import Path

import pytest

from devsite import processes
from devsite.paths import Home
from devsite.testing import home_of_tests

METADATA = """\
Metadata-Version: 2.1
Name: tinycopy
Version: 1.0.0
Requires-Dist: cryptography~=41.0.1
Requires-Dist: pytz==2023.3
Requires-Dist: coverage~=6.5 ; extra == 'test'
"""
CONTENTS = {
	"criscostack/__init__.py": '__version__ = "15.0.0-dev"\n# Crisco Technologies, criscoerp\n',
	"criscostack/utils/brik_helper.py": 'BRIK_PATH = "../brik"\n\n\nclass BrikError(Exception):\n\tpass\n',
	"criscostack/translations/sv.csv": '"Blog Headline","Bloggrubrik"\n"brik setup","brik"\n"Criscoerp","Fabrik"\n',
	"criscostack/public/images/criscostack-logo.bin": b"\xff\xfe brik \x00",
	"tinycopy-1.0.0.dist-info/METADATA": METADATA,
	"tinycopy-1.0.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
	"tinycopy-1.0.0.dist-info/RECORD": "",
}


@pytest.fixture
def home(tmp_path):
	"""An empty home with the real home's tools, if it has them; its processes are ended after the test."""
	found = Home(tmp_path / "home")
	found.make()
	tools = home_of_tests().tools
	if tools.is_dir():
		found.tools.rmdir()
		found.tools.symlink_to(tools)
	yield found
	processes.stop(found, seconds=10)


@pytest.fixture
def bare_home(tmp_path):
	found = Home(tmp_path / "home")
	found.make()
	return found


@pytest.fixture
def wheel(tmp_path) -> Path:
	"""A tiny package under the changed names, in a folder of its own."""
	folder = tmp_path / "mirror"
	folder.mkdir()
	path = folder / "tinycopy-1.0.0-py3-none-any.whl"
	with zipfile.ZipFile(path, "w") as archive:
		for name, content in CONTENTS.items():
			archive.writestr(name, content)
	return path


@pytest.fixture
def mirror(wheel, monkeypatch) -> Path:
	"""The only place where pip looks."""
	only(wheel.parent, monkeypatch)
	return wheel.parent


@pytest.fixture
def empty_mirror(tmp_path, monkeypatch) -> Path:
	folder = tmp_path / "nothing"
	folder.mkdir()
	only(folder, monkeypatch)
	return folder


def only(folder: Path, monkeypatch) -> None:
	monkeypatch.setenv("PIP_NO_INDEX", "1")
	monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
	monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)


@pytest.fixture
def sha256():
	return lambda path: hashlib.sha256(path.read_bytes()).hexdigest()
