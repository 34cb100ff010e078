"""Every page that everybody may read, held against the standard of HTML by a checker of others."""

from xml.etree import ElementTree

import frappe
import pytest

from devsite import markup
from devsite.progress import Progress
from devsite.testing import home_of_tests
from tests.site import factories
from tests.site.http import Client, committed_rows

#: besides what stands in the sitemap
MORE = (
	"adesione/new",
	"rete/manifesto",
	"bandi/none",
	"adesione/conferma?token=x",
	"partenariato/conferma?token=x",
)


@pytest.fixture(scope="module")
def checker(site):
	if not markup.is_possible():
		pytest.skip("no Java: install a JRE (default-jre-headless) to hold the pages against vnu")
	home = home_of_tests()
	markup.install(home, Progress())
	return lambda files: markup.errors(home, files)


@pytest.fixture(scope="module")
def opened(site):
	with committed_rows():
		frappe.set_user("Administrator")
		call = factories.call(title="Con <b> & 'virgolette'")
		factories.member("Admitted")
		frappe.db.commit()
		yield call.name


def test_public_pages_are_as_the_standard_wants(checker, base_url, opened, tmp_path):
	guest = Client(base_url)
	listed = ElementTree.fromstring(guest.get("/sitemap.xml").content).findall(".//{*}loc")
	paths = [loc.text.split("/", 3)[3] for loc in listed]
	ours = [path for path in paths if path not in ("about", "contact", "")]  # core's own
	asked = [*ours, *MORE, f"bandi/{opened}/domande", f"quesito/{opened}"]
	files = [save(guest.get(f"/{path}"), tmp_path / f"{number}.html") for number, path in enumerate(asked)]
	found = checker([file for file in files if file])
	assert len(files) > 10 and not found, dict(enumerate(asked)) | {"found": found}


def save(answer, file):
	if not answer.headers["Content-Type"].startswith("text/html") or not answer.text.strip():
		return None  # a redirect has no page
	file.write_text(answer.text, encoding="utf-8")
	return file


def test_what_is_wrong_is_seen(checker, tmp_path):
	file = tmp_path / "wrong.html"
	file.write_text("<!DOCTYPE html><html lang=it><title>x</title><p id=a><p id=a><img src=a.png>")
	assert len(checker([file])) >= 2
