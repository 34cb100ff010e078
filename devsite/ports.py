"""Free ports on loopback."""

import socket

from devsite.errors import RtcError

LOOPBACK = "127.0.0.1"


def is_free(port: int) -> bool:
	with socket.socket() as probe:
		probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
		try:
			probe.bind((LOOPBACK, port))
		except OSError:
			return False
		return True


def choose(preferred: int | None = None) -> int:
	"""The preferred port when it is free, else any."""
	if preferred and is_free(preferred):
		return preferred
	with socket.socket() as probe:
		probe.bind((LOOPBACK, 0))
		return probe.getsockname()[1]


def insist(port: int) -> int:
	"""The port that was asked for, or an error."""
	if not is_free(port):
		raise RtcError(
			f"port {port} is taken by another program",
			f"End that program (ss -ltnp 'sport = :{port}' names it), or leave --port out and a free one is chosen",
		)
	return port
