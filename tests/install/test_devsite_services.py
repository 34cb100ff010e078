"""The private MariaDB and Redis: on loopback only, recovering from a crash, and plain about what stops them."""

import os
import signal
import time
from contextlib import nullcontext
from pathlib import Path

import pytest

from devsite import ports, preparation, processes, services, shell
from devsite.errors import RtcError
from devsite.paths import Home
from devsite.state import State
from devsite.system import find

pytestmark = pytest.mark.skipif(
	not (find("mariadbd") and find("redis-server")), reason="MariaDB or Redis is not installed"
)


class Quiet:
	def step(self, title):
		return nullcontext()


@pytest.fixture
def state(home) -> State:
	if not (home.tools / "bench" / "bin" / "honcho").exists():
		pytest.skip("the tools are not installed")
	return State(home.root / "state.json")


def test_they_start_on_loopback_survive_a_crash_and_stop(home, state):
	assert preparation.start_services(home, state, Quiet()) is True
	chosen = state.get("ports")
	assert services.mariadb_answers(chosen["mariadb"])
	for name in services.SERVICES:
		assert listening(chosen[name]) == {ports.LOOPBACK}
	assert preparation.start_services(home, state, Quiet()) is False

	for number in processes.running(home):
		os.kill(number, signal.SIGKILL)
	while processes.running(home):
		time.sleep(0.02)
	assert preparation.start_services(home, state, Quiet()) is True
	assert services.mariadb_answers(state.get("ports")["mariadb"])

	assert processes.stop(home) > 0
	assert not processes.running(home)
	assert not services.redis_answers(chosen["redis_cache"])


def test_what_is_committed_is_on_the_disk_but_in_tests(home, state):
	preparation.start_services(home, state, Quiet())
	assert flushing(home, state) == "1"
	with services.quick(home, state):
		assert flushing(home, state) == "0"
	assert flushing(home, state) == "1"
	assert asked(home, state, "SELECT @@innodb_doublewrite") in ("1", "ON")
	assert "appendonly yes" in (home.redis / "redis_queue.conf").read_text()


def flushing(home, state) -> str:
	return asked(home, state, "SELECT @@innodb_flush_log_at_trx_commit")


def asked(home, state, question: str) -> str:
	command = [find("mariadb"), "--no-defaults", "--user=root", f"--socket={home.mariadb_socket}"]
	password = shell.with_path(MYSQL_PWD=state.get("mariadb_root"))
	return shell.output([*command, "--skip-column-names", f"--execute={question}"], env=password)


def test_a_mariadb_that_does_not_start(home, state):
	"""A data folder that is none: one line with the cause, the log and the way out; nothing is left running."""
	(home.mariadb / "data" / "mysql").mkdir(parents=True)
	with pytest.raises(RtcError) as failure:
		preparation.start_services(home, state, Quiet())
	assert "MariaDB does not start (" in failure.value.cause
	assert str(home.logs / "mariadb.log") in failure.value.remedy
	assert "./rtc reset" in failure.value.remedy
	assert not processes.running(home)


def test_a_deep_home_gets_a_socket_with_a_short_path(tmp_path):
	deep = Home(tmp_path / ("x" * 100))
	assert len(str(deep.mariadb_socket)) < 100


def listening(port: int) -> set[str]:
	"""The addresses at which somebody listens on that port."""
	found = set()
	for table in ("tcp", "tcp6"):
		for line in Path("/proc/net", table).read_text().splitlines()[1:]:
			local, state = line.split()[1], line.split()[3]
			address, _, number = local.partition(":")
			if state == "0A" and int(number, 16) == port:
				octets = bytes.fromhex(address)[::-1]
				found.add(".".join(map(str, octets)) if len(octets) == 4 else address)
	return found
