"""Runs other programs: their output goes to a log, and a failure names its last telling line."""

import os
import subprocess
from pathlib import Path

from devsite.errors import RtcError

# What a line says that tells more of the cause than those after it, the better ones first.
CAUSES = (
	(
		"cause:",
		"no matching distribution",
		"enotfound",
		"econnrefused",
		"could not resolve",
		"unable to locate package",
	),
	("error", "cannot", "could not", "denied", "refused", "unreachable", "not found"),
	("failed",),
)


def run(command: list, log: Path, remedy: str, what: str | None = None, **options) -> None:
	"""Runs the command with its output appended to log; an exit code other than 0 is an RtcError."""
	log.parent.mkdir(parents=True, exist_ok=True)
	with open(log, "ab") as output:
		start = output.tell()
		output.write(f"\n$ {' '.join(map(str, command))}\n".encode())
		output.flush()
		try:
			done = subprocess.run(
				list(map(str, command)),
				stdin=subprocess.DEVNULL,
				stdout=output,
				stderr=subprocess.STDOUT,
				**options,
			)
		except FileNotFoundError:
			raise RtcError(f"{command[0]} is not installed", remedy) from None
	if done.returncode:
		what = what or Path(str(command[0])).name
		raise RtcError(f"{what} failed ({telling_line(log, start)}; all of it in {log})", remedy)


def telling_line(log: Path, start: int = 0) -> str:
	"""The line of a program's output that most likely says why it failed."""
	with open(log, "rb") as file:
		file.seek(start)
		lines = [line.strip() for line in file.read().decode("utf-8", "replace").splitlines() if line.strip()]
	lines = lines[-80:]
	for marks in CAUSES:
		for line in reversed(lines):
			if any(mark in line.lower() for mark in marks):
				return line[:200]
	return lines[-1][:200] if lines else "it said nothing"


def output(command: list, **options) -> str:
	"""What the command prints, or nothing when it fails or is missing."""
	try:
		done = subprocess.run(list(map(str, command)), capture_output=True, text=True, **options)
	except OSError:
		return ""
	return done.stdout.strip() if done.returncode == 0 else ""


def with_path(*folders: Path, **variables) -> dict:
	"""The environment with folders first on PATH."""
	path = os.pathsep.join([*map(str, folders), os.environ.get("PATH", "")])
	return {**os.environ, "PATH": path, **{key: str(value) for key, value in variables.items()}}
