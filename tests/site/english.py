"""English of ours where Italian is read: sentences and labels whose Italian is in it.csv."""

import csv
import re
from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup

TABLE = Path(__file__).resolve().parents[2] / "rtc_conciliation" / "translations" / "it.csv"
PLACEHOLDER = re.compile(r"\{[\w.]*\}")
#: shorter pieces of a sentence may stand in Italian, too
FEWEST_WORDS = 2


def english_in(html: str) -> list[str]:
	"""Pieces of source sentences in the text of `html`, and texts of its elements that are a source as a whole."""
	soup = BeautifulSoup(html, "html.parser")
	for hidden in soup(["style", "script", "svg"]):
		hidden.extract()
	text = " ".join(soup.get_text(" ").split())
	pieces, labels = sources()
	whole = {" ".join(node.split()) for node in soup.find_all(string=True)}
	return sorted([piece for piece in pieces if piece in text] + list(labels & whole))


@cache
def sources() -> tuple[list[str], set[str]]:
	"""(pieces of sentences, whole sources), without those that are Italian too."""
	with open(TABLE, encoding="utf-8", newline="") as file:
		rows = [row for row in csv.reader(file) if row]
	italian = "\n".join(" ".join(row[1].split()) for row in rows)
	found = {" ".join(piece.split()) for row in rows for piece in PLACEHOLDER.split(row[0])}
	long = [piece for piece in found if len(re.findall(r"[A-Za-z]+", piece)) >= FEWEST_WORDS]
	labels = {row[0] for row in rows if row[0] != row[1] and len(row[0]) > FEWEST_WORDS}
	same = {row[1] for row in rows}
	return [piece for piece in long if piece not in italian], labels - same
