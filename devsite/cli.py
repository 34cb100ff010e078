"""The commands of ./rtc."""

import argparse
import os
import signal
import sys
from contextlib import nullcontext

from devsite import bench, checks, editions, ports, preparation, processes, services, sites, system, tools
from devsite.errors import RtcError
from devsite.paths import DEMO_SITE, Home
from devsite.progress import Progress
from devsite.state import State, only_one

HELP = """\
./rtc up [--port N] [--frappe <git url or path> --branch <branch>]
                    from a bare machine to a running site with demo data; again: starts it
./rtc test [args]   lint, then pytest; args go to pytest. Without any, what has passed and cannot
                    have changed is left out; --all leaves out nothing, --plain runs the tests on a core
                    that nothing makes quicker
./rtc test --mutants [module] [--sample N]
                    small mistakes in the rules, and how many of them the tests of the rules notice
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
	if options.port and not preparation.is_served_by_us(home, options.port):
		ports.insist(options.port)
	with preparation.begin(home) as state:
		progress = Progress()
		if options.port and options.port != (state.get("ports") or {}).get("web"):
			processes.stop(home, "app")
		preparation.prepare(home, state, progress, options.port, options.frappe, options.branch)
		made = sites.stage(state, DEMO_SITE).get("demo")
		services.make_durable(home, state)
		with nullcontext() if made else services.quick(home, state):
			with sites.assets_beside(home, state, progress):
				sites.ensure(home, state, progress, DEMO_SITE)
			sites.load_demo(home, state, progress)
		preparation.serve(home, state, progress)
		tell(home, state, progress)


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
	preparation.require_bench(home)
	if not processes.running(home, "services"):
		with preparation.begin(home) as state:
			preparation.start_services(home, state, Progress(sys.stderr))
			bench.configure(home, state.get("ports"))
	os.chdir(home.bench)
	os.execve(home.bench_cli, [str(home.bench_cli), *arguments], tools.environment(home, **{tools.MARK: ""}))


def test(home: Home, arguments: list[str]) -> int:
	return checks.run_tests(home, arguments)


def lint(home: Home, arguments: list[str]) -> int:
	return checks.lint(home, arguments)


def measure(home: Home, arguments: list[str]) -> int:
	return checks.run_measure(home, arguments)
