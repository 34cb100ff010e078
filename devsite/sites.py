"""The two sites: one to look at, with demo data, and one that only the tests use."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devsite import appstate, bench, services, shell
from devsite.errors import RtcError
from devsite.paths import APP, DEMO_SITE, REPO, Home
from devsite.state import State, write_atomically
from devsite.system import find
from devsite.tools import environment

ADMIN_PASSWORD = "admin"
#: mails are written and kept in the queue, from an address that nobody reads; none leaves the machine
SETTINGS = {
	"mute_emails": 1,
	"mail_server": "127.0.0.1",
	"auto_email_id": "rete@ats.example.org",
	"developer_mode": 0,
}
#: the bench's scheduler, when it runs, leaves the sites of the tests alone
FOR_TESTS = {
	"allow_tests": True,
	"disable_website_cache": 1,
	"pause_scheduler": 1,
}
REMEDY = "Read that log; ./rtc reset begins anew"


def ensure(home: Home, state: State, progress, site: str) -> None:
	"""Makes the site if need be, and brings it up to the app's code."""
	known = stage(state, site)
	if not (home.sites / site / "site_config.json").is_file():
		known = {}
	if not known.get("created"):
		with progress.step(f"Site {site}"):
			create(home, state, site)
		known = stage(state, site, created=True, schema=None, demo=False)
	configure(home, site)
	now = {"schema": appstate.schema(), "code": appstate.code()}
	if not known.get("schema"):
		with progress.step(f"Installing {APP} on {site}"):
			install_app(home, site)
	elif known["schema"] != now["schema"]:
		with progress.step(f"Migrating {site}: the app has changed"):
			bench.run(home, "--site", site, "migrate", remedy=REMEDY)
	elif known.get("code") != now["code"]:
		with progress.step(f"Forgetting what {site} keeps of the app's old code"):
			bench.run(home, "--site", site, "clear-cache", remedy=REMEDY)
	stage(state, site, **now)


def stage(state: State, site: str, **values) -> dict:
	"""How far the site is; values are written down first."""
	made = dict(state.get("sites") or {})
	made[site] = {**made.get(site, {}), **values}
	if values:
		state.set(sites=made)
	return made[site]


def ensure_twin(home: Home, state: State, progress, site: str, twin: str) -> None:
	"""Copies a site, unless the copy is of the same schema; then it only forgets the app's old code."""
	original, known = stage(state, site), stage(state, twin)
	if is_old(state, site, twin):
		with progress.step(f"Site {twin}, a copy of {site}"):
			source = dump(home, state, site, home.run / "twin.sql")
			create(home, state, twin, source)
			source.unlink()
	elif known["code"] != original["code"]:
		bench.run(home, "--site", twin, "clear-cache", remedy=REMEDY)
	configure(home, twin)
	stage(state, twin, **original)


def is_old(state: State, site: str, twin: str) -> bool:
	return stage(state, twin).get("schema") != stage(state, site).get("schema")


def create(home: Home, state: State, site: str, source: Path | None = None) -> None:
	"""A site of Frappe alone with the set-up wizard behind it, or of what `source` has (a file of SQL).

	Frappe makes its tables once; the next site of the same bench begins with a copy of them."""
	# A broken-off or an older one may have left its folder, its database and, on version 16, the user of that.
	shutil.rmtree(home.sites / site, ignore_errors=True)
	services.tell_mariadb(home, state, f"DROP USER IF EXISTS '{database(site)}'@'%'")
	fresh = home.bench / "frappe.sql"
	source = source or (fresh if fresh.is_file() else None)
	bench.run(
		home,
		"new-site",
		site,
		"--force",
		"--db-root-username=root",
		f"--db-root-password={state.get('mariadb_root')}",
		f"--admin-password={ADMIN_PASSWORD}",
		f"--db-name={database(site)}",
		"--no-mariadb-socket",
		*(["--source-sql", source] if source else []),
		remedy=REMEDY,
	)
	configure(home, site)
	# Redis may remember an earlier site of this name, and which modules the apps had before ours came.
	if source:
		bench.run(home, "--site", site, "clear-cache", remedy=REMEDY)
	else:
		inside(home, site, "finish_wizard")
		dump(home, state, site, fresh)


def drop(home: Home, state: State, site: str) -> None:
	root = ("--root-login=root", f"--root-password={state.get('mariadb_root')}")
	bench.run(home, "drop-site", site, "--force", "--no-backup", *root, remedy=REMEDY)


def database(site: str) -> str:
	return f"rtc_{site.split('.')[0].replace('-', '_')}"


def dump(home: Home, state: State, site: str, file: Path) -> Path:
	"""The site's database as SQL; the file is there only when it is whole."""
	part = file.with_suffix(".part")
	command = [find("mariadb-dump"), "--no-defaults", "--user=root", f"--socket={home.mariadb_socket}"]
	command += ["--single-transaction", f"--result-file={part}", database(site)]
	log = home.logs / "site.log"
	shell.run(
		command,
		log,
		REMEDY,
		"mariadb-dump",
		env={**environment(home), "MYSQL_PWD": state.get("mariadb_root")},
	)
	return part.replace(file)


def install_app(home: Home, site: str) -> None:
	# Forced, since a broken-off installation may have put the app on the site's list already.
	bench.run(home, "--site", site, "install-app", "--force", APP, remedy=REMEDY)
	inside(home, site, "settle")


def configure(home: Home, site: str) -> None:
	file = home.sites / site / "site_config.json"
	known = json.loads(file.read_text())
	tested = {} if site == DEMO_SITE else FOR_TESTS
	write_atomically(file, json.dumps({**known, **SETTINGS, **tested}, indent=1, sort_keys=True))
	bench.name_host(home)


def inside(home: Home, site: str, act: str) -> str:
	"""Runs an act of site_setup in the bench's Python; returns what it printed."""
	result = home.run / f"{act}.json"
	result.unlink(missing_ok=True)
	run_python(home, "devsite.site_setup", site, act, result)
	return result.read_text() if result.is_file() else ""


def run_python(home: Home, module: str, *arguments) -> None:
	"""Runs a module of this repository in the bench's Python; what it says goes to the log."""
	variables = {"PYTHONPATH": REPO, "SITES_PATH": home.sites, "RTC_BENCH": home.bench}
	shell.run(
		[home.python, "-m", module, *arguments],
		home.logs / "site.log",
		REMEDY,
		" ".join([module, *map(str, arguments[:2])]),
		cwd=home.sites,
		env={**environment(home), **strings(variables)},
	)


def strings(values: dict) -> dict:
	return {key: str(value) for key, value in values.items()}


def load_demo(home: Home, state: State, progress) -> None:
	"""Loads the app's demo data once, if it has some."""
	if stage(state, DEMO_SITE).get("demo") or not appstate.demo():
		return
	with progress.step("Demo data"):
		bench.run(home, "--site", DEMO_SITE, "execute", f"{APP}.setup.demo.load", remedy=REMEDY)
	stage(state, DEMO_SITE, demo=True)


def demo_logins(home: Home, state: State) -> list:
	"""(user, password, what for) of each, as the app's demo data says; asked again when the app has changed."""
	known = stage(state, DEMO_SITE)
	if not known.get("demo"):
		return []
	if known.get("told") != known.get("code"):
		try:
			logins = json.loads(inside(home, DEMO_SITE, "demo_logins") or "[]")
		except (RtcError, ValueError):
			return []
		known = stage(state, DEMO_SITE, told=known.get("code"), logins=logins)
	return known["logins"]


@contextmanager
def assets_beside(home: Home, state: State, progress) -> Iterator[None]:
	"""Builds Frappe's assets once, and the app's own whenever they have changed, while the body makes a site."""
	built, now = dict(state.get("assets") or {}), appstate.bundles()
	if not built.get("frappe"):
		# `CI` keeps bench from asking the public Git host for ready-made assets.
		title, command, variables = "The desk's JavaScript and styles", ["build"], {"CI": "1"}
	elif built.get(APP) != now:
		title, command, variables = "The app's JavaScript and styles", ["build", "--app", APP], {}
	else:
		yield
		return

	def build() -> None:
		bench.run(home, *command, "--production", log="build.log", **variables)

	with progress.beside(title, build):
		yield
	state.set(assets={"frappe": True, APP: now})
