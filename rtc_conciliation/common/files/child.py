"""Reads what people send in a process of its own, so that no file can hold up or fill the web server.

A reader is a pure function (bytes, **plain values) -> plain values, in a module that imports no Frappe. Its process
is begun anew, without this one's environment; it has so much processor time, memory and room for its answer, and is
killed when the clock runs out. Only so many run at once: others wait for a moment, then are asked to come back.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import frappe
from frappe import _

from rtc_conciliation.common import rate_limits

MAIN = Path(__file__).with_name("child_main.py")
#: readers of one site at the same time; guests have places of their own, so that they take none of those who log in
PLACES = {"guests": 2, "accounts": max(4, os.cpu_count() or 1)}
#: files that one account, or a guest's address, may have read in ten minutes: an application takes sixty
MOST, MINUTES = 300, 10
#: how long a request waits for a place: a person does, and a thread of the server must not wait longer
WAIT = {"guests": 2, "accounts": 5}
#: of an answer: five hundred rows of a budget are less than a tenth
LARGEST_ANSWER = 4 * 1024 * 1024


@dataclass(frozen=True)
class Limits:
	"""Seconds of the processor and megabytes of address space."""

	seconds: int
	megabytes: int


#: a 10 MB PDF of 500 pages takes 1 s
CONTENT = Limits(3, 512)
#: five signatures on a 10 MB PDF take 3 s, and pyHanko alone fills 100 MB
SIGNATURES = Limits(12, 768)
#: 5000 rows of 60 columns take 2 s
WORKBOOK = Limits(5, 512)


class TooHeavyError(Exception):
	"""The reader came to its limits, or broke down over what it read."""


class BusyError(frappe.ValidationError):
	"""HTTP 503: as many files as the site reads at once are being read."""

	http_status_code = 503


def read(reader: str, content: bytes, limits: Limits, **values):
	"""What `reader` ("module:function") makes of `content`; TooHeavyError, BusyError, TooManyAttemptsError."""
	rate_limits.count_caller("files read", MOST, MINUTES * 60)
	head = {"reader": reader, "values": values, "path": list_module_folders(), "answer": LARGEST_ANSWER}
	with hold_place(), tempfile.TemporaryFile() as sent, tempfile.TemporaryFile() as answer:
		sent.write(json.dumps({**head, **asdict(limits)}).encode() + b"\n" + content)
		sent.seek(0)
		if run(sent, answer, 2 * limits.seconds + 2):
			raise TooHeavyError(reader)
		answer.seek(0)
		return json.loads(answer.read())


def run(sent, answer, seconds: float) -> int:
	"""The exit code of the child; not 0 when it was killed."""
	process = subprocess.Popen(
		[sys.executable, "-I", "-S", str(MAIN)],
		stdin=sent,
		stdout=answer,
		stderr=subprocess.DEVNULL,
		env={"LANG": "C.UTF-8"},
		cwd="/",
		start_new_session=True,
	)
	try:
		return process.wait(seconds)
	except BaseException as error:
		os.killpg(process.pid, signal.SIGKILL)
		process.wait()
		if isinstance(error, subprocess.TimeoutExpired):
			return -signal.SIGKILL
		raise


def list_module_folders() -> list[str]:
	return [os.path.abspath(path) for path in sys.path if path]


@contextmanager
def hold_place() -> Iterator[None]:
	"""One of the site's places, held by the lock of a file, which ends with its process however that ends."""
	folder = Path(frappe.get_site_path("locks"))
	folder.mkdir(exist_ok=True)
	who = "guests" if frappe.session.user == "Guest" else "accounts"
	deadline = time.monotonic() + WAIT[who]
	while True:
		for number in range(PLACES[who]):
			with open(folder / f"rtc-reader-{who}-{number}", "wb") as lock:
				if take_place(lock):
					yield
					return
		if time.monotonic() > deadline:
			refuse_for_now()
		time.sleep(0.05)


def take_place(lock) -> bool:
	try:
		fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
	except OSError:
		return False
	return True


def refuse_for_now() -> None:
	frappe.throw(
		_("Many files are being read at this moment. Wait a minute, then send yours again."),
		BusyError,
		title=_("One Moment"),
	)
