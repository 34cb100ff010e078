"""A clamd to ask: one that answers as a test wants, over TCP, and the real one where the machine has it."""

import contextlib
import hashlib
import shutil
import socket
import struct
import subprocess
import threading
import time

from rtc_conciliation.common.files import uploads

OK, FOUND = b"stream: OK\0", b"stream: Eicar-Test-Signature FOUND\0"


def by_content(content: bytes) -> bytes:
	return FOUND if uploads.TEST_VIRUS in content else OK


class FakeClamd:
	"""Speaks INSTREAM on a port of its own; `answer` is what it says, or a function of the bytes that came.

	`limit` ends the stream as clamd's StreamMaxLength does, `delay` waits before the answer.
	"""

	def __init__(self, answer=None, limit: int | None = None, delay: float = 0):
		self.answer = by_content if answer is None else answer
		self.limit, self.delay, self.asked = limit, delay, 0
		self.listener = socket.create_server(("127.0.0.1", 0))
		self.address = "127.0.0.1:{}".format(self.listener.getsockname()[1])
		self.thread = threading.Thread(target=self.serve, daemon=True)

	def __enter__(self):
		self.thread.start()
		return self

	def __exit__(self, *exc):
		self.listener.close()

	def serve(self) -> None:
		while True:
			try:
				connection, _address = self.listener.accept()
			except OSError:
				return
			with connection, contextlib.suppress(OSError):
				self.asked += 1
				self.talk(connection)

	def talk(self, connection: socket.socket) -> None:
		assert exactly(connection, len(b"zINSTREAM\0")) == b"zINSTREAM\0"
		content = b""
		while length := struct.unpack("!L", exactly(connection, 4))[0]:
			content += exactly(connection, length)
			if self.limit and len(content) > self.limit:
				connection.sendall(b"INSTREAM size limit exceeded. ERROR\0")
				return
		time.sleep(self.delay)
		connection.sendall(self.answer(content) if callable(self.answer) else self.answer)


def exactly(connection: socket.socket, length: int) -> bytes:
	received = b""
	while len(received) < length:
		part = connection.recv(length - len(received))
		if not part:
			raise OSError("the other side went away")
		received += part
	return received


@contextlib.contextmanager
def real_clamd(folder):
	"""The address of a clamd that knows one virus only: the EICAR text, by its digest."""
	database = folder / "database"
	database.mkdir()
	digest = hashlib.md5(uploads.TEST_VIRUS).hexdigest()
	(database / "own.hdb").write_text(f"{digest}:{len(uploads.TEST_VIRUS)}:Prova.Eicar\n")
	address = folder / "clamd.sock"
	configuration = folder / "clamd.conf"
	configuration.write_text(
		f"LocalSocket {address}\nDatabaseDirectory {database}\nForeground yes\nLogFile {folder}/clamd.log\n"
		"StreamMaxLength 1M\nMaxThreads 2\n"
	)
	program = shutil.which("clamd", path="/usr/sbin:/usr/bin:/usr/local/sbin")
	with open(folder / "output.log", "wb") as log:
		process = subprocess.Popen([program, f"--config-file={configuration}"], stdout=log, stderr=log)
	try:
		deadline = time.monotonic() + 30
		while not address.exists():
			told = (folder / "output.log").read_text()
			assert process.poll() is None and time.monotonic() < deadline, told
			time.sleep(0.05)
		yield str(address)
	finally:
		process.terminate()
		process.wait(10)
