"""With a Frappe that has a socket.io server one address leads to both, as nginx does on a real bench."""

import http.client
import socket
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from devsite import bench, ports, processes, tools
from devsite.progress import Progress
from devsite.state import write_atomically

UPGRADE = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"


class Echo(BaseHTTPRequestHandler):
	def do_GET(self):
		told = f"{self.server.title} {self.path} {self.headers['Host']} {self.headers['X-Forwarded-For']}".encode()
		self.send_response(200)
		self.send_header("Content-Length", str(len(told)))
		self.end_headers()
		self.wfile.write(told)

	def log_message(self, *arguments):
		pass


class Realtime(Echo):
	def do_GET(self):
		if self.headers["Upgrade"] != "websocket":
			return super().do_GET()
		self.wfile.write(UPGRADE)
		self.wfile.write(self.connection.recv(100).upper())
		self.close_connection = True


@contextmanager
def listening(handler, title: str):
	server = ThreadingHTTPServer((ports.LOOPBACK, 0), handler)
	server.title = title
	threading.Thread(target=server.serve_forever, daemon=True).start()
	yield server.server_port
	server.shutdown()
	server.server_close()


@pytest.fixture
def proxy(home):
	"""The proxy's port, with a web server and a socket.io server behind it; started from the Procfile as by `./rtc up`."""
	tools.install(home, Progress())
	tools.install_proxy(home, Progress())
	core = home.bench / "apps" / "frappe" / "socketio.js"
	core.parent.mkdir(parents=True)
	core.write_text("")
	assert bench.has_realtime(home)
	with listening(Echo, "web") as web, listening(Realtime, "realtime") as realtime:
		own = ports.choose()
		bench.procfile(home, {}, {"web": own, "inner": web, "socketio": realtime})
		lines = (home.root / "Procfile").read_text().splitlines()
		write_atomically(home.root / "Procfile", next(line for line in lines if line.startswith("proxy: ")))
		processes.start(home, ("proxy",), "app")
		wait_for(own)
		yield own


def wait_for(port: int) -> None:
	deadline = time.monotonic() + 20
	while ports.is_free(port):
		assert time.monotonic() < deadline
		time.sleep(0.05)


def ask(port: int, path: str, **headers) -> str:
	line = http.client.HTTPConnection(ports.LOOPBACK, port, timeout=10)
	line.request("GET", path, headers={"Host": "rtc.localhost:8000", **headers})
	return line.getresponse().read().decode()


def test_each_gets_what_is_for_it(proxy):
	assert ask(proxy, "/bandi?x=1") == "web /bandi?x=1 rtc.localhost:8000 127.0.0.1"
	assert ask(proxy, "/socket.io/?EIO=4") == "realtime /socket.io/?EIO=4 rtc.localhost:8000 127.0.0.1"
	sent = {"X-Forwarded-For": "203.0.113.9"}
	assert ask(proxy, "/", **sent).endswith(" 203.0.113.9,127.0.0.1"), "what it saw itself comes last"


def test_a_websocket_goes_through(proxy):
	with socket.create_connection((ports.LOOPBACK, proxy), timeout=10) as line:
		line.sendall(
			b"GET /socket.io/ HTTP/1.1\r\nHost: rtc.localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
		)
		assert line.recv(12) == b"HTTP/1.1 101"
		line.sendall(b"ping")
		said = b""
		while part := line.recv(1000):
			said += part
	assert said.endswith(b"PING")


def test_nobody_else_on_the_network_reaches_it(proxy):
	address = socket.gethostbyname(socket.gethostname())
	if not address.startswith("127."):
		with pytest.raises(OSError):
			socket.create_connection((address, proxy), timeout=5)
