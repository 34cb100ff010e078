"""What of a call changed, from what to what."""

from rtc_conciliation.rules.call.changes import Change, cut_to_difference, list_changes

TABLES = {"criteria": ("criterion",), "reserves": ("kind", "area")}


def changes(before, after, fields=("endowment", "closing", "criteria", "reserves")):
	return list_changes(before, after, fields, TABLES)


def criterion(name: str, score: str) -> dict:
	return {"criterion": name, "max_score": score}


def test_fields():
	assert changes({"endowment": "1"}, {"endowment": "2", "closing": ""}) == [Change("endowment", "1", "2")]
	assert changes({"endowment": ""}, {}) == []
	assert changes({}, {"title": "not asked for"}) == []


def test_rows_by_what_names_them():
	before = {"criteria": [criterion("Quality", "60"), criterion("Cost", "40")]}
	after = {"criteria": [criterion("Quality", "70"), criterion("Reach", "30")]}
	assert changes(before, after) == [
		Change("criteria", before="Cost", row="Cost"),
		Change("criteria", "60", "70", "Quality", "max_score"),
		Change("criteria", after="Reach", row="Reach"),
	]


def test_the_order_counts_where_the_rows_are_the_same():
	before = {"criteria": [criterion("A", "1"), criterion("B", "1")]}
	assert changes(before, {"criteria": before["criteria"][::-1]}) == [
		Change("criteria", "A, B", "B, A", order=True)
	]
	assert changes(before, {"criteria": [criterion("C", "1"), *before["criteria"]]}) == [
		Change("criteria", after="C", row="C")
	]


def test_rows_with_one_name():
	one, two = {"kind": "Area", "area": "X", "amount": "1"}, {"kind": "Area", "area": "X", "amount": "2"}
	assert changes({"reserves": [one]}, {"reserves": [one, two]}) == [
		Change("reserves", after="Area X (2)", row="Area X (2)")
	]


def test_long_texts_are_cut_to_what_differs():
	text = "uno due tre " * 100
	old, new = cut_to_difference(text + "vecchio " + text, text + "nuovo " + text)
	assert (
		"vecchio" in old and "nuovo" in new and len(old) < 150 and old.startswith("…") and old.endswith("…")
	)
	assert cut_to_difference("breve", "diverso") == ("breve", "diverso")
	assert cut_to_difference("", text)[0] == ""
	assert cut_to_difference(text, text + "fine")[1].endswith("fine")
