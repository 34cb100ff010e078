"""What can go wrong on a machine: each in one line with its remedy, and the next run recovers."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import nullcontext
from io import StringIO

import pytest

from devsite import ports, processes, shell, state, system, tools
from devsite.errors import RtcError
from devsite.paths import REPO
from devsite.progress import Progress


class Quiet:
	def step(self, title):
		return nullcontext()


def rtc(home, *arguments, **variables):
	"""Runs the command as a person would, on a home of its own."""
	environment = {**os.environ, "RTC_HOME": str(home.root), **variables}
	environment.pop("RTC_BENCH", None)
	return subprocess.run(
		[sys.executable, "-m", "devsite", *arguments],
		cwd=REPO,
		env=environment,
		capture_output=True,
		text=True,
		timeout=60,
	)


def assert_one_line(done, *words):
	lines = done.stderr.strip().splitlines()
	assert done.returncode != 0
	assert len(lines) == 1 and lines[0].startswith("rtc: "), done.stderr
	for word in words:
		assert word in lines[0]


class TestCommand:
	def test_help(self, bare_home):
		done = rtc(bare_home, "help")
		assert done.returncode == 0
		for command in ("up", "test", "down", "bench", "measure", "reset"):
			assert f"./rtc {command}" in done.stdout

	def test_unknown_command(self, bare_home):
		assert rtc(bare_home, "upp").returncode == 2

	def test_bench_before_there_is_one(self, bare_home):
		assert_one_line(rtc(bare_home, "bench", "version"), "no bench yet", "./rtc up")

	def test_down_with_nothing_running(self, bare_home):
		assert "Nothing was running" in rtc(bare_home, "down").stdout

	def test_reset_and_down_do_nothing_but_explain_when_asked_more(self, bare_home):
		for command in ("reset", "down"):
			for word, code in (("--help", 0), ("-h", 0), ("everything", 2)):
				done = rtc(bare_home, command, word)
				assert done.returncode == code and "./rtc reset" in done.stdout
				assert bare_home.logs.is_dir()

	def test_reset_removes_only_its_own(self, bare_home):
		(bare_home.root / "somebody's.txt").write_text("kept")
		assert rtc(bare_home, "reset").returncode == 0
		assert [path.name for path in bare_home.root.iterdir()] == ["somebody's.txt"]


class TestPorts:
	@pytest.fixture
	def held(self):
		with socket.socket() as holder:
			holder.bind((ports.LOOPBACK, 0))
			holder.listen()
			yield holder.getsockname()[1]

	def test_a_taken_port_that_was_asked_for(self, bare_home, held):
		assert_one_line(rtc(bare_home, "up", "--port", str(held)), f"port {held} is taken", "--port")

	def test_a_taken_port_that_was_not_asked_for(self, held):
		assert ports.choose(held) != held
		assert ports.is_free(ports.choose(held))


class TestSystemPackages:
	@pytest.fixture
	def programs(self, tmp_path, monkeypatch):
		"""A PATH that holds only what a test puts there."""
		folder = tmp_path / "bin"
		folder.mkdir()
		monkeypatch.setenv("PATH", str(folder))

		def put(name, script):
			(folder / name).write_text(f"#!/bin/sh\n{script}\n")
			(folder / name).chmod(0o755)

		return put

	def test_neither_root_nor_sudo(self, bare_home, programs, monkeypatch):
		monkeypatch.setattr(os, "geteuid", lambda: 1000)
		monkeypatch.setattr(system, "missing", lambda *_: ["mariadb-server", "redis-server"])
		with pytest.raises(RtcError) as failure:
			system.require(bare_home, Quiet())
		assert "neither root nor sudo" in failure.value.cause
		assert "apt-get install mariadb-server redis-server" in failure.value.remedy

	def test_package_servers_out_of_reach(self, bare_home, programs, monkeypatch):
		programs("env", 'shift; exec "$@"')
		programs("apt-get", "echo 'Err:1 Could not resolve host'; exit 100")
		monkeypatch.setattr(os, "geteuid", lambda: 0)
		monkeypatch.setattr(system, "missing", lambda *_: ["redis-server"])
		with pytest.raises(RtcError) as failure:
			system.require(bare_home, Quiet())
		assert "Could not resolve host" in failure.value.cause
		assert "package servers can be reached" in failure.value.remedy

	def test_nothing_missing_asks_nobody(self, bare_home, programs, monkeypatch):
		asked = []
		monkeypatch.setattr(system, "missing", lambda *_: [])
		monkeypatch.setattr(system, "privileges", asked.append)
		system.require(bare_home, Quiet())
		assert asked == []

	def test_no_apt_get(self, programs, monkeypatch):
		monkeypatch.setattr(os, "geteuid", lambda: 0)
		with pytest.raises(RtcError, match="no apt-get"):
			system.privileges(["redis-server"])


class TestRegistries:
	def test_pypi_out_of_reach(self, bare_home, empty_mirror):
		with pytest.raises(RtcError) as failure:
			tools.install(bare_home, Quiet())
		assert "pip install frappe-bench failed" in failure.value.cause
		assert "PyPI can be reached" in failure.value.remedy
		assert not (bare_home.tools / "bench" / "version").exists()

	def test_npm_out_of_reach(self, bare_home, monkeypatch):
		monkeypatch.setenv("npm_config_registry", f"http://{ports.LOOPBACK}:{ports.choose()}")
		monkeypatch.setenv("npm_config_fetch_retries", "0")
		monkeypatch.setenv("npm_config_cache", str(bare_home.cache / "npm"))
		with pytest.raises(RtcError) as failure:
			tools.make_yarn(bare_home.tools / "yarn", bare_home)
		assert "npm install yarn failed" in failure.value.cause
		assert "npm registry can be reached" in failure.value.remedy

	def test_pip_settings_are_said_to_uv(self, home, tmp_path, monkeypatch):
		if not (home.tools / "bench" / "bin" / "pip").exists():
			pytest.skip("the tools are not installed")
		for said_already in ("UV_FIND_LINKS", "UV_INDEX"):
			monkeypatch.delenv(said_already, raising=False)
		monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
		monkeypatch.setenv("PIP_FIND_LINKS", f"{tmp_path} /not/there")
		monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "http://127.0.0.1:9/simple")
		tools.mirrors.cache_clear()
		try:
			found = tools.mirrors(home)
		finally:
			tools.mirrors.cache_clear()
		assert found["UV_FIND_LINKS"] == str(tmp_path)
		assert found["UV_INDEX"] == "http://127.0.0.1:9/simple"


class TestFailedProgram:
	def test_names_the_telling_line_and_the_log(self, tmp_path):
		log = tmp_path / "log"
		script = "echo fetching; echo 'ERROR: disk full'; echo bye; exit 3"
		with pytest.raises(RtcError) as failure:
			shell.run(["sh", "-c", script], log, "Make room")
		assert "ERROR: disk full" in failure.value.cause and str(log) in failure.value.cause
		assert str(failure.value).count("\n") == 0

	def test_missing_program(self, tmp_path):
		with pytest.raises(RtcError, match="not installed"):
			shell.run(["no-such-program-here"], tmp_path / "log", "Install it")


class TestBeside:
	"""A step that runs while the others do."""

	def test_its_line_comes_last_and_its_error_is_not_lost(self):
		said = StringIO()
		progress = Progress(said)
		done = []
		with progress.beside("Assets", lambda: done.append("assets")), progress.step("Site"):
			pass
		assert done == ["assets"]
		assert re.fullmatch(
			r"\[ 1\] Site … .* s\n\[ 2\] Assets … .* s, beside the steps before\n", said.getvalue()
		)

		def fail():
			raise RtcError("bench build failed", "Read the log")

		with pytest.raises(RtcError, match="bench build failed"), progress.beside("Assets", fail):
			done.append("site")
		assert done == ["assets", "site"] and said.getvalue().endswith("[ 3] Assets … failed\n")

	def test_the_error_of_the_others_comes_through_when_it_has_ended(self):
		done = []
		beside = Progress(StringIO()).beside("Assets", lambda: done.append(time.sleep(0.1)))
		with pytest.raises(RtcError, match="new-site failed"), beside:
			raise RtcError("new-site failed", "Read the log")
		assert done == [None]


class TestInterruption:
	SLOW = (
		"import sys, time; from pathlib import Path; from contextlib import nullcontext\n"
		"from devsite import tools\n"
		"class Quiet:\n\tstep = staticmethod(lambda title: nullcontext())\n"
		"def make(folder):\n\tfolder.mkdir(parents=True); (folder / 'half').touch(); print('half', flush=True); time.sleep(60)\n"
		"tools.install_once(Path(sys.argv[1]), '1', 'a tool', Quiet(), make)\n"
	)

	def test_a_killed_step_is_done_again_from_its_beginning(self, tmp_path):
		folder = tmp_path / "tool"
		step = subprocess.Popen(
			[sys.executable, "-c", self.SLOW, str(folder)], cwd=REPO, stdout=subprocess.PIPE, text=True
		)
		assert step.stdout.readline() == "half\n"
		step.kill()
		step.wait()
		done = []

		def make(again):
			done.append((again / "half").exists())
			again.mkdir(parents=True)

		tools.install_once(folder, "1", "a tool", Quiet(), make)
		tools.install_once(folder, "1", "a tool", Quiet(), make)
		assert done == [False]

	def test_the_lock_of_a_killed_run_is_free(self, bare_home):
		lock = bare_home.root / "lock"
		script = (
			"import sys, time; from pathlib import Path; from devsite.state import only_one\n"
			"with only_one(Path(sys.argv[1])):\n\tprint('held', flush=True); time.sleep(60)\n"
		)
		run = subprocess.Popen(
			[sys.executable, "-c", script, str(lock)], cwd=REPO, stdout=subprocess.PIPE, text=True
		)
		assert run.stdout.readline() == "held\n"
		with pytest.raises(RtcError, match=f"process {run.pid}"), state.only_one(lock, wait=0):
			pass
		run.kill()
		run.wait()
		with state.only_one(lock, wait=0):
			pass

	def test_what_a_killed_run_left_at_work_is_found_and_ended(self, bare_home):
		environment = {**os.environ, tools.MARK: f"{bare_home.root}:step"}
		# Like npm or uv when the ./rtc that called them was killed: with no parent that knows of them.
		left = subprocess.Popen(["sleep", "60"], env=environment, start_new_session=True)
		other = subprocess.Popen(["sleep", "60"], env={**environment, tools.MARK: "/elsewhere:step"})
		try:
			assert wait_for(lambda: list(processes.running(bare_home, "step")) == [left.pid])
			reaper = time.monotonic()
			processes.tell(left.pid, signal.SIGTERM)
			left.wait(5)
			assert processes.stop(bare_home, "step") == 0
			assert other.poll() is None and time.monotonic() - reaper < 5
		finally:
			for process in (left, other):
				process.kill()
				process.wait()

	def test_a_state_file_cut_short_counts_as_none(self, tmp_path):
		file = tmp_path / "state.json"
		file.write_text('{"bench": {"fra')
		found = state.State(file)
		assert found.get("bench") is None
		found.set(bench="made")
		assert state.State(file).get("bench") == "made"


def wait_for(condition, seconds: float = 5) -> bool:
	deadline = time.monotonic() + seconds
	while not condition():
		if time.monotonic() > deadline:
			return False
		time.sleep(0.02)
	return True
