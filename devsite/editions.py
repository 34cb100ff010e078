"""What an official Frappe asks of the machine: which Python, which Node.js."""

import os
import re
import shutil
import sys
from dataclasses import dataclass

from devsite import shell
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


NEEDS = {"version-15": Needs(10, 13, 18, compiled=False), "version-16": Needs(14, 14, 24)}


def is_compiled(frappe: str | None, branch: str | None) -> bool:
	return bool(frappe) and (branch not in NEEDS or NEEDS[branch].compiled)


def require(branch: str | None) -> None:
	"""An error that says which Python or Node.js is missing for this branch."""
	if branch not in NEEDS:
		return
	python(branch)
	wanted, found = NEEDS[branch].node, node_version()
	if found and found < wanted:
		raise RtcError(
			f"{branch} of Frappe needs Node.js {wanted} or newer, and {find('node')} is {found}",
			f"Put a Node.js {wanted} first on PATH (Debian forky has one) and run it again",
		)


def python(branch: str | None) -> str:
	"""The Python that a bench of this branch is made with: RTC_PYTHON, this one, or another that is installed."""
	if branch not in NEEDS:
		return sys.executable
	needs = NEEDS[branch]
	names = [f"python3.{minor}" for minor in range(needs.last, needs.first - 1, -1)]
	installed = map(shutil.which, filter(None, [os.environ.get("RTC_PYTHON"), sys.executable, *names]))
	for path in filter(None, installed):
		if needs.first <= minor_version(path) <= needs.last:
			return path
	raise RtcError(
		f"{branch} of Frappe needs Python {needs.pythons()}, and none is here (this is {sys.version.split()[0]})",
		f"Install {names[-1]} with {names[-1]}-venv and {names[-1]}-dev, or name one by RTC_PYTHON, and run it again",
	)


def minor_version(path: str) -> int:
	return int(shell.output([path, "-c", "import sys; print(sys.version_info.minor)"]) or 0)


def node_version() -> int:
	"""Its major version, 0 when there is none."""
	said = re.match(r"v(\d+)", shell.output([find("node") or "node", "--version"]))
	return int(said[1]) if said else 0
