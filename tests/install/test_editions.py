"""Which Python and Node.js an official Frappe asks for is said in one line, before anything is installed."""

import sys

import pytest

from devsite import editions, system
from devsite.errors import RtcError

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


def test_the_snapshot_asks_for_nothing_more(programs):
	editions.require(None)
	assert editions.python(None) == sys.executable
	assert not editions.is_compiled(None, None) and not editions.is_compiled("x", "version-15")
	assert editions.is_compiled("x", "version-16") and editions.is_compiled("x", "develop")


def test_wkhtmltopdf_is_no_condition(programs, monkeypatch):
	monkeypatch.setattr(system, "is_known", lambda package: package != "wkhtmltopdf")
	assert "wkhtmltopdf" not in system.missing()
