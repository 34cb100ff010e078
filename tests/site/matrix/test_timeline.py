"""What core hangs on a record, comments, mails, history, followers: for the office, not for whoever reads the record."""

import frappe
import pytest

from rtc_conciliation.access import history, matrix
from tests.site.matrix.records import ACCOUNT, PEOPLE

APPLICATION = "RTC Application"
TOLD = "Nota interna riservata"


@pytest.fixture(scope="module")
def commented(names):
	"""An application with a comment, a mail, an assignment and a version of the office."""
	name = names[APPLICATION, "Submitted"]
	about = {"reference_doctype": APPLICATION, "reference_name": name}
	rows = [
		frappe.get_doc({"doctype": "Comment", "comment_type": "Comment", "content": TOLD, **about}),
		frappe.get_doc(
			{
				"doctype": "Communication",
				"communication_type": "Communication",
				"subject": TOLD,
				"content": TOLD,
				"sender": PEOPLE[matrix.MANAGER],
				**about,
			}
		),
		frappe.get_doc(
			{
				"doctype": "Version",
				"ref_doctype": APPLICATION,
				"docname": name,
				"data": f'{{"changed": [["x", "", "{TOLD}"]]}}',
			}
		),
	]
	for row in rows:
		row.insert()
	frappe.db.commit()
	return name


WAYS = {
	"getdoc": lambda c, name: c.call("frappe.desk.form.load.getdoc", doctype=APPLICATION, name=name),
	"get_docinfo": lambda c, name: c.call(
		"frappe.desk.form.load.get_docinfo", doctype=APPLICATION, name=name
	),
	"get_communications": lambda c, name: c.call(
		"frappe.desk.form.load.get_communications", doctype=APPLICATION, name=name
	),
	"getdoc v2": lambda c, name: c.post(
		"/api/v2/method/frappe.desk.form.load.getdoc", doctype=APPLICATION, name=name
	),
	"comments": lambda c, name: c.call(
		"frappe.client.get_list", doctype="Comment", filters={"reference_name": name}, fields=["content"]
	),
	"communications": lambda c, name: c.call(
		"frappe.client.get_list",
		doctype="Communication",
		filters={"reference_name": name},
		fields=["content"],
	),
	"versions": lambda c, name: c.call(
		"frappe.client.get_list", doctype="Version", filters={"docname": name}, fields=["data"]
	),
}


@pytest.mark.parametrize("way", WAYS)
def test_only_the_office_reads_what_the_office_wrote(way, people, commented):
	for who in (
		matrix.GUEST,
		matrix.ACCOUNT,
		matrix.STRANGER,
		matrix.APPLICANT,
		matrix.COLLEAGUE,
		matrix.EVALUATOR,
	):
		answer = WAYS[way](people[who], commented)
		assert TOLD not in answer.text, who
		assert PEOPLE[matrix.MANAGER] not in answer.text or way == "getdoc v2", who
	if way in ("getdoc", "get_docinfo"):
		assert TOLD in WAYS[way](people[matrix.OFFICER], commented).text


def test_who_saves_his_draft_is_told_no_more(people, names):
	name = names[APPLICATION, "Draft"]
	about = {"reference_doctype": APPLICATION, "reference_name": name}
	frappe.get_doc({"doctype": "Comment", "comment_type": "Comment", "content": TOLD, **about}).insert()
	frappe.db.commit()
	client = people[matrix.APPLICANT]
	doc = client.get(f"/api/resource/{APPLICATION}/{name}").json()["data"]
	answer = client.call("frappe.desk.form.save.savedocs", doc=frappe.as_json(doc), action="Save")
	assert TOLD not in answer.text


@pytest.mark.parametrize("who", [matrix.ACCOUNT, matrix.STRANGER, matrix.EVALUATOR, matrix.CONFLICTED])
def test_nobody_follows_what_he_does_not_read(who, people, names):
	user = PEOPLE[who]
	for (doctype, state), name in names.items():
		if who in matrix.MATRIX[doctype].states[state].read or not frappe.get_meta(doctype).track_changes:
			continue
		people[who].post("/api/resource/Document Follow", ref_doctype=doctype, ref_docname=name, user=user)
		people[who].call(
			"frappe.desk.form.document_follow.follow_document", doctype=doctype, doc_name=name, user=user
		)
	frappe.db.rollback()
	assert frappe.get_all("Document Follow", {"user": user}, ["ref_doctype", "ref_docname"]) == []


def test_who_reads_no_more_is_mailed_no_more(names):
	"""They followed it while they might; then a conflict was declared, or a role was taken from them."""
	values = {"ref_doctype": APPLICATION, "ref_docname": names[APPLICATION, "Submitted"]}
	for user in (PEOPLE[matrix.CONFLICTED], PEOPLE[matrix.OFFICER], ACCOUNT):
		doc = frappe.get_doc({"doctype": "Document Follow", "user": user, **values})
		doc.set_new_name()
		doc.db_insert()
	history.drop_blind_followers()
	assert frappe.get_all("Document Follow", values, pluck="user") == [PEOPLE[matrix.OFFICER]]
