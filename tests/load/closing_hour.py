"""The last minute of a call: everybody saves a few times, half of them send, some too late.

LOAD_DATA names a JSON file: {"closing": seconds since 1970, "applicants": [{"sid", "csrf", "name", "modified", "base":
{field: text}, "sends_at": seconds before the closing or null}]}. What each request got is appended to LOAD_LOG, a line each.
"""

import itertools
import json
import os
import random
import time
from pathlib import Path

import gevent
from locust import FastHttpUser, constant, task
from locust.exception import StopUser

DATA = json.loads(Path(os.environ["LOAD_DATA"]).read_text())
CLOSING = DATA["closing"]
TURN = itertools.count()
SAVE = "/api/method/rtc_conciliation.applications.api.save_draft"
SEND = "/api/method/rtc_conciliation.applications.api.send_application"
#: of each applicant within the last minute: two by the form itself, one by the person
SAVES = 3


class Applicant(FastHttpUser):
	wait_time = constant(0)

	def on_start(self):
		self.me = DATA["applicants"][next(TURN)]
		self.headers = {"Cookie": f"sid={self.me['sid']}", "X-Frappe-CSRF-Token": self.me["csrf"]}
		self.random = random.Random(self.me["name"])

	@task
	def last_minute(self):
		last = CLOSING - (self.me["sends_at"] or 0) - 1
		times = sorted(self.random.uniform(CLOSING - 60, min(last, CLOSING)) for _ in range(SAVES))
		for number, moment in enumerate(times, 1):
			gevent.sleep(max(0, moment - time.time()))
			self.save(f"{self.me['name']}: testo {number}")
		if self.me["sends_at"] is not None:
			gevent.sleep(max(0, CLOSING - self.me["sends_at"] - time.time()))
			self.send()
		raise StopUser

	def save(self, text: str) -> None:
		values = {"name": self.me["name"], "modified": self.me["modified"], "abstract": text}
		answer = self.request(SAVE, "save", text, {"application": values, "base": self.me["base"]})
		if answer:
			self.me.update({"modified": answer["modified"], "base": {"abstract": text}})

	def send(self) -> None:
		self.request(SEND, "send", "", {"application": self.me["name"]})

	def request(self, path: str, what: str, text: str, body: dict):
		start = time.time()
		with self.client.post(
			path, json=body, headers=self.headers, name=what, catch_response=True
		) as answer:
			answer.success()  # what had to be refused is judged afterwards
			line = {
				"what": what,
				"name": self.me["name"],
				"text": text,
				"start": start,
				"end": time.time(),
				"status": answer.status_code,
				"answer": (answer.text or "")[:300] if answer.status_code != 200 else "",
			}
			with open(os.environ["LOAD_LOG"], "a") as log:
				log.write(json.dumps(line) + "\n")
			return json.loads(answer.text).get("message") if answer.status_code == 200 else None
