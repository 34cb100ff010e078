"""What is done already. A step is written down only after its last act, so that a broken-off one runs again."""

import fcntl
import json
import os
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from devsite.errors import RtcError


class State:
	"""A small JSON file of names and values."""

	def __init__(self, file: Path):
		self.file = file
		self.values = self.read()

	def read(self) -> dict:
		try:
			return json.loads(self.file.read_text())
		except (FileNotFoundError, ValueError):
			return {}

	def get(self, name: str, default=None):
		return self.values.get(name, default)

	def set(self, **values) -> None:
		self.values.update(values)
		write_atomically(self.file, json.dumps(self.values, indent="\t", sort_keys=True) + "\n")

	def forget(self, *names: str) -> None:
		for name in names:
			self.values.pop(name, None)
		self.set()


def write_atomically(file: Path, text: str) -> None:
	file.parent.mkdir(parents=True, exist_ok=True)
	temporary = file.with_name(f"{file.name}.{os.getpid()}")
	temporary.write_text(text)
	temporary.replace(file)


@contextmanager
def only_one(lock: Path, wait: float = 900):
	"""Holds the lock, waiting for who has it; the system lets go of it when a process ends, however it ends."""
	lock.parent.mkdir(parents=True, exist_ok=True)
	deadline = time.monotonic() + wait
	told = False
	with open(lock, "a+") as held:
		while not locked(held):
			held.seek(0)
			other = held.read().strip() or "unknown"
			if time.monotonic() >= deadline:
				raise RtcError(
					f"another ./rtc (process {other}) works on {lock.parent}",
					"Wait until it has ended, or end it, and run the command again",
				)
			if not told:
				print(f"Waiting for another ./rtc (process {other}) …", file=sys.stderr, flush=True)
				told = True
			time.sleep(0.2)
		held.truncate(0)
		held.write(str(os.getpid()))
		held.flush()
		yield


def locked(file) -> bool:
	try:
		fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
	except OSError:
		return False
	return True
