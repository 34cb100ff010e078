"""Text that people wrote with the editor, made fit for an official paper.

Core sanitises on save, but lets through what it takes for JSON (a text in quotes), what comes in with a
submission, and tags that load from elsewhere. Here only a short list of tags and attributes stays: as each record is
saved (`common.plain_texts`), and where a paper is made of what was kept before.
"""

from bs4 import BeautifulSoup
from bs4.element import PreformattedString

TAGS = frozenset(
	"p br hr div span h1 h2 h3 h4 h5 h6 strong b em i u s sub sup blockquote ul ol li a img "
	"table caption thead tbody tfoot tr th td".split()
)
#: these go with all that is in them
DROPPED = frozenset(
	"script style template noscript svg math iframe object embed form head title textarea".split()
)
ATTRIBUTES = {
	"a": ("href",),
	"img": ("src", "alt", "width", "height"),
	"td": ("colspan", "rowspan"),
	"th": ("colspan", "rowspan", "scope"),
	"ol": ("start",),
	"li": ("data-list",),
}
#: what the editor itself gives to any tag: indents, alignment
CLASSES = "ql-"
HREF = ("http://", "https://", "mailto:")
#: only the site's own files: a paper asks nothing of a third party
SRC = ("/files/", "/private/files/")


def clean_html(html: str | None) -> str:
	if not html:
		return ""
	soup = BeautifulSoup(html, "html.parser")
	for node in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
		node.extract()
	for tag in soup.find_all(DROPPED):
		tag.extract()
	for tag in soup.find_all(True):
		if tag.name not in TAGS:
			tag.unwrap()
			continue
		names = ("class", *ATTRIBUTES.get(tag.name, ()))
		tag.attrs = {name: tag[name] for name in names if is_allowed(name, tag.get(name))}
	return str(soup)


def is_allowed(name: str, value) -> bool:
	if name == "class":
		return bool(value) and all(word.startswith(CLASSES) for word in value)
	if not isinstance(value, str):
		return False
	if name == "href":
		return value.strip().lower().startswith(HREF)
	return name != "src" or value.startswith(SRC)
