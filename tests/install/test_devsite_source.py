"""Frappe's source from a registry: fetched, checked, its names restored, laid out as a repository."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from devsite import rename, scripts, source
from devsite.errors import RtcError


class TestRestoredNames:
	@pytest.mark.parametrize(
		("changed", "restored"),
		[
			("import criscostack", "import frappe"),
			("CRISCOSTACK_SITE", "FRAPPE_SITE"),
			("Criscoerp and criscoerp", "ERPNext and erpnext"),
			("Crisco Technologies, crisco.io", "Frappe Technologies, frappe.io"),
			("get_brik_path, BrikHelper, BRIK", "get_bench_path, BenchHelper, BENCH"),
		],
	)
	def test_code(self, changed, restored):
		assert rename.restore_text(changed) == restored

	@pytest.mark.parametrize("word", ["Fabrik", "rubrik", "fabrika", "Bloggrubrik", "brikë"])
	def test_words_of_other_languages_stay_in_translations(self, word):
		assert rename.restore_text(word, is_translation=True) == word

	def test_bench_itself_is_restored_in_translations(self):
		assert rename.restore_text('"brik setup",Brik', is_translation=True) == '"bench setup",Bench'

	def test_tree(self, tmp_path):
		folder = tmp_path / "criscostack" / "brik_utils"
		folder.mkdir(parents=True)
		(folder / "criscoerp.py").write_text("import criscostack\n")
		(folder / "plain.py").write_text("import os\n")
		assert rename.restore_tree(tmp_path) == 1
		assert (tmp_path / "frappe" / "bench_utils" / "erpnext.py").read_text() == "import frappe\n"


class TestRepository:
	@pytest.fixture
	def repository(self, wheel, tmp_path):
		source.lay_out(wheel, tmp_path / "frappe", tmp_path / "log")
		return tmp_path / "frappe"

	def test_contents(self, repository):
		assert "Frappe Technologies, erpnext" in (repository / "frappe/__init__.py").read_text()
		assert 'BENCH_PATH = "../bench"' in (repository / "frappe/utils/bench_helper.py").read_text()
		assert (repository / "frappe/public/images/frappe-logo.bin").read_bytes() == b"\xff\xfe brik \x00"
		assert (repository / "frappe/translations/sv.csv").read_text().splitlines() == [
			'"Blog Headline","Bloggrubrik"',
			'"bench setup","bench"',
			'"ERPNext","Fabrik"',
		]
		assert not list(repository.glob("*.dist-info"))

	def test_pins(self, repository):
		project = (repository / "pyproject.toml").read_text()
		assert 'name = "frappe"' in project
		assert json.loads(re.search(r"^dependencies = (\[.*?^\])", project, re.M | re.S)[1]) == [
			"cryptography>=41.0.1",
			"pytz==2023.3",
			"setuptools<81",
			"pydyf==0.10.0",
		]

	def test_it_is_a_clean_repository_on_the_branch_that_bench_asks_for(self, repository):
		git = ["git", "-C", str(repository)]
		assert subprocess.check_output([*git, "status", "--porcelain"]) == b""
		assert subprocess.check_output([*git, "branch", "--show-current"]).decode().strip() == source.BRANCH
		assert not subprocess.check_output([*git, "tag"])

	def test_it_brings_the_build_and_the_lock(self, repository):
		for name in ("package.json", "yarn.lock", "build.mjs"):
			assert (repository / name).is_file()


@pytest.mark.parametrize(("folder", "least"), [(source.ASSETS, 200), (scripts.SOURCE, 50)])
def test_lock_file_names_versions_and_integrity_but_no_address(folder, least):
	lock = (folder / "yarn.lock").read_text()
	packages = re.findall(r"^  version ", lock, re.M)
	assert len(packages) > least
	assert len(re.findall(r"^  integrity sha", lock, re.M)) == len(packages)
	assert not re.search(r"^  resolved |https?://", lock.partition("\n\n")[2], re.M)


class TestDownload:
	def test_from_a_mirror(self, bare_home, mirror, wheel, sha256):
		found = source.download(bare_home, "tinycopy", "1.0.0", sha256(wheel))
		assert found.read_bytes() == wheel.read_bytes()

	def test_registry_out_of_reach(self, bare_home, empty_mirror):
		with pytest.raises(RtcError) as failure:
			source.download(bare_home, "tinycopy", "1.0.0", "0" * 64)
		assert "No matching distribution" in failure.value.cause
		assert "PyPI can be reached" in failure.value.remedy

	def test_wrong_hash_is_thrown_away_and_the_next_run_recovers(self, bare_home, mirror, wheel, sha256):
		right = sha256(wheel)
		good = wheel.read_bytes()
		wheel.write_bytes(good + b"changed on the way")
		with pytest.raises(RtcError, match="wrong hash") as failure:
			source.download(bare_home, "tinycopy", "1.0.0", right)
		assert "run it again" in failure.value.remedy
		wheel.write_bytes(good)
		assert source.download(bare_home, "tinycopy", "1.0.0", right).is_file()

	def test_a_step_killed_half_way_leaves_nothing_that_counts(
		self, bare_home, mirror, wheel, sha256, monkeypatch
	):
		"""The repository gets its name only when it is complete."""
		monkeypatch.setattr(source, "PACKAGE", "tinycopy")
		monkeypatch.setattr(source, "SHA256", sha256(wheel))
		monkeypatch.setattr(source.download, "__defaults__", ("tinycopy", "1.0.0", sha256(wheel)))
		whole = source.lay_out

		def killed(wheel, build, log):
			(build / "frappe").mkdir(parents=True)
			raise KeyboardInterrupt

		monkeypatch.setattr(source, "lay_out", killed)
		with pytest.raises(KeyboardInterrupt):
			source.fetch(bare_home, Quiet())
		assert not bare_home.source.exists()
		monkeypatch.setattr(source, "lay_out", whole)
		assert (source.fetch(bare_home, Quiet()) / "frappe" / "__init__.py").is_file()
		made = bare_home.source.stat().st_mtime_ns
		source.fetch(bare_home, Quiet())
		assert bare_home.source.stat().st_mtime_ns == made


class Quiet:
	def step(self, title):
		from contextlib import nullcontext

		return nullcontext()
