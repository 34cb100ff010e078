"""`./rtc test --mutants`: small mistakes in the rules, and whether their tests notice them (tests/mutants).

cosmic-ray makes the mistakes, in constants of a module as well as in functions. It is kept apart from the bench, with what
the rules and their tests need; no site takes part.
"""

import subprocess

from devsite import tools
from devsite.paths import REPO, Home
from devsite.progress import Progress

PACKAGES = (
	"cosmic-ray==8.7.0",
	"hypothesis==6.170.17",
	"pytest==8.4.2",
	"python-dateutil==2.8.2",
	"python-stdnum==2.2",
)


def install(home: Home, progress: Progress) -> None:
	tools.install_once(
		home.tools / "mutants",
		" ".join(PACKAGES),
		"Mutants:",
		progress,
		lambda path: tools.make_python(path, home, *PACKAGES),
	)


def run(home: Home, arguments: list[str]) -> int:
	home.make()
	install(home, Progress())
	command = [home.tools / "mutants" / "bin" / "python", "-m", "tests.mutants", *arguments]
	return subprocess.run(command, cwd=REPO, env=tools.environment(home)).returncode
