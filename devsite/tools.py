"""The two tools that a bench is made with: the bench CLI from PyPI and yarn from npm, each kept to itself."""

import os
import shutil
import sys
from functools import lru_cache
from pathlib import Path

from devsite import shell
from devsite.paths import Home

BENCH = "5.31.1"
YARN = "1.22.22"
LOCUST = "2.41.6"
PROXY = "1.23.3"
MARK = "RTC_RUN"
#: set by `./rtc test --plain`, for the tests and for the web servers that they start: core stays as it is
PLAIN = "RTC_PLAIN"
PYPI = "Check that PyPI can be reached (or the mirror that pip is set up for), then run it again"
NPM = "Check that the npm registry can be reached (or the mirror that npm is set up for), then run it again"


def install(home: Home, progress) -> None:
	"""Installs both, unless they are there in the right version."""
	install_once(home.tools / "bench", BENCH, "bench command", progress, lambda path: make_bench(path, home))
	install_once(home.tools / "yarn", YARN, "yarn", progress, lambda path: make_yarn(path, home))


def install_once(folder: Path, version: str, title: str, progress, make) -> None:
	stamp = folder / "version"
	if stamp.is_file() and stamp.read_text() == version:
		return
	with progress.step(f"{title} {version}"):
		shutil.rmtree(folder, ignore_errors=True)
		make(folder)
		stamp.write_text(version)


def install_locust(home: Home, progress) -> None:
	"""For benchmarks only; apart, since it wants another Werkzeug than Frappe."""
	install_once(
		home.tools / "locust",
		LOCUST,
		"locust",
		progress,
		lambda path: make_python(path, home, f"locust=={LOCUST}"),
	)


def make_bench(folder: Path, home: Home) -> None:
	make_python(folder, home, f"frappe-bench=={BENCH}")


def make_python(folder: Path, home: Home, *packages: str) -> None:
	log = home.logs / "tools.log"
	venv = "Install python3-venv (apt-get install python3-venv) and run it again"
	env = shell.with_path(**step_mark(home))
	shell.run([sys.executable, "-m", "venv", folder], log, venv, "python3 -m venv", env=env)
	pip = [folder / "bin" / "pip", "install", *packages]
	shell.run(pip, log, PYPI, f"pip install {packages[0].split('=')[0]}", env=env)


def install_proxy(home: Home, progress) -> None:
	"""For a Frappe with a socket.io server; the program is realtime/proxy.cjs."""
	install_once(
		home.tools / "proxy",
		PROXY,
		"proxy",
		progress,
		lambda path: make_node(path, home, f"http-proxy-3@{PROXY}"),
	)


def make_yarn(folder: Path, home: Home) -> None:
	make_node(folder, home, f"yarn@{YARN}")


def make_node(folder: Path, home: Home, package: str) -> None:
	folder.mkdir(parents=True)
	command = ["npm", "install", "--prefix", folder, "--no-fund", "--no-audit", package]
	env = shell.with_path(**step_mark(home))
	shell.run(command, home.logs / "tools.log", NPM, f"npm install {package.split('@')[0]}", env=env)


def environment(home: Home, **variables) -> dict:
	"""The environment in which bench runs: our tools first, and the mirrors that pip and npm are set up for."""
	folders = (home.tools / "bench" / "bin", home.tools / "yarn" / "node_modules" / ".bin")
	settings = {
		"PYTHONUNBUFFERED": "1",
		"FRAPPE_DOCKER_BUILD": "1",
		# Compiled once, and kept here: else each of many short commands compiles Frappe for some seconds.
		"PYTHONPYCACHEPREFIX": str(home.cache / "pycache"),
		**step_mark(home),
		**mirrors(home),
		**variables,
	}
	for unwanted in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE"):
		os.environ.pop(unwanted, None)
	return shell.with_path(*folders, Path("/usr/sbin"), **settings)


def step_mark(home: Home) -> dict:
	"""By this the next run finds, and ends, what a killed one left at work."""
	return {MARK: f"{home.root}:step"}


@lru_cache(maxsize=4)
def mirrors(home: Home) -> dict:
	"""uv and yarn do not read pip's and npm's settings: says the same to them in their own words."""
	pip = home.tools / "bench" / "bin" / "pip"
	settings = pip_settings(pip)
	found = {"UV_INDEX_STRATEGY": "unsafe-best-match"}  # as pip: the best version of any index
	for name, variable, separator in (
		("index-url", "UV_DEFAULT_INDEX", " "),
		("extra-index-url", "UV_INDEX", " "),
		("find-links", "UV_FIND_LINKS", ","),
		("no-index", "UV_NO_INDEX", " "),
	):
		values = [value for value in settings.get(name, "").split() if there(value)]
		if values and variable not in os.environ:
			found[variable] = separator.join(values)
	registry = shell.output(["npm", "config", "get", "registry"])
	if registry.startswith("http"):
		found["YARN_REGISTRY"] = registry
	return found


def there(place: str) -> bool:
	"""uv stops at a local folder that is missing, where pip goes on."""
	path = place.removeprefix("file://")
	return not path.startswith("/") or Path(path).is_dir()


def pip_settings(pip: Path) -> dict[str, str]:
	"""pip's settings by their names; the environment's come last and win."""
	found = {}
	lines = shell.output([pip, "config", "list"]).splitlines()
	for line in sorted(lines, key=lambda line: line.startswith(":env:")):
		name, _, value = line.partition("=")
		found[name.rpartition(".")[2]] = value.strip("'\"").replace("\\n", " ")
	return found
