"""A file's stored address becomes a name and a link in the browser, whatever signs it holds."""

from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.scripts import run

NAMES = [
	"Cofinanziamento 30%.pdf",
	"100%25.pdf",
	"%E0%A4%A.pdf",
	"Allegato #1.pdf",
	"perché?.pdf",
	"d'accordo “firmato”.pdf",
	"Attivita\u0300.pdf",
	"\ud800.pdf",
	"a" * 180 + ".pdf.p7m",
]


@pytest.mark.parametrize("folder", ["/private/files/", "/files/"])
def test_the_end_of_an_address_is_shown_and_linked_as_it_is(folder):
	calls = [[folder + name] for name in NAMES]
	assert run("addresses.js", "(script, address) => script.nameOf(address)", calls) == NAMES
	links = run("addresses.js", "(script, address) => script.linkOf(address)", calls)
	for name, link in zip(NAMES, links, strict=True):
		assert unquote(link) == folder + name.replace("\ud800", "\ufffd")
		assert not set(link) & set('#? "<>')


def test_the_name_that_the_site_tells_goes_before_the_address():
	told = "(script, address, name) => (script.learnNames({ [address]: name }), script.nameOf(address))"
	assert run("addresses.js", told, [["/private/files/x_.pdf", "30%.pdf"]]) == ["30%.pdf"]


@settings(max_examples=3, deadline=None)
@given(st.lists(st.text(st.characters(exclude_characters="/"), min_size=1), min_size=50, max_size=80))
def test_no_address_makes_the_page_fail(names):
	links = run(
		"addresses.js", "(script, address) => script.linkOf(address)", [[f"/files/{name}"] for name in names]
	)
	assert all(link.isascii() for link in links)
