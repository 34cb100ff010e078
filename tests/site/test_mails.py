"""Mails of every kind: in Italian, and each link whole in both of their parts."""

import re
from pathlib import Path

import frappe
import pytest
from bs4 import BeautifulSoup

from rtc_conciliation.common import mails, tokens
from tests.site import factories, mail_samples
from tests.site.english import english_in
from tests.site.http import Client, committed_rows

TEMPLATES = Path(mails.__file__).parents[1] / "templates" / "emails"
LINK = re.compile(r"https?://\S+")


@pytest.fixture(scope="module")
def queued(site):
	"""{name of the mail: user who opens its links}; sent by somebody whose desk is in English."""
	rendered = set()
	real = mails.get_template
	with committed_rows(), pytest.MonkeyPatch.context() as patch:
		patch.setattr(mails, "get_template", lambda path: rendered.add(Path(path).stem) or real(path))
		frappe.local.lang = "en"
		readers = mail_samples.send_all()
		frappe.local.lang = "it"
		frappe.db.commit()
		yield frappe._dict(readers=readers, rendered=rendered)


def test_every_kind_is_here(queued):
	kinds = {path.stem for path in TEMPLATES.glob("*.html")}
	assert kinds - queued.rendered == {"rtc_mail", "rtc_meeting", "rtc_signature"}
	assert len(queued.readers) > len(kinds)


def test_no_mail_speaks_english(queued):
	said = {name: mail_samples.parts_of(name) for name in queued.readers}
	found = {part["subject"]: english_in(part["subject"] + part["html"]) for part in said.values()}
	assert not {subject: words for subject, words in found.items() if words}


def test_no_notice_speaks_english():
	sent, plan = factories.application("Submitted"), factories.plan()
	for name, doc in (("rtc_application_sent", sent), ("rtc_plan_approved", plan)):
		record = frappe.get_doc("Notification", name.replace("_", " ").title().replace("Rtc", "RTC"))
		path = f"rtc_conciliation/rtc_conciliation/notification/{name}/{name}.html"
		for template in (record.subject, path):
			said = frappe.render_template(template, {"doc": doc, "frappe": frappe._dict(utils=frappe.utils)})
			assert said and not english_in(said), said


def test_both_parts_have_the_same_links(queued):
	for name in queued.readers:
		part = mail_samples.parts_of(name)
		links = {link["href"] for link in BeautifulSoup(part["html"], "html.parser").find_all("a", href=True)}
		in_text = {link.rstrip(".,") for link in LINK.findall(part["text"])}
		assert {link for link in links if link.startswith("http")} <= in_text, part["text"]
		assert "\\" not in part["text"] and "**" not in part["text"], part["text"]


def test_the_links_of_the_plain_part_open(queued, base_url):
	opened = 0
	for name, user in queued.readers.items():
		for link in LINK.findall(mail_samples.parts_of(name)["text"]):
			if not link.startswith(frappe.utils.get_url()):
				continue
			path = link.removeprefix(frappe.utils.get_url())
			answer = Client(base_url, user or None).get(path)
			# core 16 moved the desk, and leads there from its old addresses
			assert answer.status_code in (200, 301), (link, answer.status_code)
			opened += 1
	assert opened > 10


def test_tokens_are_letters_and_figures():
	assert all(re.fullmatch(r"[0-9a-f]{64}", tokens.make_token()) for _ in range(50))
