"""Numbered steps with their seconds, one line each."""

import sys
import time
from contextlib import contextmanager


class Progress:
	"""Prints what is going on; what is already done is not mentioned."""

	def __init__(self, stream=None):
		self.stream = stream or sys.stdout
		self.began = time.monotonic()
		self.number = 0

	@contextmanager
	def step(self, title: str):
		self.number += 1
		began = time.monotonic()
		self.write(f"[{self.number:>2}] {title} … ")
		try:
			yield
		except BaseException:
			self.write(f"failed after {time.monotonic() - began:.1f} s\n")
			raise
		self.write(f"{time.monotonic() - began:.1f} s\n")

	def say(self, text: str = "") -> None:
		self.write(text + "\n")

	def seconds(self) -> float:
		return time.monotonic() - self.began

	def write(self, text: str) -> None:
		self.stream.write(text)
		self.stream.flush()
