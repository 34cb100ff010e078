"""Reloads the web server when the app's Python changes; `python -m devsite.watch <gunicorn's pid file>`.

gunicorn's own --reload looks at every module of Frappe each second, which keeps a tenth of a core busy."""

import os
import signal
import sys
import time
from pathlib import Path

from devsite.paths import APP, REPO


def moment(root: Path = REPO / APP) -> tuple[int, int]:
	"""How many Python files there are, and when the latest was changed."""
	times = []
	for folder, _folders, names in os.walk(root):
		for name in names:
			if name.endswith(".py"):
				try:
					times.append(os.stat(os.path.join(folder, name)).st_mtime_ns)
				except FileNotFoundError:
					continue
	return len(times), max(times, default=0)


def main(pid_file: str) -> None:
	seen = moment()
	while True:
		time.sleep(1)
		now = moment()
		if now == seen:
			continue
		seen = now
		try:
			os.kill(int(Path(pid_file).read_text()), signal.SIGHUP)
		except (OSError, ValueError):
			continue


if __name__ == "__main__":
	main(sys.argv[1])
