"""What the commands share: a home held for one command, programs, services, bench and app made ready and served."""

import time
import urllib.error
import urllib.request
from contextlib import contextmanager

from devsite import bench, editions, ports, processes, services, system, tools
from devsite.errors import RtcError
from devsite.paths import Home
from devsite.state import State, only_one


@contextmanager
def begin(home: Home):
	"""Holds the home for one command, and ends what a killed one left at work in it."""
	with only_one(home.root / "lock"):
		home.make()
		processes.stop(home, "step")
		yield State(home.root / "state.json")


def is_served_by_us(home: Home, port: int) -> bool:
	state = State(home.root / "state.json")
	return (state.get("ports") or {}).get("web") == port and bool(processes.running(home, "app"))


def prepare(home: Home, state: State, progress, port=None, frappe=None, branch=None, browser=False) -> None:
	"""Everything that both sites need: programs, services, bench and app."""
	made = state.get("bench") or {}
	edition = editions.get_edition(frappe or made.get("frappe"), branch or made.get("branch"))
	editions.require(edition)
	system.require(home, progress, editions.is_compiled(edition), browser)
	editions.require(edition)  # a Node.js that came just now
	tools.install(home, progress)
	start_services(home, state, progress, port)
	bench.make(home, state, progress, frappe, branch)
	bench.configure(home, state.get("ports"))
	bench.link_app(home, state, progress)
	if bench.has_realtime(home):
		tools.install_proxy(home, progress)


def start_services(home: Home, state: State, progress, port: int | None = None) -> bool:
	"""Starts MariaDB and Redis if they do not run; returns whether it did."""
	known = state.get("ports") or {}
	alive = len(processes.running(home, "services")) >= len(services.SERVICES)
	if (
		alive
		and services.mariadb_answers(known.get("mariadb", 0))
		and services.redis_answers(known.get("redis_queue", 0))
	):
		state.set(ports={**realtime_ports(known), "web": port or known["web"]})
		bench.procfile(home, services.commands(home), state.get("ports"))
		return False
	processes.stop(home)
	services.begin_logs(home)
	chosen = services.prepare(home, state, progress)
	chosen["web"] = port or ports.choose(chosen.get("web") or 8000)
	state.set(ports=(chosen := realtime_ports(chosen)))
	bench.procfile(home, services.commands(home), chosen)
	with progress.step("MariaDB and Redis, on loopback"):
		group = processes.start(home, services.SERVICES, "services")
		try:
			services.wait(home, chosen, lambda: group.poll() is None)
		except BaseException:
			processes.stop(home, "services")
			raise
	return True


def realtime_ports(known: dict, free: bool = False) -> dict:
	"""Those of the socket.io server and, behind the proxy, of the web server; last time's, unless they must be free now."""
	usual = {"socketio": 9000, "inner": 8100}
	chosen = {name: known.get(name) for name in usual}
	for name, port in usual.items():
		if free or not chosen[name]:
			chosen[name] = ports.choose(chosen[name] or port)
	return {**known, **chosen}


def serve(home: Home, state: State, progress) -> None:
	"""Starts web, worker and scheduler unless they run and the site answers."""
	known = state.get("ports")
	if processes.running(home, "app") and answers(known["web"]):
		return
	processes.stop(home, "app")
	port = ports.choose(known["web"])
	state.set(ports=realtime_ports({**known, "web": port}, free=True))
	bench.configure(home, state.get("ports"))
	bench.procfile(home, services.commands(home), state.get("ports"))
	with progress.step("Web server, worker and scheduler"):
		group = processes.start(home, bench.app_processes(home), "app")
		deadline = time.monotonic() + 60
		while not answers(port):
			if group.poll() is not None or time.monotonic() > deadline:
				processes.stop(home, "app")
				raise RtcError(
					f"the site does not answer on port {port}",
					f"{home.logs / 'app.log'} says why; run it again once that is mended",
				)
			time.sleep(0.1)


def answers(port: int) -> bool:
	request = urllib.request.Request(f"http://127.0.0.1:{port}/api/method/ping")
	try:
		with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10) as answer:
			return b"pong" in answer.read()
	except (OSError, urllib.error.URLError):
		return False


def require_bench(home: Home) -> None:
	if not home.python.exists():
		raise RtcError("there is no bench yet", "Run ./rtc up first")
