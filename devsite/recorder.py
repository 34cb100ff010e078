"""A pytest plugin of `./rtc test`: writes down how each file of tests ended, and keeps together what shares a world.

RTC_TESTED names the file: {"tests/site/calls/test_calls.py": {"passed": true, "seconds": 3.2}, …}"""

import json
import os
from collections import defaultdict
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

from devsite import selection


class ByUnit(LoadScopeScheduling):
	def _split_scope(self, nodeid: str) -> str:
		return selection.unit(file_of(nodeid))


class Record:
	"""Of the process that shares out the tests. A file has passed when each of its tests has, none skipped."""

	def __init__(self, target: Path):
		self.target = target
		self.collected: set[str] = set()
		self.passed: set[str] = set()
		self.failed: set[str] = set()
		self.seconds: dict[str, float] = defaultdict(float)

	@pytest.hookimpl(optionalhook=True)
	def pytest_xdist_node_collection_finished(self, node, ids):
		self.collected |= set(ids)

	@pytest.hookimpl(optionalhook=True)
	def pytest_xdist_make_scheduler(self, config, log):
		return ByUnit(config, log)

	def pytest_runtest_logreport(self, report):
		self.seconds[file_of(report.nodeid)] += report.duration
		if report.failed:
			self.failed.add(report.nodeid)
		elif report.when == "call" and report.passed:
			self.passed.add(report.nodeid)

	def pytest_sessionfinish(self, session):
		wrong = {file_of(nodeid) for nodeid in (self.collected - self.passed) | self.failed}
		files = {
			file: {"passed": file not in wrong, "seconds": round(seconds, 1)}
			for file, seconds in self.seconds.items()
		}
		self.target.write_text(json.dumps(files))


def file_of(nodeid: str) -> str:
	return nodeid.split("::", 1)[0]


def pytest_configure(config):
	target = os.environ.get("RTC_TESTED")
	if target and not hasattr(config, "workerinput"):
		config.pluginmanager.register(Record(Path(target)))
