"""The bench directory, made by the bench command itself, with this repository linked into it as an app."""

import json
import os
import shutil
import sys
from pathlib import Path

from devsite import editions, shell, source
from devsite.errors import RtcError
from devsite.paths import APP, DEMO_SITE, REPO, Home
from devsite.state import State, write_atomically
from devsite.system import find
from devsite.tools import NPM, PYPI, environment

REMEDY = f"{PYPI}; for JavaScript packages: {NPM}"


def run(home: Home, *arguments, log: str = "bench.log", remedy: str = REMEDY, **variables) -> None:
	"""Runs a bench command inside the bench."""
	shell.run(
		[home.bench_cli, *arguments],
		home.logs / log,
		remedy,
		f"bench {' '.join(str(a) for a in arguments if not str(a).startswith('-'))}"[:80],
		cwd=home.bench,
		env=environment(home, **variables),
	)


def make(home: Home, state: State, progress, frappe: str | None = None, branch: str | None = None) -> None:
	"""Makes the bench, unless it is there already."""
	frappe = absolute(frappe)
	wanted = {
		"frappe": frappe or editions.REGISTRIES,
		"branch": branch or (None if frappe else source.BRANCH),
	}
	if made := state.get("bench"):
		if frappe and (made["frappe"] != frappe or branch not in (None, made["branch"])):
			raise RtcError(
				f"this bench was made with Frappe from {made['frappe']} {made['branch'] or ''}",
				"Run ./rtc reset first; it throws the local site and its data away",
			)
		return
	path = frappe or source.fetch(home, progress)
	with progress.step("Bench with Frappe's Python and JavaScript packages"):
		shutil.rmtree(home.bench, ignore_errors=True)
		initialise(home, path, wanted["branch"], frappe)
		state.forget("app", "assets", "sites")
		state.set(bench=wanted)


def absolute(frappe: str | None) -> str | None:
	"""A path as seen from where ./rtc was called; an address as it is."""
	if not frappe:
		return None
	path = Path(os.environ.get("RTC_CALLED_FROM", ".")) / Path(frappe).expanduser()
	return str(path.resolve()) if path.exists() else frappe


def initialise(home: Home, path, branch: str | None, official: str | None) -> None:
	# Run by root, bench wants to be told so in the directory that it is called from.
	start = home.cache / "init"
	write_atomically(start / "sites" / "common_site_config.json", json.dumps(user_setting()))
	options = ["--skip-redis-config-generation", "--no-backups", "--no-procfile", "--skip-assets"]
	python = editions.python(editions.get_edition(official, branch))
	command = [home.bench_cli, "init", "--python", python, "--frappe-path", path, *options]
	if branch:
		command += ["--frappe-branch", branch]
	log = home.logs / "bench-init.log"
	shell.run([*command, home.bench], log, REMEDY, "bench init", cwd=start, env=environment(home))
	if not (home.sites / "apps.txt").is_file() or not home.python.exists():
		raise RtcError(
			f"bench init ended without a bench ({shell.telling_line(log)}; all of it in {log})", REMEDY
		)


def user_setting() -> dict:
	return {"frappe_user": "root"} if os.geteuid() == 0 else {}


def configure(home: Home, ports: dict) -> None:
	"""Writes where the services are into the bench's own configuration."""
	file = home.sites / "common_site_config.json"
	known = json.loads(file.read_text()) if file.is_file() else {}
	queue, cache = (f"redis://127.0.0.1:{ports[name]}" for name in ("redis_queue", "redis_cache"))
	wanted = {
		**known,
		**user_setting(),
		"db_host": "127.0.0.1",
		"db_port": ports["mariadb"],
		"default_site": DEMO_SITE,
		"live_reload": False,
		"redis_cache": cache,
		"redis_queue": queue,
		"redis_socketio": cache,
		"socketio_port": ports["socketio"],
		"webserver_port": ports["web"],
		"file_watcher_port": 0,
		"rtc_trusted_proxies": int(has_realtime(home)),
	}
	if wanted != known:
		write_atomically(file, json.dumps(wanted, indent=1, sort_keys=True))
	name_host(home)


def name_host(home: Home) -> None:
	"""The site to look at is known by this name only, also in what it mails."""
	file = home.sites / DEMO_SITE / "site_config.json"
	if not file.is_file():
		return
	known = json.loads(file.read_text())
	port = json.loads((home.sites / "common_site_config.json").read_text())["webserver_port"]
	wanted = {**known, "host_name": f"http://{DEMO_SITE}:{port}"}
	if wanted != known:
		write_atomically(file, json.dumps(wanted, indent=1, sort_keys=True))


def link_app(home: Home, state: State, progress) -> None:
	"""Links the repository as an app and installs it with what its tests need.

	`bench get-app --soft-link` takes the app's name from the folder or the remote of the clone, which may be called
	anything; these are the same four acts under the right name."""
	project = (REPO / "pyproject.toml").read_text()
	identity = shell.output(["sha256sum", REPO / "pyproject.toml"]).split(" ")[0] or project
	if state.get("app") == identity:
		return
	with progress.step(f"The app {APP}, linked into the bench"):
		link = home.bench / "apps" / APP
		if link.is_symlink() or link.exists():
			link.unlink()
		link.symlink_to(REPO)
		uv = home.tools / "bench" / "bin" / "uv"
		command = [uv, "pip", "install", "--python", home.python, "--editable", f"{REPO}[test]"]
		shell.run(command, home.logs / "install.log", PYPI, "installing the app", env=environment(home))
		write_atomically(home.sites / "apps.txt", f"frappe\n{APP}\n")
		state.set(app=identity)


def procfile(home: Home, services: dict[str, str], ports: dict) -> None:
	"""The ordinary processes of a bench, each bound to loopback only."""
	python, cli = home.python, home.bench_cli
	pid = home.run / "web.pid"
	inner = ports["inner"] if has_realtime(home) else ports["web"]
	gunicorn = (
		f"{python} -m gunicorn -b 127.0.0.1:{inner} -p {pid} -w 2 --threads 4 -t 120 --graceful-timeout 5"
	)
	lines = {
		**services,
		"web": f"env PYTHONPATH={REPO} RTC_SITE={DEMO_SITE} {gunicorn} devsite.wsgi:application",
		"watch": f"env PYTHONPATH={REPO} {sys.executable} -m devsite.watch {pid}",
		"worker": f"{cli} worker",
		"schedule": f"{cli} schedule",
	}
	# A page is wanted first; the other two wait, so that they do not take the start's two cores from it.
	later = {"worker": "sleep 2; ", "schedule": "sleep 4; "}
	if has_realtime(home):
		node, folder = find("node"), REPO / "devsite" / "realtime"
		lines["socketio"] = f"{node} --require {folder}/loopback.cjs {home.bench}/apps/frappe/socketio.js"
		modules = f"env NODE_PATH={home.tools}/proxy/node_modules"
		lines["proxy"] = f"{modules} {node} {folder}/proxy.cjs {ports['web']} {inner} {ports['socketio']}"
	text = "".join(f"{name}: {later.get(name, '')}exec {command}\n" for name, command in lines.items())
	write_atomically(home.root / "Procfile", text)


def app_processes(home: Home) -> tuple[str, ...]:
	names = [line.split(":")[0] for line in (home.root / "Procfile").read_text().splitlines()]
	return tuple(
		name for name in names if name in ("web", "watch", "worker", "schedule", "socketio", "proxy")
	)


def has_realtime(home: Home) -> bool:
	"""An official Frappe has a socket.io server, and then a proxy in front; the registries' has none."""
	return (home.bench / "apps" / "frappe" / "socketio.js").is_file()


def has(path: str) -> bool:
	return Path(REPO, APP, path).exists()
