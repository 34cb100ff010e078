"""The picture and the list in docs/architecture.md say what the contracts on imports say."""

import re
from pathlib import Path
from xml.etree import ElementTree

try:
	import tomllib
except ModuleNotFoundError:  # Python 3.10; Frappe brings it
	import tomli as tomllib

ROOT = Path(__file__).parents[2]
DRAWN = ROOT / "docs" / "images" / "architecture.svg"
SVG = "{http://www.w3.org/2000/svg}"


def layers() -> dict:
	settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
	contracts = settings["tool"]["importlinter"]["contracts"]
	return next(one for one in contracts if one["type"] == "layers")


def drawn_floors() -> list[set[str]]:
	"""The rooms of the picture, floor by floor from the top."""
	floors: dict[float, set[str]] = {}
	for room in ElementTree.parse(DRAWN).iter(f"{SVG}g"):
		height = float(room.find(f"{SVG}rect").get("y"))
		floors.setdefault(height, set()).add(room.get("data-module"))
	return [floors[height] for height in sorted(floors)]


def test_the_picture_has_the_floors_of_the_contract():
	assert drawn_floors() == [set(layer.split(" | ")) for layer in layers()["layers"]]


def test_each_room_says_its_name():
	for room in ElementTree.parse(DRAWN).iter(f"{SVG}g"):
		assert room.find(f"{SVG}text").text == room.get("data-module")


def test_the_list_of_what_subjects_read_of_one_another_is_the_contracts():
	page = (ROOT / "docs" / "architecture.md").read_text()
	rows = re.findall(
		r"^\| (`.*?) \| (`.*?) \|", page.split("## What a subject reads")[1].split("##")[0], re.M
	)
	told = {name for reads, of, *_rest in rows for name in re.findall(r"`([\w.]+)`", of)}
	ignored = [line.split(" -> ") for line in layers()["ignore_imports"]]
	between = {after for before, after in ignored if ".access." not in before}
	assert {f"rtc_conciliation.{name}" for name in told} == between


def test_each_subject_says_what_it_is():
	subjects = next(layer for layer in layers()["layers"] if "network" in layer).split(" | ")
	for subject in subjects:
		room = ROOT / "rtc_conciliation" / subject
		assert len((room / "README.md").read_text().splitlines()) <= 25
		assert (room / "api.py").is_file()
