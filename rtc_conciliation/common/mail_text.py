"""The plain part of a mail: what its HTML says, with each link whole.

Core writes Markdown there, which puts a backslash before each "_" of an address, and stars around what is bold.
"""

import re

from bs4 import BeautifulSoup

PARAGRAPHS = ("p", "div", "ul", "ol", "table", "blockquote", "pre", "h1", "h2", "h3", "h4")
LINES = ("li", "tr")
#: in style="…": line breaks of the text itself count
KEEPS_LINES = ("pre-line", "pre-wrap")


def make_text(html: str) -> str:
	"""Text of a piece of HTML, its paragraphs parted by an empty line."""
	soup = BeautifulSoup(html, "html.parser")
	join_lines(soup)
	show_links(soup)
	number_items(soup)
	for cell in soup.find_all(("td", "th")):
		cell.append(" ")
	for line_break in soup.find_all("br"):
		line_break.replace_with("\n")
	for block in soup.find_all(LINES):
		block.append("\n")
	for block in soup.find_all(PARAGRAPHS):
		block.insert_before("\n\n")
		block.append("\n\n")
	lines = [" ".join(line.split(" ")).strip() for line in soup.get_text().splitlines()]
	return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def join_lines(soup) -> None:
	"""As a browser does: blanks and line breaks are one blank, but where the style keeps them."""
	for text in soup.find_all(string=True):
		styles = " ".join(parent.get("style", "") for parent in text.parents if parent.name != "[document]")
		if not any(kept in styles for kept in KEEPS_LINES):
			text.replace_with(re.sub(r"[ \t\r\n]+", " ", text))


def show_links(soup) -> None:
	"""An address that only its link holds follows the words of the link."""
	for link in soup.find_all("a", href=True):
		if link["href"] not in soup.get_text():
			link.append(f": {link['href']}")


def number_items(soup) -> None:
	for items in soup.find_all(("ul", "ol")):
		for number, item in enumerate(items.find_all("li", recursive=False), 1):
			item.insert(0, f"{number}. " if items.name == "ol" else "- ")
