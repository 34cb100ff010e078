"""People save and send while web, worker, Redis and MariaDB are killed in turn; then what is stored is judged."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import frappe
import requests

from devsite.paths import TEST_SITE
from rtc_conciliation.applications import content_check, sending
from tests.measure.closing_hour import applicants
from tests.site import caches, factories
from tests.site.http import Client

SAVE = "/api/method/rtc_conciliation.applications.api.save_draft"
SEND = "/api/method/rtc_conciliation.applications.api.send_application"
APPLICATION = sending.DOCTYPE
#: who sends at the same time
AT_ONCE = 4
#: a person tries again until it is said that it worked
PATIENCE = 60
#: what is killed, one after the other; the first two as often as wanted
VICTIMS = ("one web worker", "worker", "redis_queue", "mariadb", "web", "redis_cache")


class Person:
	"""Saves their draft and sends it, however often the site fails them; keeps what it has acknowledged."""

	def __init__(self, client: Client, draft):
		self.client, self.name = client, draft.name
		self.modified, self.base = str(draft.modified), {"abstract": draft.abstract}
		self.saved, self.digest, self.failures = draft.abstract, None, 0

	def act(self) -> None:
		text = f"{self.name}: scritto mentre tutto cade"
		values = {"name": self.name, "modified": self.modified, "abstract": text}
		self.ask(SAVE, application=values, base=self.base)
		self.saved = text
		self.digest = self.ask(SEND, application=self.name)["digest"]

	def ask(self, path: str, **data) -> dict:
		deadline = time.monotonic() + PATIENCE
		while time.monotonic() < deadline:
			try:
				answer = self.client.session.post(
					self.client.base_url + path, json=data, headers=self.headers, timeout=20
				)
				if answer.status_code == 200:
					return answer.json()["message"]
			except requests.RequestException:
				pass
			self.failures += 1
			time.sleep(0.3)
		raise AssertionError(f"{self.name}: no answer of {path} within {PATIENCE} s")


def play(stage, people: int, rounds: int) -> dict:
	"""Figures: what was acknowledged and what of it was found wrong."""
	connect(stage)
	users = applicants(people)
	drafts = [factories.application(user=user) for user in users]
	frappe.db.commit()
	stage.start("web", "worker")
	stage.wait("web")
	crowd = [at_the_form(stage.address, user, draft) for user, draft in zip(users, drafts, strict=True)]
	killed = under_load(stage, crowd, rounds)
	settle(stage, len(crowd))
	return {"killed": killed, "failures": sum(person.failures for person in crowd), **judged(crowd)}


def connect(stage) -> None:
	os.chdir(stage.sites)
	frappe.cache = None  # it would stay that of the real site, which the tests have begun with
	frappe.init(TEST_SITE, sites_path=str(stage.sites), force=True)
	frappe.connect()
	frappe.flags.in_test = frappe.flags.mute_emails = True
	if hasattr(frappe, "in_test"):
		frappe.in_test = True
	frappe.set_user("Administrator")
	caches.forget_records()
	factories.make_users()
	factories.call()
	frappe.db.commit()


def at_the_form(address: str, user: str, draft) -> Person:
	person = Person(Client(address, user), draft)
	person.headers = person.client.csrf()
	return person


def under_load(stage, crowd: list[Person], rounds: int) -> list[str]:
	"""Kills each victim after some more have sent, and starts again what does not come back by itself."""
	killed, order = [], list(VICTIMS) * rounds
	with ThreadPoolExecutor(AT_ONCE) as pool:
		acts = [pool.submit(person.act) for person in crowd]
		for number, victim in enumerate(order, 1):
			wanted = len(crowd) * number // (len(order) + 1)
			while sum(act.done() for act in acts) < wanted:
				time.sleep(0.02)
			if victim == "one web worker":
				stage.kill_one_web_worker()
			else:
				stage.kill(victim)
				stage.start(victim)
				stage.wait(victim)
			killed.append(victim)
			if victim in ("redis_queue", "mariadb") and stage.running["worker"].poll() is not None:
				stage.start("worker")
		for act in acts:
			act.result()
	return killed


def settle(stage, people: int) -> None:
	"""Until all have been told: what the scheduler asks for every five minutes is asked for here."""
	frappe.db.close()
	frappe.connect()
	deadline = time.monotonic() + PATIENCE
	while time.monotonic() < deadline:
		if stage.running["worker"].poll() is not None:
			stage.start("worker")
		frappe.enqueue(f"{sending.__name__}.send_pending_receipts", queue="short")
		time.sleep(1)
		frappe.db.rollback()
		if not sending.list_waiting() and mails() >= people:
			break
	time.sleep(1)  # whoever told twice does so now
	frappe.db.rollback()


def mails() -> int:
	return frappe.db.count("Email Queue", {"reference_doctype": APPLICATION})


def judged(crowd: list[Person]) -> dict:
	fields = ["name", "docstatus", "digest", "abstract", "sent_on", "receipt_sent_on"]
	names = [person.name for person in crowd]
	rows = {
		row.name: row
		for row in frappe.get_all(APPLICATION, {"name": ("in", names)}, fields, limit_page_length=0)
	}
	lost = [
		person.name
		for person in crowd
		if rows[person.name].docstatus != 1 or rows[person.name].digest != person.digest
	]
	texts = [person.name for person in crowd if rows[person.name].abstract != person.saved]
	half = [row.name for row in rows.values() if bool(row.docstatus) != bool(row.digest and row.sent_on)]
	changed = [name for name in names if content_check.check(frappe.get_doc(APPLICATION, name)) != "matches"]
	return {
		"acknowledged": sum(bool(person.digest) for person in crowd),
		"lost": lost,
		"texts lost": texts,
		"half": half,
		"not as sent": changed,
		"not told once": [name for name in names if told(name) != expected(name)],
		"rows without their record": orphans(),
	}


def told(name: str) -> dict[str, int]:
	"""Subject and people → how many mails."""
	counts: dict[str, int] = {}
	for mail in frappe.get_all(
		"Email Queue", {"reference_doctype": APPLICATION, "reference_name": name}, pluck="name"
	):
		people = frappe.get_all(
			"Email Queue Recipient", {"parent": mail}, pluck="recipient", order_by="recipient asc"
		)
		key = " ".join(people)
		counts[key] = counts.get(key, 0) + 1
	return counts


def expected(name: str) -> dict[str, int]:
	"""One to the lead, one to the partners that have an address, one to the office."""
	doc = frappe.get_doc(APPLICATION, name)
	groups = [" ".join(people) for people in sending.get_recipients(doc) if people]
	office = [key for key in told(name) if key not in groups]
	return dict.fromkeys([*groups, *office[:1]], 1)


def orphans() -> list[str]:
	found = []
	for df in frappe.get_meta(APPLICATION).get_table_fields():
		child, parent = frappe.qb.DocType(df.options), frappe.qb.DocType(APPLICATION)
		query = frappe.qb.from_(child).left_join(parent).on(child.parent == parent.name).select(child.name)
		found += query.where((child.parenttype == APPLICATION) & parent.name.isnull()).run(pluck=True)
	return found
