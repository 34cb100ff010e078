"""Runs the tests of the rules on a rule with a mistake, in a process of its own, until the first one fails."""

import importlib
import importlib.machinery
import importlib.util
import os
import re
import resource
import signal
import sys
from pathlib import Path

import hypothesis
import pytest

from tests.mutants.source import REPO, Mutant, get_path

TESTS = REPO / "tests" / "rules"
#: needs the bench
LEFT_OUT = ("test_content_check.py",)
#: what has to do with the rules; other tests that need no Frappe cannot notice anything
ABOUT_RULES = re.compile(r"rtc_conciliation\.rules|import rules|helpers import")
#: seconds of processor time, after which a change has made a loop without end
LONGEST = 40
MOST_MEMORY = 4 * 2**30
#: a time that a busy machine does not keep would pass for a mistake that was noticed
OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "-m", "not timed")
#: imported once, not by each process anew
SHARED = ("dateutil.easter", "stdnum.it", "zoneinfo", "hypothesis.strategies", "csv", "json", "subprocess")


class Loader(importlib.machinery.SourceFileLoader):
	"""Gives a module the source with the mistake."""

	def __init__(self, name: str, path: str, source: str):
		super().__init__(name, path)
		self.source = source

	def get_code(self, fullname: str):
		return compile(self.source, self.path, "exec", dont_inherit=True)


class Finder:
	def __init__(self, name: str, path: Path, source: str):
		self.name, self.path, self.source = name, path, source

	def find_spec(self, name, path=None, target=None):
		if name != self.name:
			return None
		within = [str(self.path.parent)] if self.path.name == "__init__.py" else None
		loader = Loader(name, str(self.path), self.source)
		return importlib.util.spec_from_file_location(
			name, self.path, loader=loader, submodule_search_locations=within
		)


def prepare() -> None:
	"""The same examples for every mistake, and as soon as one fails it is enough."""
	for name in SHARED:
		importlib.import_module(name)
	phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
	hypothesis.settings.register_profile(
		"mutants", derandomize=True, database=None, deadline=None, phases=phases
	)
	hypothesis.settings.load_profile("mutants")


def passes_as_it_is() -> bool:
	return run([list_files()]) == 0


def is_noticed(mutant: Mutant) -> bool:
	"""Does a test fail, or does the change make a loop without end?"""
	return run(sort_files(mutant.module), mutant) != 0


def list_files() -> list[Path]:
	found = sorted(TESTS.rglob("test_*.py"))
	return [path for path in found if path.name not in LEFT_OUT and ABOUT_RULES.search(path.read_text())]


def sort_files(module: str) -> list[list[Path]]:
	"""The files of tests, those that are about the module first: they notice most, and the others need not run."""
	folder, _slash, name = module.rpartition("/")
	word = re.compile(rf"\b{name}\b")
	groups: list[list[Path]] = [[], [], []]
	for path in list_files():
		beside = bool(folder) and path.parent.name == folder
		if path.stem == f"test_{name}" or (beside and path.stem == "test_bounds"):
			groups[0].append(path)
		else:
			groups[1 if beside or word.search(path.read_text()) else 2].append(path)
	return groups


def run(groups: list[list[Path]], mutant: Mutant | None = None) -> int:
	"""0 when all tests pass; each group only when those before it did."""
	child = os.fork()
	if not child:
		code = 70
		try:
			code = run_here(groups, mutant)
		finally:
			os._exit(code)
	_child, status = os.waitpid(child, 0)
	return status


def run_here(groups: list[list[Path]], mutant: Mutant | None) -> int:
	nothing = os.open(os.devnull, os.O_RDWR)
	for stream in (0, 1, 2):
		os.dup2(nothing, stream)
	resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))
	resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
	signal.alarm(10 * LONGEST)
	if mutant:
		name = f"rtc_conciliation.rules.{mutant.module.replace('/', '.')}".removesuffix(".__init__")
		sys.meta_path.insert(0, Finder(name, get_path(mutant.module), mutant.make()))
	for files in groups:
		code = pytest.main([*OPTIONS, *map(str, files)]) if files else 0
		if code:
			return int(code)
	return 0
