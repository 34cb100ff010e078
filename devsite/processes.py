"""Starts what the Procfile lists, in the background, and stops every bit of it again.

Each process carries RTC_RUN=<home> in its environment. That, and no list of numbers kept in a file, tells which
processes belong to this bench: it holds after a crash too, when children have outlived their parent."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

from devsite.paths import Home
from devsite.tools import MARK, environment


def start(home: Home, names: tuple[str, ...], group: str) -> subprocess.Popen:
	"""Starts these lines of the Procfile as one group: when one ends, all of the group end."""
	honcho = home.tools / "bench" / "bin" / "honcho"
	log = open(home.logs / f"{group}.log", "ab")  # noqa: SIM115
	variables = {MARK: f"{home.root}:{group}", "SITES_PATH": home.sites}
	return subprocess.Popen(
		[honcho, "start", "--no-colour", "-f", home.root / "Procfile", *names],
		cwd=home.sites if home.sites.is_dir() else home.root,
		env=environment(home, **variables),
		stdin=subprocess.DEVNULL,
		stdout=log,
		stderr=subprocess.STDOUT,
		start_new_session=True,
	)


def running(home: Home, group: str | None = None) -> dict[int, str]:
	"""The processes of this bench (or of one group of it): number → command."""
	found = {}
	for folder in Path("/proc").iterdir():
		if not folder.name.isdigit() or int(folder.name) == os.getpid():
			continue
		try:
			ours = group_of(folder, home)
			command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
		except OSError:
			continue
		# What has ended and waits for its parent has no command any more.
		if command and ours and group in (None, ours):
			found[int(folder.name)] = command.strip()
	return found


def group_of(folder: Path, home: Home) -> str | None:
	"""The group of a process, or nothing when it is not of this bench."""
	mark = f"{MARK}={home.root}:".encode()
	for variable in (folder / "environ").read_bytes().split(b"\0"):
		if variable.startswith(mark):
			return variable[len(mark) :].decode()
	# Redis writes its title over its environment; but it works in its own folder.
	return "services" if os.readlink(folder / "cwd") == str(home.redis) else None


def stop(home: Home, group: str | None = None, seconds: float = 40) -> int:
	"""Asks them to end, and ends those that do not; returns how many there were."""
	first = running(home, group)
	for number in first:
		tell(number, signal.SIGTERM)
	deadline = time.monotonic() + seconds
	while running(home, group) and time.monotonic() < deadline:
		time.sleep(0.1)
	for number in running(home, group):
		tell(number, signal.SIGKILL)
	while running(home, group):
		time.sleep(0.05)
	return len(first)


def tell(number: int, what: signal.Signals) -> None:
	with contextlib.suppress(ProcessLookupError):
		os.kill(number, what)
