"""Numbered steps with their seconds, one line each."""

import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
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

	@contextmanager
	def beside(self, title: str, act: Callable[[], None]) -> Iterator[None]:
		"""Runs `act` while the body does something else; its line comes when both have ended, as does its error."""

		def timed() -> float:
			began = time.monotonic()
			act()
			return time.monotonic() - began

		with ThreadPoolExecutor(1) as aside:
			running = aside.submit(timed)
			yield
			self.number += 1
			self.write(f"[{self.number:>2}] {title} … ")
			try:
				seconds = running.result()
			except BaseException:
				self.write("failed\n")
				raise
		self.write(f"{seconds:.1f} s, beside the steps before\n")

	def say(self, text: str = "") -> None:
		self.write(text + "\n")

	def seconds(self) -> float:
		return time.monotonic() - self.began

	def write(self, text: str) -> None:
		self.stream.write(text)
		self.stream.flush()
