"""The distributions whose packages `./rtc` knows, and what each brings by itself."""

import shlex
from dataclasses import dataclass
from pathlib import Path

from devsite.errors import RtcError

RELEASE = Path("/etc/os-release")


@dataclass(frozen=True)
class Distribution:
	"""The minor version of its Python 3 and the major one of its Node.js."""

	title: str
	python: int
	node: int


DISTRIBUTIONS = {
	"bookworm": Distribution("Debian 12", 11, 18),
	"trixie": Distribution("Debian 13", 13, 20),
	"forky": Distribution("Debian 14", 14, 24),
	"jammy": Distribution("Ubuntu 22.04", 10, 12),
	"noble": Distribution("Ubuntu 24.04", 12, 18),
}
#: what a system says of itself, and of the one that it is made from
NAMES = ("VERSION_CODENAME", "DEBIAN_CODENAME", "UBUNTU_CODENAME")


def read_release(file: Path | None = None) -> dict[str, str]:
	"""The variables of os-release(5); none where there is no such file."""
	file = file or RELEASE
	if not file.is_file():
		return {}
	lines = (line.partition("=") for line in shlex.split(file.read_text(errors="replace"), comments=True))
	return {name: value for name, _equals, value in lines}


def get_distribution(file: Path | None = None) -> Distribution | None:
	release = read_release(file)
	known = [DISTRIBUTIONS[release[name]] for name in NAMES if release.get(name) in DISTRIBUTIONS]
	return known[0] if known else None


def require(packages: list[str]) -> None:
	"""An error where `packages` would have to come from a system whose packages nobody here knows."""
	if get_distribution():
		return
	titles = ", ".join(one.title for one in DISTRIBUTIONS.values())
	here = read_release().get("PRETTY_NAME", "a system that does not say its name")
	raise RtcError(
		f"this is {here}, and system packages are missing that ./rtc installs on {titles} only",
		f"Install what is like Debian's {', '.join(packages)} and run it again",
	)
