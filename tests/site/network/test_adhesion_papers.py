"""What goes out with the decision on an adhesion: the certificate, or the letter that refuses it, in the mail that tells it."""

import frappe
from frappe.model.workflow import apply_workflow

from rtc_conciliation.common import mails
from rtc_conciliation.network import adhesion_mails
from tests.site import factories
from tests.site.factories import MANAGER, acting
from tests.site.printing import issued_rows, words

CERTIFICATE, REFUSAL = "RTC Adhesion Certificate", "RTC Adhesion Refusal"


def test_a_refused_adhesion_is_told_with_its_letter(monkeypatch):
	doc = factories.member("Under Review")
	with acting(MANAGER):
		doc.update({"decision_reason": "Manca lo <statuto>", "workflow_state": "Rejected"})
		doc.save()
	sent = []
	monkeypatch.setattr(mails, "send", lambda *args, **options: sent.append(options) or True)
	adhesion_mails.send_outcome(doc.name)
	[row] = issued_rows(doc, REFUSAL)
	assert sent[0]["attachments"] == [{"fid": row.file}]
	text = words(row.body)
	assert "Manca lo &lt;statuto&gt;" in text and "TAR" in text and "Associazione Aderente" in text


def test_a_member_of_tomorrow_gets_its_certificate_too(monkeypatch):
	doc = factories.member("Under Review", valid_from="2099-01-01")
	with acting(MANAGER):
		doc = apply_workflow(doc, "Admit")
	sent = []
	monkeypatch.setattr(mails, "send", lambda *args, **options: sent.append(options) or True)
	adhesion_mails.send_outcome(doc.name)
	[row] = issued_rows(doc, CERTIFICATE)
	assert sent[0]["attachments"] == [{"fid": row.file}] and "01/01/2099" in row.body
