"""Asks clamd about the bytes of a file, by its own protocol (INSTREAM). No Frappe: an address and bytes in, a verdict out.

clamd is the daemon of ClamAV; `clamdscan` and the libraries for it need the file on the same machine or are not kept.
"""

import socket
import struct
import time
from dataclasses import dataclass

CLEAN, INFECTED = "Clean", "Infected"
CHUNK = 64 * 1024
#: of an answer; clamd's are a line
LONGEST_ANSWER = 4096


class ScannerError(Exception):
	"""No verdict: out of reach, too slow, cut off, or clamd would not scan it. Says which."""


@dataclass(frozen=True)
class Verdict:
	state: str
	virus: str = ""


def scan(address: str, content: bytes, seconds: float = 30) -> Verdict:
	"""What clamd at `address` says of `content`, within `seconds` in all; ScannerError without a verdict.

	`address` is host:port, [ipv6]:port, or the path of a Unix socket.
	"""
	deadline = time.monotonic() + seconds
	try:
		with connect(address, deadline) as connection:
			return parse_verdict(send_content(connection, content, deadline))
	except (OSError, ValueError) as error:
		raise ScannerError(f"{address}: {error or type(error).__name__}") from error


def connect(address: str, deadline: float) -> socket.socket:
	if address.startswith("/"):
		connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
		connection.settimeout(get_seconds_left(deadline))
		try:
			connection.connect(address)
		except OSError:
			connection.close()
			raise
		return connection
	host, _colon, port = address.rpartition(":")
	if not host or not port.isdecimal():
		raise ValueError("neither host:port nor the path of a socket")
	return socket.create_connection((host.strip("[]"), int(port)), timeout=get_seconds_left(deadline))


def send_content(connection: socket.socket, content: bytes, deadline: float) -> str:
	try:
		send(connection, b"zINSTREAM\0", deadline)
		for start in range(0, len(content), CHUNK):
			part = content[start : start + CHUNK]
			send(connection, struct.pack("!L", len(part)) + part, deadline)
		send(connection, struct.pack("!L", 0), deadline)
	except (BrokenPipeError, ConnectionResetError):
		pass  # past its limit clamd answers and closes before it has read all: what it said is still to be read
	return answer(connection, deadline)


def send(connection: socket.socket, data: bytes, deadline: float) -> None:
	connection.settimeout(get_seconds_left(deadline))
	connection.sendall(data)


def answer(connection: socket.socket, deadline: float) -> str:
	received = b""
	while not received.endswith(b"\0") and len(received) < LONGEST_ANSWER:
		connection.settimeout(get_seconds_left(deadline))
		part = connection.recv(LONGEST_ANSWER)
		if not part:
			break
		received += part
	if not received.endswith(b"\0"):
		raise ConnectionError("the answer was cut off")
	return received.rstrip(b"\0").decode("utf-8", "replace").strip()


def get_seconds_left(deadline: float) -> float:
	seconds = deadline - time.monotonic()
	if seconds <= 0:
		raise TimeoutError("timed out")
	return seconds


def parse_verdict(text: str) -> Verdict:
	"""Of clamd's line: "stream: OK", "stream: NAME FOUND"; all else is no verdict."""
	said = text.removeprefix("stream:").strip()
	if said == "OK":
		return Verdict(CLEAN)
	if said.endswith(" FOUND"):
		return Verdict(INFECTED, said.removesuffix(" FOUND").strip()[:140])
	raise ScannerError(f"clamd gave no verdict: {said[:200] or 'nothing'}")
