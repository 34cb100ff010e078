"""A MariaDB and two Redis of one's own: their files, their configuration, and whether they answer."""

import os
import re
import secrets
import shutil
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devsite import ports, shell
from devsite.errors import RtcError
from devsite.paths import Home
from devsite.shell import telling_line
from devsite.state import State, write_atomically
from devsite.system import find

SERVICES = ("mariadb", "redis_cache", "redis_queue")

#: who was told that they have sent has sent, whatever ends then: what is committed is on the disk
MARIADB = """\
[mysqld]
datadir={home}/data
tmpdir={home}/tmp
socket={socket}
port={port}
pid-file={home}/mysqld.pid
log-error={log}
init-file={home}/init.sql
bind-address=127.0.0.1
skip-name-resolve
skip-log-bin
skip-character-set-client-handshake
character-set-server=utf8mb4
collation-server=utf8mb4_unicode_ci
innodb-buffer-pool-size=512M
innodb-flush-log-at-trx-commit=1
innodb-doublewrite=1
innodb-log-file-size=128M
max-allowed-packet=64M
max-connections=200
{user}
[client]
default-character-set=utf8mb4
"""
ROOT = """\
ALTER USER 'root'@'localhost' IDENTIFIED BY '{password}';
CREATE USER IF NOT EXISTS 'root'@'127.0.0.1' IDENTIFIED BY '{password}';
ALTER USER 'root'@'127.0.0.1' IDENTIFIED BY '{password}';
GRANT ALL PRIVILEGES ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;
"""
REDIS = """\
bind 127.0.0.1
port {port}
dir {folder}
dbfilename {name}.rdb
pidfile {folder}/{name}.pid
logfile {log}
daemonize no
save {save}
appendonly {appendonly}
maxmemory-policy {policy}
{maxmemory}
"""


def prepare(home: Home, state: State, progress) -> dict:
	"""Makes the data folder once and the configuration each time; returns the ports."""
	chosen = choose_ports(state)
	password = state.get("mariadb_root") or secrets.token_urlsafe(18)
	state.set(ports=chosen, mariadb_root=password)
	write_configuration(home, chosen, password)
	if not (home.mariadb / "data" / "mysql").is_dir():
		with progress.step("Database server of its own"):
			make_database(home)
	return chosen


def choose_ports(state: State) -> dict:
	"""Last time's ports as far as they are still free."""
	chosen = dict(state.get("ports") or {})
	for name, usual in (("mariadb", 3307), ("redis_cache", 13000), ("redis_queue", 11000)):
		port = ports.choose(chosen.get(name) or usual)
		while port in (value for key, value in chosen.items() if key != name):
			port = ports.choose()
		chosen[name] = port
	return chosen


def write_configuration(home: Home, chosen: dict, password: str) -> None:
	temporary_folder(home)
	home.redis.mkdir(parents=True, exist_ok=True)
	write_atomically(
		home.mariadb / "my.cnf",
		MARIADB.format(
			home=home.mariadb,
			socket=home.mariadb_socket,
			port=chosen["mariadb"],
			log=home.logs / "mariadb.log",
			user="user=root" if os.geteuid() == 0 else "",
		),
	)
	write_atomically(home.mariadb / "init.sql", ROOT.format(password=password))
	(home.mariadb / "init.sql").chmod(0o600)
	for name, save, appendonly, policy, maxmemory in (
		("redis_cache", '""', "no", "allkeys-lru", "maxmemory 512mb"),
		("redis_queue", "60 1", "yes", "noeviction", ""),
	):
		text = REDIS.format(
			port=chosen[name],
			folder=home.redis,
			name=name,
			log=home.logs / f"{name}.log",
			save=save,
			appendonly=appendonly,
			policy=policy,
			maxmemory=maxmemory,
		)
		write_atomically(home.redis / f"{name}.conf", text)


def temporary_folder(home: Home) -> Path:
	"""Of this database alone: a MariaDB that starts clears its own away, also the tables that another has there."""
	folder = home.mariadb / "tmp"
	folder.mkdir(parents=True, exist_ok=True)
	return folder


def make_database(home: Home) -> None:
	"""Makes MariaDB's data folder, under another name until it is complete."""
	build = home.mariadb / "data.new"
	shutil.rmtree(build, ignore_errors=True)
	shutil.rmtree(home.mariadb / "data", ignore_errors=True)
	command = ["mariadb-install-db", "--no-defaults", f"--datadir={build}", "--skip-test-db"]
	command += [f"--tmpdir={temporary_folder(home)}", "--auth-root-authentication-method=normal"]
	if os.geteuid() == 0:
		command.append("--user=root")
	shell.run(
		command,
		home.logs / "mariadb-install.log",
		f"See that there is room below {home.root} (df -h) and that MariaDB 10.6 or newer is installed",
		"mariadb-install-db",
	)
	build.rename(home.mariadb / "data")


def commands(home: Home) -> dict[str, str]:
	"""What runs each service in the foreground."""
	redis = find("redis-server") or "redis-server"
	return {
		"mariadb": f"{find('mariadbd') or 'mariadbd'} --defaults-file={home.mariadb}/my.cnf",
		"redis_cache": f"{redis} {home.redis}/redis_cache.conf",
		"redis_queue": f"{redis} {home.redis}/redis_queue.conf",
	}


def wait(home: Home, chosen: dict, alive, seconds: float = 60) -> None:
	"""Returns when all three answer; an error names the log of the one that does not."""
	deadline = time.monotonic() + seconds
	for name in SERVICES:
		answers = mariadb_answers if name == "mariadb" else redis_answers
		while not answers(chosen[name]):
			if not alive():
				raise not_started(home, first_stopped(home) or name)
			if time.monotonic() > deadline:
				raise not_started(home, name)
			time.sleep(0.05)


def first_stopped(home: Home) -> str | None:
	"""Which service ended first and took the others with it, as honcho tells."""
	told = re.findall(r"(\w+)\.1 stopped \(rc=", (home.logs / "services.log").read_text(errors="replace"))
	return told[0] if told and told[0] in SERVICES else None


def not_started(home: Home, name: str) -> RtcError:
	log = home.logs / f"{name}.log"
	said = telling_line(log) if log.is_file() else "it wrote no log"
	title = "MariaDB" if name == "mariadb" else "Redis"
	return RtcError(
		f"{title} does not start ({said})",
		f"The end of {log} says more; once its cause is gone run it again, or ./rtc reset to begin anew",
	)


@contextmanager
def quick(home: Home, state: State) -> Iterator[None]:
	"""No commit inside waits for the disk: for tests, and for a site that is only being made."""
	tell_mariadb(home, state, "SET GLOBAL innodb_flush_log_at_trx_commit=0")
	try:
		yield
	finally:
		make_durable(home, state)


def make_durable(home: Home, state: State) -> None:
	"""Also after a run that was killed while it was quick."""
	tell_mariadb(home, state, "SET GLOBAL innodb_flush_log_at_trx_commit=1; FLUSH ENGINE LOGS")


def tell_mariadb(home: Home, state: State, statements: str) -> None:
	command = [
		find("mariadb") or "mariadb",
		"--no-defaults",
		"--user=root",
		f"--socket={home.mariadb_socket}",
	]
	password = {"MYSQL_PWD": state.get("mariadb_root")}
	remedy = f"See {home.logs / 'mariadb.log'}, then run it again"
	shell.run(
		[*command, f"--execute={statements}"], home.logs / "site.log", remedy, env=shell.with_path(**password)
	)


def mariadb_answers(port: int) -> bool:
	"""Whether a MariaDB greets there."""
	try:
		with socket.create_connection((ports.LOOPBACK, port), timeout=2) as line:
			head = line.recv(5)
	except OSError:
		return False
	# 3 bytes of length, a number, then the protocol's version (255 is an error packet).
	return len(head) == 5 and struct.unpack("<I", head[:3] + b"\0")[0] > 0 and head[4] == 10


def redis_answers(port: int) -> bool:
	try:
		with socket.create_connection((ports.LOOPBACK, port), timeout=2) as line:
			line.sendall(b"PING\r\n")
			return line.recv(5) == b"+PONG"
	except OSError:
		return False


def begin_logs(home: Home) -> None:
	"""Puts the last run's logs aside, so that a failure is told from this run's."""
	for name in ("services", *SERVICES):
		log = home.logs / f"{name}.log"
		if log.is_file():
			log.replace(log.with_suffix(".old.log"))
