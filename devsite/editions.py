"""What a Frappe asks of the machine: which Python, which Node.js."""

import os
import re
import shutil
import sys
from dataclasses import dataclass

from devsite import distributions, shell
from devsite.errors import RtcError
from devsite.system import find


@dataclass(frozen=True)
class Needs:
	"""The first and the last minor version of Python 3, and the first major one of Node.js."""

	first: int
	last: int
	node: int
	#: its driver for MariaDB is built here
	compiled: bool = True

	def pythons(self) -> str:
		return f"3.{self.first}" if self.first == self.last else f"3.{self.first} to 3.{self.last}"


REGISTRIES = "registries"
NEEDS = {
	REGISTRIES: Needs(10, 13, 18, compiled=False),
	"version-15": Needs(10, 13, 18, compiled=False),
	"version-16": Needs(14, 14, 24),
}
TITLES = {REGISTRIES: "Frappe from the registries"}


def get_edition(frappe: str | None, branch: str | None) -> str | None:
	"""The key of NEEDS for this source of Frappe; of a branch that is not there nothing is known."""
	return REGISTRIES if frappe in (None, REGISTRIES) else branch


def is_compiled(edition: str | None) -> bool:
	return edition not in NEEDS or NEEDS[edition].compiled


def require(edition: str | None) -> None:
	"""An error that says which Python or Node.js is missing for it."""
	if edition not in NEEDS:
		return
	python(edition)
	wanted, found = NEEDS[edition].node, node_version()
	if not found and (here := distributions.get_distribution()):
		found = here.node
	if found and found < wanted:
		raise RtcError(
			f"{title(edition)} needs Node.js {wanted} or newer, and {find('node') or 'the one of this system'} is {found}",
			f"Put a Node.js {wanted} or newer first on PATH and run it again",
		)


def title(edition: str) -> str:
	return TITLES.get(edition) or f"{edition} of Frappe"


def python(edition: str | None) -> str:
	"""The Python that a bench of it is made with: RTC_PYTHON, this one, or another that is installed."""
	if edition not in NEEDS:
		return sys.executable
	needs = NEEDS[edition]
	names = [f"python3.{minor}" for minor in range(needs.last, needs.first - 1, -1)]
	installed = map(shutil.which, filter(None, [os.environ.get("RTC_PYTHON"), sys.executable, *names]))
	for path in filter(None, installed):
		if needs.first <= minor_version(path) <= needs.last:
			return path
	raise RtcError(
		f"{title(edition)} needs Python {needs.pythons()}, and none is here (this is {sys.version.split()[0]})",
		f"Install {names[-1]} with {names[-1]}-venv and {names[-1]}-dev, or name one by RTC_PYTHON, and run it again",
	)


def minor_version(path: str) -> int:
	return int(shell.output([path, "-c", "import sys; print(sys.version_info.minor)"]) or 0)


def node_version() -> int:
	"""Its major version, 0 when there is none."""
	said = re.match(r"v(\d+)", shell.output([find("node") or "node", "--version"]))
	return int(said[1]) if said else 0
