"""The commands of ./rtc."""

import argparse
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, nullcontext

from devsite import bench, editions, ports, processes, services, sites, system, tools
from devsite.errors import RtcError
from devsite.paths import DEMO_SITE, Home
from devsite.progress import Progress
from devsite.state import State, only_one

HELP = """\
./rtc up [--port N] [--frappe <git url or path> --branch <branch>]
                    from a bare machine to a running site with demo data; again: starts it
./rtc test [args]   lint, then pytest; args go to pytest. Without any, what has passed and cannot
                    have changed is left out; --all leaves out nothing
./rtc lint [--fix]  the lint alone
./rtc down          stops what up started
./rtc bench …       the bench command inside the local bench
./rtc measure       benchmarks
./rtc reset         throws the local bench and its data away"""


def main(arguments: list[str]) -> int:
	"""Runs one command; an RtcError becomes one line."""
	signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
	command, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
	known = {
		"up": up,
		"down": down,
		"bench": pass_on,
		"reset": reset,
		"test": test,
		"measure": measure,
		"lint": lint,
	}
	# `./rtc reset --help` asks; it does not throw anything away
	asked = rest if command in ("down", "reset") and rest else [command]
	if command not in known or asked is rest:
		print(HELP)
		return 0 if asked[0] in ("help", "-h", "--help") else 2
	try:
		return known[command](Home(), rest) or 0
	except RtcError as error:
		print(f"rtc: {error}", file=sys.stderr)
		return 1
	except KeyboardInterrupt:
		print("rtc: broken off. Run the same command again, it goes on where it was.", file=sys.stderr)
		return 130


def up(home: Home, arguments: list[str]) -> None:
	parser = argparse.ArgumentParser(prog="./rtc up")
	parser.add_argument("--port", type=int, help="insist on this port of 127.0.0.1")
	parser.add_argument("--frappe", help="Git URL or path of an official Frappe, in place of the registries")
	parser.add_argument("--branch", help="its branch, for example version-15")
	options = parser.parse_args(arguments)
	if options.port and not is_served_by_us(home, options.port):
		ports.insist(options.port)
	with begin(home) as state:
		progress = Progress()
		if options.port and options.port != (state.get("ports") or {}).get("web"):
			processes.stop(home, "app")
		prepare(home, state, progress, options.port, options.frappe, options.branch)
		made = sites.stage(state, DEMO_SITE).get("demo")
		services.make_durable(home, state)
		with nullcontext() if made else services.quick(home, state):
			with sites.assets_beside(home, state, progress):
				sites.ensure(home, state, progress, DEMO_SITE)
			sites.load_demo(home, state, progress)
		serve(home, state, progress)
		tell(home, state, progress)


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


def tell(home: Home, state: State, progress) -> None:
	url = f"http://{DEMO_SITE}:{state.get('ports')['web']}"
	progress.say(f"\nReady after {progress.seconds():.0f} s: {url}")
	progress.say(f"  {'Administrator':<34} {sites.ADMIN_PASSWORD:<14} everything")
	for user, password, purpose in sites.demo_logins(home, state):
		progress.say(f"  {user:<34} {password:<14} {purpose}")
	if state.get("bench")["frappe"] == editions.REGISTRIES:
		progress.say(
			"This Frappe is a snapshot of 2023: to try and to develop; an office works on an official bench"
		)
	if not system.find("wkhtmltopdf"):
		progress.say(
			"Without wkhtmltopdf, which this distribution lacks: core's own print formats give no PDF, ours do"
		)
	progress.say("Stop it with ./rtc down")


def down(home: Home, arguments: list[str]) -> None:
	stopped = processes.stop(home, "app") + processes.stop(home)
	print(f"Stopped {stopped} processes." if stopped else "Nothing was running.")


def reset(home: Home, arguments: list[str]) -> None:
	with only_one(home.root / "lock"):
		processes.stop(home)
		home.remove()
	print(f"The local bench in {home.root} is gone.")


def pass_on(home: Home, arguments: list[str]) -> int:
	"""The bench command inside the bench; starts MariaDB and Redis for it when they are down."""
	require_bench(home)
	if not processes.running(home, "services"):
		with begin(home) as state:
			start_services(home, state, Progress(sys.stderr))
			bench.configure(home, state.get("ports"))
	os.chdir(home.bench)
	os.execve(home.bench_cli, [str(home.bench_cli), *arguments], tools.environment(home, **{tools.MARK: ""}))


def require_bench(home: Home) -> None:
	if not home.python.exists():
		raise RtcError("there is no bench yet", "Run ./rtc up first")


def test(home: Home, arguments: list[str]) -> int:
	from devsite.checks import run_all

	return run_all(home, arguments)


def lint(home: Home, arguments: list[str]) -> int:
	from devsite import checks

	return checks.lint(home, arguments)


def measure(home: Home, arguments: list[str]) -> int:
	from devsite.checks import run_measure

	return run_measure(home, arguments)
