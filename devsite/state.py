"""What is done already. A step is written down only after its last act, so that a broken-off one runs again."""

import fcntl
import json
import os
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
def only_one(lock: Path):
	"""Holds the lock; the system lets go of it when the process ends, however it ends."""
	lock.parent.mkdir(parents=True, exist_ok=True)
	with open(lock, "a+") as held:
		try:
			fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
		except OSError:
			held.seek(0)
			raise RtcError(
				f"another ./rtc (process {held.read().strip() or 'unknown'}) works on {lock.parent}",
				"Wait until it has ended, or end it, and run the command again",
			) from None
		held.truncate(0)
		held.write(str(os.getpid()))
		held.flush()
		yield
