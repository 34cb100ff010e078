"""Each whitelisted method of the app stands in its table, and refuses over HTTP whoever is not named there."""

import importlib
import inspect
import json
from pathlib import Path

import frappe
import pytest

import rtc_conciliation
from rtc_conciliation.access import matrix
from rtc_conciliation.access.methods import METHODS
from tests.site.matrix.records import marks_in, wanted

APP = "rtc_conciliation"
#: what a parameter of this name is given: a record that is there
RECORDS = {
	"application": ("RTC Application", "Under Evaluation"),
	"call": ("RTC Call", "Draft"),
	"colleague": ("RTC Application Colleague", ""),
	"entry": ("RTC Transparency Entry", "Published"),
	"export": ("RTC Call Export", ""),
	"member": ("RTC Member", "Received"),
	"plan": ("RTC Plan", "Approved"),
	"before": ("RTC Plan", "Approved"),
	"after": ("RTC Plan", "Sent"),
	"programme": ("RTC Programme", ""),
	"from_programme": ("RTC Programme", ""),
	"to_programme": ("RTC Programme", ""),
	"ranking": ("RTC Ranking", "Proposed"),
	"request": ("RTC Integration Request", "Sent"),
	"review": ("RTC Review", "Submitted"),
	"source": ("RTC Organisation", ""),
	"target": ("RTC Organisation", ""),
}
OTHERS = {"start": "2026-01-01", "end": "2026-12-31", "on_date": "2026-01-01", "table": "costs", "row": "x"}


def modules():
	root = Path(rtc_conciliation.__file__).parent
	for path in sorted(root.rglob("*.py")):
		if "whitelist" in path.read_text():
			yield importlib.import_module(".".join((APP, *path.relative_to(root).with_suffix("").parts)))


def whitelisted() -> dict:
	"""Dotted path below the app → function, of all that HTTP may call."""
	found = {}
	for module in modules():
		for holder in (module, *(one for _name, one in inspect.getmembers(module, inspect.isclass))):
			for _name, function in inspect.getmembers(holder, inspect.isfunction):
				if function in frappe.whitelisted and function.__module__ == module.__name__:
					found[f"{module.__name__}.{function.__qualname__}".removeprefix(f"{APP}.")] = function
	return found


def test_each_method_has_its_row():
	assert sorted(whitelisted()) == sorted(METHODS)


def arguments(function, names: dict) -> dict:
	found = {}
	for name in inspect.signature(function).parameters:
		if name in RECORDS:
			found[name] = names[RECORDS[name]]
		elif name != "self":
			found[name] = OTHERS.get(name, "x")
	return found


def ask(client, path: str, function, names: dict):
	"""By GET where the method lets itself be asked so, else by POST; a record's own by `run_doc_method`."""
	given = arguments(function, names)
	holder = function.__qualname__.split(".")[0]
	if "." in function.__qualname__:
		cells = [cell for cell in names if cell[0].replace(" ", "") == holder]
		doctype, name = (cells[0][0], names[cells[0]]) if cells else ("File", "x")
		given = {"dt": doctype, "dn": name, "method": function.__name__, "args": json.dumps(given)}
		return client.post("/api/method/run_doc_method", **given)
	method = f"/api/method/{APP}.{path}"
	if "POST" in frappe.allowed_http_methods_for_whitelisted_func[function]:
		return client.post(method, **given)
	return client.get(method, **given)


@pytest.mark.parametrize("who", matrix.PEOPLE)
def test_whoever_is_not_named_is_refused(who, people, names):
	before, let_in, broken = counts(), [], []
	for path, function in whitelisted().items():
		if who in METHODS[path]:
			continue
		answer = ask(people[who], path, function, names)
		if answer.status_code < 400:
			let_in.append((path, answer.status_code, answer.text[:100]))
		if answer.status_code >= 500:
			broken.append((path, answer.status_code))
		assert marks_in(answer.text) <= wanted(who), path
	assert (let_in, broken) == ([], [])
	assert counts() == before


def counts() -> dict[str, tuple]:
	frappe.db.rollback()
	return {
		doctype: frappe.db.sql(f"select count(*), max(modified) from `tab{doctype}`")[0]
		for doctype in matrix.MATRIX
	}
