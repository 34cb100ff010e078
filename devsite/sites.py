"""The two sites: one to look at, with demo data, and one that only the tests use."""

import json
import shutil

from devsite import appstate, bench, shell
from devsite.errors import RtcError
from devsite.paths import APP, DEMO_SITE, REPO, TEST_SITE, Home
from devsite.state import State
from devsite.tools import environment

ADMIN_PASSWORD = "admin"
SITE_SETTINGS = {
	DEMO_SITE: {"mute_emails": 1, "developer_mode": 0},
	TEST_SITE: {"mute_emails": 1, "developer_mode": 0, "allow_tests": True, "disable_website_cache": 1},
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


def create(home: Home, state: State, site: str) -> None:
	# A broken-off one may have left its folder or its database.
	shutil.rmtree(home.sites / site, ignore_errors=True)
	bench.run(
		home,
		"new-site",
		site,
		"--force",
		"--db-root-username=root",
		f"--db-root-password={state.get('mariadb_root')}",
		f"--admin-password={ADMIN_PASSWORD}",
		f"--db-name=rtc_{site.split('.')[0]}",
		"--no-mariadb-socket",
		remedy=REMEDY,
	)
	configure(home, site)
	inside(home, site, "finish_wizard")


def install_app(home: Home, site: str) -> None:
	# Redis keeps which modules the apps have from before this app was there.
	bench.run(home, "--site", site, "clear-cache", remedy=REMEDY)
	# Forced, since a broken-off installation may have put the app on the site's list already.
	bench.run(home, "--site", site, "install-app", "--force", APP, remedy=REMEDY)
	inside(home, site, "settle")


def configure(home: Home, site: str) -> None:
	file = home.sites / site / "site_config.json"
	known = json.loads(file.read_text())
	file.write_text(json.dumps({**known, **SITE_SETTINGS[site]}, indent=1, sort_keys=True))


def inside(home: Home, site: str, act: str) -> str:
	"""Runs an act of site_setup in the bench's Python; returns what it printed."""
	log = home.logs / "site.log"
	command = [home.python, "-m", "devsite.site_setup", site, act]
	variables = {"PYTHONPATH": REPO, "SITES_PATH": home.sites}
	result = home.run / f"{act}.json"
	result.unlink(missing_ok=True)
	shell.run(
		[*command, result], log, REMEDY, act, cwd=home.sites, env={**environment(home), **strings(variables)}
	)
	return result.read_text() if result.is_file() else ""


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


def build_assets(home: Home, state: State, progress) -> None:
	"""Builds Frappe's assets once, and the app's own whenever they have changed."""
	built = dict(state.get("assets") or {})
	# `CI` keeps bench from asking the public Git host for ready-made assets.
	if not built.get("frappe"):
		with progress.step("The desk's JavaScript and styles"):
			bench.run(home, "build", "--production", log="build.log", CI="1")
		built = {"frappe": True, APP: appstate.bundles()}
		state.set(assets=built)
	elif built.get(APP) != (now := appstate.bundles()):
		with progress.step("The app's JavaScript and styles"):
			bench.run(home, "build", "--app", APP, "--production", log="build.log")
		state.set(assets={**built, APP: now})
