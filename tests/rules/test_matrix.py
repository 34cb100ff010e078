"""What docs/dev/permissions.md prints is the matrix that is tested."""

from pathlib import Path

from rtc_conciliation.access import matrix

DOCS = Path(__file__).parents[2] / "docs" / "dev"


def test_the_docs_print_the_matrix():
	assert (DOCS / "permissions.md").read_text(encoding="utf-8") == matrix.render_matrix()


def test_who_writes_or_deletes_reads():
	for doctype, rules in matrix.MATRIX.items():
		for state, cell in rules.states.items():
			assert cell.write | cell.delete <= cell.read, (doctype, state)
