"""What the system itself must offer, from Debian's or Ubuntu's packages; only what is missing is installed."""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

from devsite import distributions, shell
from devsite.errors import RtcError
from devsite.paths import Home

POLICY = Path("/usr/sbin/policy-rc.d")
POLICY_TEXT = "#!/bin/sh\n# rtc: packages installed now start no service\nexit 101\n"

# program to look for -> packages that bring it
PROGRAMS = {
	"git": ["git"],
	"redis-server": ["redis-server"],
	"pdftotext": ["poppler-utils"],
	"node": ["nodejs"],
	"npm": ["npm"],
	"cc": ["build-essential"],
	"pkg-config": ["pkg-config"],
	"fc-list": ["fontconfig"],
}
# file patterns below / -> packages that bring one, where the distribution has them under that name
FILES = {
	"usr/lib/*/libpango-1.0.so.0": ["libpango-1.0-0"],
	"usr/lib/*/libpangoft2-1.0.so.0": ["libpangoft2-1.0-0"],
	"usr/lib/*/libharfbuzz-subset.so.0": ["libharfbuzz-subset0"],
	"usr/lib/*/libnss_myhostname.so.2": ["libnss-myhostname"],
	"usr/share/fonts/truetype/dejavu": ["fonts-dejavu-core"],
	"usr/share/fonts/truetype/liberation*": ["fonts-liberation"],
}
# where the distribution has it: core's own print formats use it, our papers do not
IF_KNOWN = {"wkhtmltopdf": "wkhtmltopdf"}
# for the tests only, and where the distribution has it: without it one test is left out
FOR_TESTS = {"clamd": "clamav-daemon"}
FOR_DRIVER = {
	"usr/include/mariadb/mysql.h": ["libmariadb-dev"],
	"usr/include/python3*/Python.h": ["python3-dev"],
}


def find(program: str) -> str | None:
	"""The program's path; Debian keeps mariadbd where an ordinary user's PATH does not look."""
	return shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin:/usr/local/sbin")


def chromium() -> str | None:
	"""The browser that the tests drive."""
	return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def missing(compile_driver: bool = False, browser: bool = False) -> list[str]:
	"""The packages that this machine still needs."""
	packages = [name for program, names in PROGRAMS.items() if not find(program) for name in names]
	files = {**FILES, **FOR_DRIVER} if compile_driver else FILES
	for pattern, names in files.items():
		if not any(Path("/").glob(pattern)):
			packages += filter(is_known, names)
	if not (find("mariadbd") and find("mariadb-install-db") and find("mariadb-dump")):
		packages += mariadb_packages()
	if browser and not chromium():
		packages.append("chromium" if is_known("chromium") else "chromium-browser")
	optional = {**IF_KNOWN, **FOR_TESTS} if browser else IF_KNOWN
	packages += [name for program, name in optional.items() if not find(program) and is_known(name)]
	return packages


def mariadb_packages() -> list[str]:
	"""The server's programs without its system-wide service, where the distribution separates them."""
	return (
		["mariadb-server-core", "mariadb-client"] if is_known("mariadb-server-core") else ["mariadb-server"]
	)


def is_known(package: str) -> bool:
	shown = shell.output(["apt-cache", "policy", package])
	return bool(shown) and "Candidate: (none)" not in shown


def require(home: Home, progress, compile_driver: bool = False, browser: bool = False) -> None:
	"""Installs the system packages that are missing; a browser and a virus scanner only for the tests."""
	if not (wanted := missing(compile_driver, browser)):
		return
	distributions.require(wanted)
	prefix = privileges(wanted)
	log = home.logs / "apt.log"
	with progress.step("System packages"):
		network = "Check that Debian's package servers can be reached (or the mirror in /etc/apt), then run it again"
		environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
		shell.run([*prefix, *environment, "apt-get", "update"], log, network, "apt-get update")
		# The lists are known only now, and with them the right names.
		packages = missing(compile_driver, browser)
		with no_services(prefix, log):
			install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
			shell.run([*prefix, *environment, *install], log, network, "apt-get install")


def privileges(packages: list[str]) -> list[str]:
	"""How to become root, or an error that says what somebody who may should install."""
	if os.geteuid() == 0:
		prefix = []
	elif shutil.which("sudo"):
		prefix = ["sudo"]
	else:
		raise RtcError(
			f"system packages are missing ({len(packages)}) and there is neither root nor sudo to install them",
			f"Have somebody run: apt-get install {' '.join(packages)}",
		)
	if not shutil.which("apt-get"):
		raise RtcError(
			"this system has no apt-get",
			f"Install what is like Debian's {', '.join(packages)} and run it again",
		)
	return prefix


@contextmanager
def no_services(prefix: list[str], log: Path):
	"""Keeps packages from starting services, unless the machine has a policy of its own."""
	ours = not POLICY.exists() or POLICY.read_text(errors="replace") == POLICY_TEXT
	if ours:
		text = log.parent / "policy-rc.d"
		text.write_text(POLICY_TEXT)
		shell.run([*prefix, "install", "-m", "755", text, POLICY], log, "Check the rights of /usr/sbin")
	try:
		yield
	finally:
		if ours:
			shell.run([*prefix, "rm", "-f", POLICY], log, "Remove it by hand")
