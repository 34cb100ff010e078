"""Readers who ask for one page again and again: LOAD_PATH, with the session LOAD_SID if it is set."""

import os

from locust import FastHttpUser, constant, task


class Reader(FastHttpUser):
	wait_time = constant(0)

	@task
	def read(self):
		session = os.environ.get("LOAD_SID")
		headers = {"Cookie": f"sid={session}"} if session else {}
		with self.client.get(os.environ["LOAD_PATH"], headers=headers, catch_response=True) as answer:
			if "</html>" not in (answer.text or ""):
				answer.failure("not the whole page")
