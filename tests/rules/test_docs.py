"""What the docs name exists: files, code, and in Italian the words of the screen."""

import csv
import re
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

REPO = Path(__file__).parents[2]
FOLDERS = ("docs", "devsite", "rtc_conciliation", "tests", ".github", ".ci", "LICENSES")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")
#: a web address, and what a reader's program opens by itself
ELSEWHERE = re.compile(r"[a-z]+:")
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"[\w.*-]+(/[\w.*-]+)*/?")
SUFFIXES = {".py", ".js", ".mjs", ".md", ".csv", ".json", ".yml", ".toml", ".ttl", ".html", ".lock", ".txt"}
MODULE = re.compile(r"\b(?:rtc_conciliation|devsite)(?:\.\w+)+")
#: in italics, over the end of a line too
LABEL = re.compile(r"(?<![*\w])\*([^*\s](?:[^*\n]|\n(?!\s*\n))*)(?<!\s)\*(?![*\w])")

#: made by a bench, a site or the app when it runs
MADE_ELSEWHERE = {
	".rtc/",
	".rtc/tools/mutants",
	".rtc/tools/scanners",
	"apps/rtc_conciliation",
	"bench/",
	"bench/frappe.sql",
	"cache/",
	"logs/",
	"mariadb/",
	"private/roots.pem",
	"redis/",
	"site_config.json",
	"state.json",
	"tools/",
}
#: words of the screen that are Frappe's own, as its Italian has them
OF_FRAPPE = {
	"Account email",
	"Disabilita Iscrizione",
	"Esporta righe errate",
	"Gestione Permessi",
	"Importazione dati",
	"Impostazioni Sito",
	"Inizia importazione",
	"Inserisci nuovi record",
	"Log Importazione",
	"PDF",
	"System Manager",
}
#: said of the words themselves
OF_THE_DOCS = {"in corsivo"}


@cache
def pages() -> tuple[Path, ...]:
	"""Every page in Markdown that the repository keeps."""
	found = [*REPO.glob("*.md"), *(file for folder in FOLDERS for file in (REPO / folder).rglob("*.md"))]
	return tuple(sorted(file for file in found if "node_modules" not in file.parts))


@cache
def kept() -> tuple[str, ...]:
	"""Every file and folder of the repository, from its root, with a slash before."""
	beneath = [path for folder in FOLDERS for path in (REPO / folder).rglob("*") if is_of_repository(path)]
	folders = {folder for path in beneath for folder in path.parents if folder.is_relative_to(REPO)} - {REPO}
	return tuple("/" + path.relative_to(REPO).as_posix() for path in {*REPO.iterdir(), *beneath, *folders})


def is_of_repository(path: Path) -> bool:
	"""A folder of old compiled files is no folder of the repository."""
	return path.is_file() and "__pycache__" not in path.parts


def name_of(page: Path) -> str:
	return page.relative_to(REPO).as_posix()


def broken_links(page: Path, text: str) -> list[str]:
	"""Relative links that lead to no file, or to no heading of it."""
	links = [*LINK.findall(text), *PICTURE.findall(text)]
	return [link for link in links if not ELSEWHERE.match(link) and not leads_somewhere(page, link)]


def leads_somewhere(page: Path, link: str) -> bool:
	path, _, heading = link.partition("#")
	target = (page.parent / path).resolve() if path else page
	if not target.exists():
		return False
	return not heading or heading in headings(target)


def headings(page: Path) -> set[str]:
	"""What a link says after `#`, as the hosts of repositories make it of a heading."""
	lines = page.read_text(encoding="utf-8").splitlines()
	titles = [line.lstrip("#").strip().lower() for line in lines if line.startswith("#")]
	return {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in titles}


def looks_like_path(code: str) -> bool:
	if not PATH.fullmatch(code):
		return False
	return "/" in code or Path(code).suffix in SUFFIXES


def missing_paths(text: str) -> list[str]:
	"""Paths in backticks that nothing in the repository has, be it from the root or from a folder below."""
	named = {code for code in CODE.findall(text) if looks_like_path(code)} - MADE_ELSEWHERE
	return sorted(code for code in named if not is_kept(code.removeprefix("./")))


def is_kept(path: str) -> bool:
	"""A path, a pattern of paths, or a module without its ending; with a slash at its end a folder."""
	if "*" in path:
		return any(fnmatch(one, f"*/{path}") for one in kept())
	endings = (f"/{path[:-1]}",) if path.endswith("/") else (f"/{path}", f"/{path}.py")
	return any(one.endswith(endings) for one in kept())


def missing_modules(text: str) -> list[str]:
	"""Dotted names whose module is not there; the last part may be a function."""
	return sorted(name for name in set(MODULE.findall(text)) if not is_module(name))


def is_module(name: str) -> bool:
	parts = name.split(".")
	whole, without_last = "/".join(parts), "/".join(parts[:-1])
	return any((REPO / one).is_dir() or (REPO / f"{one}.py").is_file() for one in (whole, without_last))


@cache
def screen() -> frozenset[str]:
	"""What a person can read on the screen, in Italian."""
	with open(REPO / "rtc_conciliation/translations/it.csv", encoding="utf-8", newline="") as file:
		return frozenset(row[1] for row in csv.reader(file) if row) | OF_FRAPPE | OF_THE_DOCS


def unknown_labels(text: str) -> list[str]:
	labels = {" ".join(label.split()) for label in LABEL.findall(text)}
	return sorted(labels - screen())


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_what_a_page_names_is_there(page):
	text = page.read_text(encoding="utf-8")
	assert not broken_links(page, text)
	if page.name != "CHANGELOG.md":  # tells of what was there
		assert not missing_paths(text)
		assert not missing_modules(text)


@pytest.mark.parametrize("page", sorted((REPO / "docs" / "it").glob("*.md")), ids=name_of)
def test_the_italian_docs_use_the_words_of_the_screen(page):
	assert not unknown_labels(page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("folder", ["docs/it", "docs/dev", "docs/adr"])
def test_the_table_of_contents_names_every_page(folder):
	contents = REPO / folder / "README.md"
	linked = {link.partition("#")[0] for link in LINK.findall(contents.read_text(encoding="utf-8"))}
	there = {page.name for page in (REPO / folder).glob("*.md")} - {"README.md"}
	assert not there - linked


def test_no_page_lies_between_the_two_readers():
	assert [page.name for page in (REPO / "docs").glob("*.md")] == ["architecture.md"]


def test_what_is_wrong_is_seen():
	page = REPO / "docs" / "it" / "README.md"
	assert broken_links(
		page, "[a](nowhere.md) [b](bandi.md#niente) [c](bandi.md) [d](https://example.org)"
	) == [
		"nowhere.md",
		"bandi.md#niente",
	]
	assert missing_paths("`records/` `common/clock.py` `common/clocks.py` `tests/*/nothing.py`") == [
		"common/clocks.py",
		"records/",
		"tests/*/nothing.py",
	]
	assert missing_modules(
		"rtc_conciliation.plan.snapshot_check.verify_plan rtc_conciliation.documents.plan"
	) == ["rtc_conciliation.documents.plan"]
	assert unknown_labels("* *Approva* e *Approvazione\n  finale*, **non** *PDF*") == ["Approvazione finale"]
