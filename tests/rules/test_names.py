"""A name is followed through the renamings after it."""

import pytest

from rtc_conciliation.rules.names import get_name_now


@pytest.mark.parametrize(
	"name, renames, now",
	[
		("Dalmine", [], "Dalmine"),
		("Dalmine", [("Bergamo", "Città")], "Dalmine"),
		("Dalmine", [("Dalmine", "Isola"), ("Isola", "Dalmine e Isola")], "Dalmine e Isola"),
		("Dalmine", [("Isola", "Dalmine e Isola"), ("Dalmine", "Isola")], "Isola"),
		("A", [("A", "C"), ("B", "A"), ("C", "B")], "B"),  # two that change their names for each other's
	],
)
def test_the_name_of_today(name, renames, now):
	assert get_name_now(name, renames) == now
