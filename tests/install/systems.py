"""On demand: from a minimal system to a served site. `RTC_SYSTEMS="bookworm trixie noble" ./rtc test tests/install/systems.py`

Needs root, debootstrap, its mirrors and for Ubuntu the package ubuntu-keyring; some minutes and 3 GB a system. Only
who names this file runs it.
"""

import os
import re
import shutil
import subprocess
import urllib.request
from pathlib import Path

import pytest

from devsite.distributions import DISTRIBUTIONS
from devsite.paths import REPO

DEBIAN = ("main", "http://deb.debian.org/debian")
UBUNTU = ("main,universe", "http://archive.ubuntu.com/ubuntu")
MOUNTS = ("proc", "sys", "dev")
#: how this machine reaches the network
SETTINGS = re.compile(r"(?i).*_proxy$|.*_CERTS?$|SSL_.*|.*_CA_.*|PIP_.*|NPM_.*")
FILES = ("/etc/resolv.conf", "/etc/ssl/certs/ca-certificates.crt")
ADDRESS = re.compile(r"http://rtc\.localhost:(\d+)")


@pytest.fixture(params=os.environ.get("RTC_SYSTEMS", "").split())
def system(request, tmp_path) -> Path:
	"""The root of a system that has nothing but what debootstrap calls minimal, git, and a clone of this repository."""
	root = tmp_path / request.param
	is_ubuntu = DISTRIBUTIONS[request.param].title.startswith("Ubuntu")
	components, mirror = UBUNTU if is_ubuntu else DEBIAN
	options = ("--variant=minbase", "--include=git,ca-certificates", f"--components={components}")
	run("debootstrap", *options, request.param, root, mirror)
	for file in map(Path, FILES):
		if file.is_file():
			shutil.copy(file, root / file.relative_to("/"))
	run("git", "clone", "--quiet", REPO, root / "srv" / "rtc")
	for name in MOUNTS:
		run("mount", "--rbind", "--make-rslave", f"/{name}", root / name)
	yield root
	inside(root, "./rtc", "down")
	for name in MOUNTS:
		run("umount", "--recursive", "--lazy", root / name)


def test_a_minimal_system_serves_the_site(system):
	done = inside(system, "./rtc", "up")
	assert done.returncode == 0, done.stdout + done.stderr
	port = ADDRESS.search(done.stdout)[1]
	request = urllib.request.Request(
		f"http://127.0.0.1:{port}/bandi", headers={"Host": f"rtc.localhost:{port}"}
	)
	with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=60) as answer:
		assert answer.status == 200 and "Rete" in answer.read().decode()


def run(*command) -> None:
	subprocess.run([str(word) for word in command], check=True)


def inside(root: Path, *command) -> subprocess.CompletedProcess:
	settings = [f"{name}={value}" for name, value in os.environ.items() if SETTINGS.match(name)]
	environment = ["env", "-i", "HOME=/root", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", *settings]
	script = f"cd /srv/rtc && exec {' '.join(command)}"
	return subprocess.run(
		["chroot", root, *environment, "sh", "-c", script], capture_output=True, text=True, check=False
	)
