"""The Nu HTML checker, which says whether pages are as the standard of HTML wants them; it needs Java, and asks no network."""

import json
import shutil
import subprocess
from pathlib import Path

from devsite import tools
from devsite.paths import Home

VNU = "26.9.27"


def is_possible() -> bool:
	return bool(shutil.which("java"))


def install(home: Home, progress) -> None:
	package = f"vnu-jar@{VNU}"
	tools.install_once(
		home.tools / "vnu", VNU, "HTML checker", progress, lambda path: tools.make_node(path, home, package)
	)


def errors(home: Home, files: list[Path]) -> list[str]:
	"""What is wrong in these pages: "name, line: message"."""
	[jar] = (home.tools / "vnu").glob("node_modules/vnu-jar/**/vnu.jar")
	command = ["java", "-Xss2m", "-jar", jar, "--errors-only", "--format", "json", *files]
	said = subprocess.run(command, capture_output=True, text=True).stderr
	return [
		f"{Path(one['url']).name}, {one.get('lastLine', '?')}: {one['message']}"
		for one in json.loads(said)["messages"]
	]
