"""Every method that the app lets be called, as every role, with values that nobody means to send.

None answers with an error of the server or with how it came about, and a call that is refused has changed nothing.
A new method is found by itself. What a run tries is the same each time, a part of what `RTC_FUZZ=all` tries.
"""

import importlib
import inspect
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import frappe
import pytest

import rtc_conciliation
from tests.site import factories
from tests.site.factories import APPLICANT, EVALUATOR, MANAGER, OFFICER
from tests.site.http import Client, committed_rows

APP = Path(rtc_conciliation.__file__).parent
MODULE = "RTC Conciliation"
NOBODY = "senza.ruolo@rtc.test"
USERS = (None, NOBODY, APPLICANT, EVALUATOR, OFFICER, MANAGER)
#: calls of each method by each user
SAMPLE = 3
EVERYTHING = os.environ.get("RTC_FUZZ") == "all"
MISSING = "MISSING"
#: longer ones do not fit into an address
LONGEST_IN_ADDRESS = 2000


def nested(depth: int) -> dict:
	value = {}
	for _level in range(depth):
		value = {"a": [value]}
	return value


ODD = (
	MISSING,
	None,
	"",
	" ",
	0,
	-1,
	10**30,
	1.5e308,
	float("nan"),
	True,
	"x" * 300,
	"x" * 100_000,
	"perché 𝄞 👍 \u202e",
	"\ud800",
	"a\0b",
	"\r\nX-Header: 1",
	"<img src=x onerror=alert(1)>",
	"{{ frappe.session }} %s %(x)s {0}",
	"1' or '1'='1",
	"../../site_config.json",
	"2026-13-45",
	"99999-01-01",
	"null",
	"[1",
	'"{\\"a\\": 1}"',
	'{"a": {"a": [1, null]}}',
	"[" * 3_000,
	'{"__class__": "x", "doctype": "User", "name": "Administrator"}',
	[],
	[[]],
	[None, {}, 1, "x"],
	["x"] * 2_000,
	{},
	{"name": ["like", "%"]},
	nested(60),
)
#: tables that tell of every change; of users the last activity changes with each request
OTHERS = ("File", "Has Role", "DocShare", "Version", "Comment", "ToDo", "User Permission", "Communication")


@dataclass(frozen=True)
class Method:
	name: str
	parameters: tuple[str, ...]
	verb: str
	doctype: str = ""


def methods() -> list[Method]:
	"""Those of modules and those of documents, whichever has the decorator."""
	for path in APP.rglob("*.py"):
		module = ".".join(path.relative_to(APP.parent).with_suffix("").parts)
		importlib.import_module(module.removesuffix(".__init__"))
	ours = [one for one in frappe.whitelisted if one.__module__.startswith("rtc_conciliation.")]
	return sorted((described(one) for one in ours), key=lambda method: (method.doctype, method.name))


def described(function: Callable) -> Method:
	parameters = tuple(name for name in inspect.signature(function).parameters if name != "self")
	verbs = frappe.allowed_http_methods_for_whitelisted_func[function]
	verb = "POST" if "POST" in verbs else "GET"
	if "." not in function.__qualname__:
		return Method(f"{function.__module__}.{function.__name__}", parameters, verb)
	return Method(function.__name__, parameters, "POST", doctype_of(function))


def doctype_of(function: Callable) -> str:
	folder = function.__module__.split(".")[-2]
	found = frappe.get_all("DocType", {"module": MODULE}, pluck="name")
	return next((name for name in found if frappe.scrub(name) == folder), "File")


METHODS_AT_LEAST = 50


@pytest.fixture(scope="module")
def known_names(site):
	"""Records whose names open the first door of most methods."""
	with committed_rows():
		factories.make_user(NOBODY, "Website User", [])
		draft = factories.application("Draft")
		sent = factories.application("Submitted", call=draft.call)
		plan, member, meeting = factories.plan(), factories.member(), factories.meeting()
		frappe.db.commit()
		yield {
			"application": (draft.name, sent.name),
			"call": (draft.call,),
			"programme": (frappe.db.get_value("RTC Call", draft.call, "programme"),),
			"member": (member.name,),
			"plan": (plan.name,),
			"before": (plan.name,),
			"after": (plan.name,),
			"doctype": ("RTC Application",),
			"name": (sent.name,),
			"format": ("RTC Application",),
			"start": ("2026-01-01",),
			"end": ("2026-12-31",),
			"table": ("costs",),
			"RTC Plan": (plan.name,),
			"RTC Meeting": (meeting.name,),
		}


@pytest.fixture(scope="module")
def clients(base_url, known_names):
	return {user: Client(base_url, user) for user in USERS}


def test_the_methods_are_found(site):
	found = methods()
	assert len(found) >= METHODS_AT_LEAST
	assert {"download_pdf", "upload_file", "get_meetings"} <= {
		method.name.rsplit(".", 1)[-1] for method in found
	}
	assert {method.doctype for method in found} >= {"", "RTC Meeting", "RTC Ranking"}


@pytest.mark.parametrize("user", USERS)
def test_no_odd_value_breaks_a_method_or_changes_what_it_is_refused(user, clients, known_names, site):
	client, wrong, tables = clients[user], [], watched()
	before = sums(tables)
	for number, method in enumerate(methods()):
		for values in calls(method, number + USERS.index(user), known_names):
			forget_limits()
			answer = call(client, method, values, known_names)
			after = sums(tables)
			if fault := judge(answer, before == after):
				wrong.append((method.name, {key: str(value)[:60] for key, value in values.items()}, fault))
			before = after
	assert not wrong, f"{len(wrong)}: " + "\n".join(map(str, wrong[:40]))


def calls(method: Method, number: int, known_names: dict) -> Iterator[dict]:
	"""Each odd value in each parameter, the others as they should be; of these a sample that differs by `number`."""
	parameters = method.parameters or ("",)
	table = [(parameter, odd) for odd in ODD for parameter in parameters]
	if not EVERYTHING:
		table = [table[(number * 7 + turn * 13) % len(table)] for turn in range(SAMPLE)]
	for turn, (parameter, odd) in enumerate(table):
		right = {name: named[turn % len(named)] for name, named in known_names.items() if name in parameters}
		values = {**dict.fromkeys(method.parameters, "x"), **right, parameter: odd}
		yield {name: value for name, value in values.items() if name and value is not MISSING}


def call(client: Client, method: Method, values: dict, known_names: dict):
	if method.doctype:
		name = known_names.get(method.doctype, ("x",))[0]
		asked = {"dt": method.doctype, "dn": name, "method": method.name, "args": values or None}
		return post(client, "run_doc_method", asked)
	if method.verb == "POST":
		return post(client, method.name, values)
	return client.get(
		f"/api/method/{method.name}", **{key: in_address(value) for key, value in values.items()}
	)


def post(client: Client, name: str, values: dict):
	"""As JSON with what JSON does not have, "NaN", which Python reads."""
	headers = {"Content-Type": "application/json", **client.csrf()}
	address = f"{client.base_url}/api/method/{name}"
	return client.session.post(address, data=json.dumps(values), headers=headers, timeout=60)


def in_address(value) -> str:
	text = value if isinstance(value, str) else json.dumps(value)
	return text[:LONGEST_IN_ADDRESS].encode("utf-8", "surrogatepass")


def judge(answer, unchanged: bool) -> str:
	"""What is wrong with the answer, "" if nothing is."""
	if answer.status_code >= 500:
		return f"{answer.status_code}: {answer.text[-160:]}"
	if "Traceback" in answer.text:
		return f"{answer.status_code}, and how it came about"
	if answer.status_code >= 400 and not unchanged:
		return f"{answer.status_code}, and something changed"
	return ""


def watched() -> list[str]:
	ours = frappe.get_all("DocType", {"module": MODULE, "issingle": 0, "is_virtual": 0}, pluck="name")
	return [f"`tab{name}`" for name in (*ours, *OTHERS)]


def sums(tables: list[str]) -> tuple:
	frappe.db.rollback()
	return frappe.db.sql(f"checksum table {', '.join(tables)}")


def forget_limits() -> None:
	patterns = (frappe.cache.make_key("rl:*"), "rl:*")
	if keys := [key for pattern in patterns for key in frappe.cache.scan_iter(pattern)]:
		frappe.cache.delete(*keys)
