"""Looks for holes: in the source by bandit and by semgrep with rules of our own, in the dependencies by pip-audit.
Two more tell whether other programs can read what the repository says of itself: reuse (licences) and validate-pyproject.
One holds every import against the contracts of pyproject.toml: import-linter. One holds the rules against their
annotations: mypy. One finds what is wrong in a template's markup: djlint.

They are kept apart from the bench, whose packages they would move. semgrep asks nothing of the network.
"""

import re
import socket
import subprocess
from importlib import metadata
from pathlib import Path

from devsite import tools
from devsite.paths import APP, REPO, Home
from devsite.progress import Progress

PACKAGES = (
	"bandit==1.9.4",
	"djlint==1.46.4",
	"semgrep==1.185.0",
	"pip-audit==2.10.1",
	"reuse==6.2.0",
	"validate-pyproject==0.27",
	"pyshacl==0.40.1",
	"import-linter==2.15",
	"mypy==2.4.1",
)
RULES = Path(__file__).with_name("semgrep.yml")
#: SQL put together is held against the rules of tests/rules/test_source.py, which know what is escaped;
#: B113 takes any dictionary called "requests" for the library
NOT_ASKED = "B608,B113"
#: a heading's next line, styles of papers and mails beside their elements, addresses that Flask would build
DELIBERATE = "H015,H021,J018"
NAME = re.compile(r"[A-Za-z0-9._-]+")
ADVISORIES = ("api.osv.dev", 443)


def install(home: Home, progress: Progress) -> None:
	version = " ".join(PACKAGES)
	tools.install_once(
		home.tools / "scanners",
		version,
		"Scanners:",
		progress,
		lambda path: tools.make_python(path, home, *PACKAGES),
	)


def begin(home: Home, source: str = APP) -> list[subprocess.Popen]:
	"""What looks at the app, all at the same time; `finish` waits for each."""
	settings = ("--metrics=off", "--disable-version-check", "--quiet", "--error", "--no-git-ignore")
	return [
		start(home, "bandit", "-q", "-ll", "-s", NOT_ASKED, "-r", source),
		start(home, "semgrep", "scan", *settings, "--config", str(RULES), source),
		begin_on_templates(home, source),
	]


def begin_on_templates(home: Home, source: str = APP) -> subprocess.Popen:
	return start(home, "djlint", "--lint", "--quiet", "--profile", "jinja", "--ignore", DELIBERATE, source)


def begin_on_repository(home: Home) -> list[subprocess.Popen]:
	"""What Git does not know is no part of it, so a copy without Git is not looked through for licences."""
	told = [
		start(home, "validate-pyproject", "pyproject.toml"),
		start(home, "lint-imports", "--no-cache", "--no-logo"),
		begin_types(home),
	]
	if (REPO / ".git").exists():
		told.append(start(home, "reuse", "lint", "--lines"))
	return told


def begin_types(home: Home, repository: Path = REPO) -> subprocess.Popen:
	"""What is checked, and how strictly, is said in the pyproject.toml of the repository."""
	return start(home, "mypy", "--cache-dir", str(home.cache / "mypy"), folder=repository)


def start(home: Home, tool: str, *arguments: str, folder: Path = REPO) -> subprocess.Popen:
	programs = home.tools / "scanners" / "bin"
	environment = {**tools.environment(home), "PATH": f"{programs}:/usr/bin:/bin"}
	return subprocess.Popen(
		[programs / tool, *arguments],
		cwd=folder,
		env=environment,
		stdout=subprocess.PIPE,
		stderr=subprocess.STDOUT,
	)


def finish(process: subprocess.Popen) -> int:
	"""Its exit code; prints what it found."""
	said, _errors = process.communicate()
	if process.returncode:
		print(said.decode(errors="replace"))
	return process.returncode


def audit(home: Home, progress: Progress) -> int:
	"""The app's own dependencies as they are installed; those of Frappe are Frappe's to move."""
	if not can_reach(ADVISORIES):
		progress.say("Dependencies: not audited, since no index of advisories can be reached from here.")
		return 0
	listed = home.run / "dependencies.txt"
	listed.write_text("".join(f"{name}=={version}\n" for name, version in installed(home)))
	with progress.step("Dependencies against known advisories"):
		asked = ("-s", "osv", "--progress-spinner", "off", "--no-deps", "--disable-pip", "-r", str(listed))
		return finish(start(home, "pip-audit", *asked))


def can_reach(address: tuple[str, int]) -> bool:
	try:
		socket.create_connection(address, timeout=2).close()
	except OSError:
		return False
	return True


def installed(home: Home) -> list[tuple[str, str]]:
	"""Name and version of what the app asks for, in the bench."""
	folders = [str(path) for path in (home.python.parents[1] / "lib").glob("python*/site-packages")]
	found = {plain(one.metadata["Name"]): one for one in metadata.distributions(path=folders)}
	asked = (text for text in found[plain(APP)].requires or [] if "extra ==" not in text)
	names = {plain(NAME.match(text)[0]) for text in asked}
	return [(name, found[name].version) for name in sorted(names & found.keys())]


def plain(name: str) -> str:
	return name.lower().replace("_", "-")
