"""A file's stored address becomes a link in the browser, whatever signs it holds; known names: tests/js/addresses.test.mjs."""

from urllib.parse import unquote

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.scripts import run


def has_halves(name: str) -> bool:
	return any("\ud800" <= sign <= "\udfff" for sign in name)


@settings(max_examples=3, deadline=None)
@given(st.lists(st.text(st.characters(exclude_characters="/"), min_size=1), min_size=50, max_size=80))
def test_no_address_makes_the_page_fail(names):
	links = run(
		"common/addresses.js",
		"(script, address) => script.linkOf(address)",
		[[f"/files/{name}"] for name in names],
	)
	assert all(link.isascii() for link in links)
	for name, link in zip(names, links, strict=True):
		assert has_halves(name) or unquote(link) == f"/files/{name}"
