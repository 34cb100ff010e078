"""Looks at the JavaScript: ESLint with the rules of eslint/eslint.config.mjs, and Node's test runner for tests/js.

ESLint is kept apart in the tools of the bench, in the versions of its lock file.
"""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

from devsite import shell, tools
from devsite.paths import REPO, Home
from devsite.progress import Progress
from devsite.system import find

SOURCE = Path(__file__).with_name("eslint")
LOCKED = ("package.json", "yarn.lock")
CONFIG = "eslint.config.mjs"


def install(home: Home, progress: Progress) -> None:
	locked = b"".join((SOURCE / name).read_bytes() for name in LOCKED)
	eslint = json.loads((SOURCE / "package.json").read_text())["dependencies"]["eslint"]
	version = f"{eslint} {hashlib.sha256(locked).hexdigest()[:8]}"
	tools.install_once(home.tools / "eslint", version, "ESLint", progress, lambda path: make(path, home))


def make(folder: Path, home: Home) -> None:
	folder.mkdir(parents=True)
	for name in LOCKED:
		shutil.copy(SOURCE / name, folder)
	settings = ("--frozen-lockfile", "--ignore-scripts", "--non-interactive")
	command = ["yarn", "--cwd", folder, "install", *settings]
	shell.run(
		command, home.logs / "tools.log", tools.NPM, "yarn install (ESLint)", env=tools.environment(home)
	)


def begin_lint(home: Home, folder: Path = REPO, fix: bool = False) -> subprocess.Popen:
	"""ESLint over the scripts below `folder`; `scanners.finish` waits for it."""
	there = home.tools / "eslint"
	config = shutil.copy(SOURCE / CONFIG, there)
	program = there / "node_modules" / "eslint" / "bin" / "eslint.js"
	settings = ["--config", config, "--max-warnings", "0", *(["--fix"] if fix else [])]
	return start(home, folder, program, *settings, ".")


def begin_tests(home: Home, folder: Path = REPO) -> subprocess.Popen:
	"""What needs no page, by Node's own test runner; each file is named, for what a folder means changed with Node 22."""
	return start(home, folder, "--test", *sorted((folder / "tests" / "js").glob("*.test.mjs")))


def start(home: Home, folder: Path, *arguments: str | os.PathLike) -> subprocess.Popen:
	return subprocess.Popen(
		[find("node") or "node", *arguments],
		cwd=folder,
		env=tools.environment(home),
		stdout=subprocess.PIPE,
		stderr=subprocess.STDOUT,
	)
