"""Two versions of a Plan side by side. Pure: takes two assembled Plans (`plan.assemble`), asks nobody."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

#: amounts of the resources that are compared, with their words
AMOUNTS = {
	"endowment": "Endowment of the programme",
	"system_action": "System action",
	"granted": "Contributions granted to the projects",
	"residue": "Residue",
	"cofinancing": "Co-financing of the projects",
	"total_cost": "Total cost of the projects",
}
PROJECT_AMOUNTS = {
	"total_cost": "Total Cost",
	"cofinancing": "Co-financing",
	"granted": "Contribution Granted",
}


def compare_plans(before: Mapping, after: Mapping) -> dict:
	"""What differs from `before` to `after`, both as they were assembled or frozen.

	{"versions": [heading, heading], "members": {"joined", "left", "before", "after"}, "community": {"joined", "left"},
	"projects": {"added", "removed", "changed"}, "amounts": [change], "sections": {"added", "removed", "changed"},
	"same": bool}; a change is {"what", "before", "after", "difference"}, amounts as text with two decimals.
	"""
	result = {
		"versions": [dict(before.get("plan") or {}), dict(after.get("plan") or {})],
		"members": compare_members(before, after),
		"community": compare_people(before, after),
		"projects": compare_projects(before, after),
		"amounts": list_changes(before.get("resources") or {}, after.get("resources") or {}, AMOUNTS),
		"sections": compare_sections(before, after),
	}
	result["same"] = not any(
		result["members"][key] or result["community"][key] for key in ("joined", "left")
	) and not (result["amounts"] or any(result["projects"].values()) or any(result["sections"].values()))
	return result


def compare_members(before: Mapping, after: Mapping) -> dict:
	def found(data):
		return [
			row for group in (data.get("composition") or {}).get("groups", []) for row in group["members"]
		]

	left, joined, _both = split_rows(
		found(before), found(after), lambda row: row.get("tax_code") or row.get("name")
	)
	return {
		"joined": [row["name"] for row in joined],
		"left": [row["name"] for row in left],
		"before": (before.get("composition") or {}).get("total", 0),
		"after": (after.get("composition") or {}).get("total", 0),
	}


def compare_people(before: Mapping, after: Mapping) -> dict:
	def found(data):
		return (data.get("community") or {}).get("members", [])

	left, joined, _both = split_rows(
		found(before), found(after), lambda row: (row["organisation"], row["person"])
	)
	return {"joined": list(map(get_person, joined)), "left": list(map(get_person, left))}


def get_person(row: Mapping) -> str:
	return ", ".join(filter(None, (row.get("person"), row.get("organisation"))))


def compare_projects(before: Mapping, after: Mapping) -> dict:
	removed, added, both = split_rows(
		before.get("projects", []), after.get("projects", []), lambda row: row["name"]
	)
	changed = [
		{"title": new["title"], "changes": list_changes(old, new, PROJECT_AMOUNTS)}
		for old, new in both
		if list_changes(old, new, PROJECT_AMOUNTS)
	]
	return {
		"added": [row["title"] for row in added],
		"removed": [row["title"] for row in removed],
		"changed": changed,
	}


def list_changes(old: Mapping, new: Mapping, keys: Mapping[str, str]) -> list[dict]:
	return [
		{
			"what": words,
			"before": old.get(key) or "0.00",
			"after": new.get(key) or "0.00",
			"difference": str(format_amount(new.get(key)) - format_amount(old.get(key))),
		}
		for key, words in keys.items()
		if format_amount(old.get(key)) != format_amount(new.get(key))
	]


def format_amount(value) -> Decimal:
	return Decimal(value or "0.00")


def compare_sections(before: Mapping, after: Mapping) -> dict:
	removed, added, both = split_rows(
		before.get("sections", []), after.get("sections", []), lambda row: row["title"]
	)
	changed = [
		{"title": new["title"], "before": old["content"], "after": new["content"]}
		for old, new in both
		if (old["content"], old["kind"], old.get("table")) != (new["content"], new["kind"], new.get("table"))
	]
	old, new = ((data.get("community") or {}).get("outcome", "") for data in (before, after))
	if old != new:
		changed.append({"title": "Outcome of the Work", "before": old, "after": new})
	return {
		"added": [row["title"] for row in added],
		"removed": [row["title"] for row in removed],
		"changed": changed,
	}


def split_rows(before: Iterable[dict], after: Iterable[dict], key: Callable) -> tuple[list, list, list]:
	"""(only before, only after, [(before, after)]), each in its order; rows are the same when `key` is."""
	old, new = {key(row): row for row in before}, {key(row): row for row in after}
	return (
		[row for name, row in old.items() if name not in new],
		[row for name, row in new.items() if name not in old],
		[(old[name], row) for name, row in new.items() if name in old],
	)
