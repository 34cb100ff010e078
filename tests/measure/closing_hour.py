"""The last minute of a call: 200 applicants save, 100 send, against gunicorn with 4 workers.

Nothing is lost, nothing doubled; all that arrived in time is accepted and nothing else.
"""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path

import frappe

from devsite.testing import home_of_tests, paths, serve
from rtc_conciliation.common import clock
from tests.measure import locust
from tests.site import factories
from tests.site.http import Client, committed_rows

APPLICANTS, SENDERS = 200, 100
#: of the senders, these send after the closing
LATE = 20
#: to log in and to start locust, before the last minute begins
AHEAD = 30


def measure() -> list[dict]:
	with committed_rows(), serve(paths().test_site, workers=4, threads=1) as address:
		frappe.set_user("Administrator")
		users = applicants()
		call = factories.call(title="Manifestazione nell'ultimo minuto").name
		drafts = [factories.application(user=user, call=call) for user in users]
		frappe.db.commit()
		with ThreadPoolExecutor(4) as pool:
			clients = list(pool.map(partial(at_the_form, address), users, [draft.name for draft in drafts]))
		lines = last_minute(address, call, drafts, clients)
		return judged(call, lines)


def applicants(number: int = APPLICANTS) -> list[str]:
	"""One user made by core, the others copied from them row by row: core takes two seconds for each."""
	users = [f"load-{place:03}@rtc.test" for place in range(number)]
	first = users[0]
	if not frappe.db.exists("User", first):
		factories.make_user(first, "Website User", ["RTC Applicant"])
	for doctype, owner in (("User", "name"), ("Has Role", "parent"), ("__Auth", "name")):
		table = frappe.qb.Table(doctype if doctype == "__Auth" else f"tab{doctype}")
		# passwords stay behind when a user is removed
		frappe.qb.from_(table).delete().where(table[owner].isin(users[1:])).run()
		for row in frappe.qb.from_(table).select("*").where(table[owner] == first).run(as_dict=True):
			copies = [{**row, **own_values(doctype, row, user), owner: user} for user in users[1:]]
			rows = [tuple(copy.values()) for copy in copies]
			frappe.qb.into(table).columns(*row).insert(*rows).run()
	frappe.clear_cache()
	return users


def own_values(doctype: str, row: dict, user: str) -> dict:
	"""What must differ from user to user besides the name."""
	if doctype == "Has Role":
		return {"name": frappe.generate_hash(length=10)}
	unique = ("email", "username", "mobile_no", "api_key")
	return {field: user if field == "email" else None for field in unique if field in row}


def at_the_form(address: str, user: str, draft: str) -> Client:
	"""Logged in, with the draft open before them."""
	client = Client(address, user)
	answer = client.get(f"/domanda/{draft}/edit")
	assert answer.status_code == 200, answer.text[-2000:]
	return client


def last_minute(address: str, call: str, drafts: list, clients: list[Client]) -> list[dict]:
	folder = home_of_tests().run / "load"
	folder.mkdir(parents=True, exist_ok=True)
	data, log = folder / "closing_hour.json", folder / "closing_hour.log"
	log.write_text("")
	closing = (clock.now() + timedelta(seconds=60 + AHEAD)).replace(microsecond=0)
	frappe.db.set_value("RTC Call", call, "closing", closing)
	frappe.clear_document_cache("RTC Call", call)
	frappe.db.commit()
	people = [
		{
			"sid": client.session.cookies["sid"],
			"csrf": client.csrf().get("X-Frappe-CSRF-Token", ""),
			"name": draft.name,
			"modified": str(draft.modified),
			"base": {"abstract": draft.abstract},
			"sends_at": sends_at(number),
		}
		for number, (draft, client) in enumerate(zip(drafts, clients, strict=True))
	]
	until = (closing - clock.now()).total_seconds()
	data.write_text(json.dumps({"closing": time.time() + until, "applicants": people}))
	locust.run("closing_hour", address, APPLICANTS, int(until) + 60, LOAD_DATA=str(data), LOAD_LOG=str(log))
	lines = [json.loads(line) for line in log.read_text().splitlines()]
	closes = json.loads(data.read_text())["closing"]
	for line in lines:
		line["began"], line["ended"] = line["start"] - closes, line["end"] - closes
	return lines


def sends_at(number: int) -> float | None:
	"""Seconds before the closing: the first SENDERS over the last 45 s, LATE of them in the 10 s after it."""
	if number >= SENDERS:
		return None
	return -1 - number / 2 if number < LATE else 45 * (number - LATE) / (SENDERS - LATE) + 0.2


def judged(call: str, lines: list[dict]) -> list[dict]:
	frappe.db.rollback()  # reads what the server wrote
	stored = {
		row.name: row
		for row in frappe.get_all(
			"RTC Application",
			{"call": call},
			["name", "abstract", "docstatus", "sent_on"],
			limit_page_length=0,
		)
	}
	closing = frappe.db.get_value("RTC Call", call, "closing")
	saves = [line for line in lines if line["what"] == "save"]
	sends = [line for line in lines if line["what"] == "send"]
	assert len(sends) == SENDERS and len(stored) == APPLICANTS, (len(sends), len(stored))
	last = {line["name"]: line["text"] for line in saves if line["status"] == 200}
	lost = [name for name, text in last.items() if stored[name].abstract != text]
	refused = [line for line in saves if line["status"] != 200 and line["ended"] < 0]
	wrong = [line for line in sends if (line["status"] == 200) != bool(stored[line["name"]].docstatus)]
	turned_away = [line for line in sends if line["began"] < 0 and line["status"] != 200]
	# the clock of the calls counts whole seconds: the one of the closing is still in time
	let_in = [line for line in sends if line["began"] >= 1 and line["status"] == 200]
	late = [row.name for row in stored.values() if row.docstatus and row.sent_on > closing]
	for what, found in (("saves refused", refused), ("turned away", turned_away)):
		if found:
			print(f"{what}: {found[0]}")
	times = sorted(line["end"] - line["start"] for line in saves)
	return [
		{
			"what": f"saves of {APPLICANTS} in the last minute, p95",
			"unit": "s",
			"value": p95(times),
			"limit": 2,
		},
		{
			"what": "sends, p95",
			"unit": "s",
			"value": p95(sorted(x["end"] - x["start"] for x in sends)),
			"limit": 5,
		},
		*(
			{"what": what, "unit": "", "value": len(found), "limit": 0}
			for what, found in {
				"texts lost": lost,
				"saves refused": refused,
				"answers that differ from the record": wrong,
				"sent in time and turned away": turned_away,
				"sent late and let in": [*let_in, *late],
			}.items()
		),
	]


def p95(times: list[float]) -> float:
	return times[int(len(times) * 0.95)]
