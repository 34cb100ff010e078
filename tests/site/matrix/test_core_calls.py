"""Methods of core that ask nobody, on official releases too: what they tell and change stays with whom it belongs to."""

import contextlib
import importlib
import json
from pathlib import Path

import frappe
import pytest

from rtc_conciliation.access import matrix
from rtc_conciliation.common.web.calls import DESK
from tests.site.matrix.records import MARKED, mark_of, marks_in, wanted

UNTRUSTED = (matrix.ACCOUNT, matrix.STRANGER, matrix.EVALUATOR, matrix.CONFLICTED)
WITHOUT_DESK = (matrix.GUEST, matrix.ACCOUNT, matrix.APPLICANT)
#: of modules
BEGINNINGS = tuple(beginning.rsplit(".", 1)[0] for beginning in DESK)
TAG = "Etichetta di prova"

#: client, DocType, name, field → answer
ATTACKS = {
	"counts of a column": lambda c, dt, name, field: c.call(
		"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count",
		doctype=dt,
		workflow_state_field=field,
		states="[]",
	),
	"greatest value of a month": lambda c, dt, name, field: c.call(
		"frappe.utils.goal.get_monthly_goal_graph_data",
		title="x",
		doctype="User",
		docname=c.user,
		goal_value_field="x",
		goal_total_field="x",
		goal_history_field="x",
		goal_doctype=dt,
		goal_doctype_link="owner",
		goal_field=field,
		date_field="creation",
		aggregation="max",
		filters=json.dumps({"name": name}),
	),
}
PRIVATE = {"File": "file_url", "Comment": "content", "Communication": "subject", "Version": "data"}


@pytest.fixture(scope="module")
def marked(names):
	"""Every record of the matrix has a tag, by core's own way."""
	for (doctype, _state), name in names.items():
		if frappe.get_meta(doctype).issingle or not frappe.db.has_column(doctype, "_user_tags"):
			continue
		frappe.db.set_value(doctype, name, "_user_tags", f",{TAG}", update_modified=False)
		values = {
			"tag": TAG,
			"document_type": doctype,
			"document_name": name,
			"title": mark_of(doctype, _state),
		}
		frappe.get_doc({"doctype": "Tag Link", "owner": "Administrator", **values}).db_insert()
	frappe.db.commit()
	yield names
	frappe.db.delete("Tag Link", {"tag": TAG})
	frappe.db.commit()


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("who", UNTRUSTED)
def test_no_column_is_told(who, attack, people, names):
	told = set()
	for (doctype, _state), name in names.items():
		told |= marks_in(ATTACKS[attack](people[who], doctype, name, MARKED[doctype]).text)
	assert told <= wanted(who)
	for doctype, field in PRIVATE.items():
		assert ATTACKS[attack](people[who], doctype, "x", field).status_code in (403, 417), doctype


@pytest.mark.parametrize("who", UNTRUSTED)
def test_tags_tell_of_what_is_read(who, people, marked):
	client, told = people[who], set()
	told |= marks_in(client.call("frappe.desk.doctype.tag.tag.get_documents_for_tag", tag=f"#{TAG}").text)
	fields = json.dumps(["title", "document_name"])
	told |= marks_in(client.get("/api/resource/Tag Link", fields=fields, limit_page_length=0).text)
	assert told <= wanted(who)
	readable = {names_of for key, names_of in marked.items() if key in wanted(who)}
	for doctype in matrix.MATRIX:
		path = "frappe.desk.doctype.tag.tag.get_tagged_docs"
		found = client.call(path, doctype=doctype, tag="%").json().get("message") or []
		assert {row[0] for row in found} & set(marked.values()) <= readable


@pytest.mark.parametrize("who", UNTRUSTED)
def test_followers_shares_and_amendments_tell_nothing(who, people, names):
	application = names["RTC Application", "Submitted"]
	given = {"doctype": "RTC Application", "docname": application}
	assert not people[who].call("frappe.client.is_document_amended", **given).json().get("message")
	asked = (
		("frappe.share.get_users", "name"),
		("frappe.desk.form.document_follow.get_follow_users", "doc_name"),
	)
	for path, parameter in asked:
		answer = people[who].call(path, **{"doctype": "RTC Application", parameter: application})
		assert not answer.json().get("message"), path


@pytest.mark.parametrize("who", UNTRUSTED)
def test_the_pages_of_the_desk_stay_as_they_are(who, people):
	before = pages()
	for name in frappe.get_all("Workspace", {"public": 1}, pluck="name"):
		given = {"public": 1, "new_widgets": "{}", "blocks": "[]"}
		path = "frappe.desk.doctype.workspace.workspace"
		for title in ({"title": name}, {"name": name}):
			assert people[who].call(f"{path}.save_page", **given, **title).status_code >= 400
		given = {"icon": "", "indicator_color": "", "parent": "", "public": 0}
		assert people[who].call(f"{path}.update_page", name=name, title="Presa", **given).status_code >= 400
	for step in frappe.get_all("Onboarding Step", pluck="name"):
		given = {"name": step, "field": "title", "value": "<b>Presa</b>"}
		people[who].call("frappe.desk.desktop.update_onboarding_step", **given)
	assert pages() == before


def pages() -> list:
	frappe.db.rollback()
	kept = [frappe.get_all("Workspace", fields=["name", "content", "public", "for_user"], order_by="name")]
	return [*kept, frappe.get_all("Onboarding Step", fields=["name", "title", "path"], order_by="name")]


@pytest.fixture(scope="module")
def mail(names):
	values = {
		"communication_type": "Communication",
		"subject": "Segreta",
		"status": "Open",
		"recipients": "x@y.it",
	}
	mail = frappe.get_doc({"doctype": "Communication", "content": "x", **values}).insert()
	frappe.db.commit()
	yield mail
	frappe.delete_doc("Communication", mail.name, force=True)
	frappe.db.commit()


@pytest.mark.parametrize("who", UNTRUSTED)
def test_nobody_moves_the_offices_mail(who, people, names, mail):
	moved = {"reference_doctype": "RTC Application", "reference_name": names["RTC Application", "Draft"]}
	for path, given in {
		"frappe.email.relink": {"name": mail.name, **moved},
		"rtc_conciliation.common.web.core_methods.core_relink": {"name": mail.name, **moved},
		"frappe.email.inbox.mark_as_closed_open": {"communication": mail.name, "status": "Closed"},
		"frappe.email.inbox.mark_as_trash": {"communication": mail.name},
		"frappe.email.inbox.mark_as_spam": {"communication": mail.name, "sender": "x@y.it"},
		"frappe.email.inbox.move_email": {"communication": mail.name, "email_account": "x"},
	}.items():
		assert people[who].call(path, **given).status_code == 403, path
	frappe.db.rollback()
	after = frappe.db.get_value("Communication", mail.name, ["reference_name", "status", "email_status"])
	assert after == (mail.reference_name, "Open", mail.email_status)


def methods_of_the_desk() -> list[str]:
	"""All of core's that HTTP may call and that only the desk needs."""
	root = Path(frappe.__file__).parent
	for file in root.rglob("*.py"):
		name = ".".join(("frappe", *file.relative_to(root).with_suffix("").parts)).removesuffix(".__init__")
		if f"{name}.".startswith(BEGINNINGS) and "whitelist" in file.read_text():
			with contextlib.suppress(ImportError):  # of a program that is not installed
				importlib.import_module(name)
	functions = [one for one in frappe.whitelisted if one.__qualname__ == one.__name__]
	paths = {f"{function.__module__}.{function.__name__}" for function in functions}
	return sorted(path for path in paths if path.startswith(DESK))


@pytest.mark.parametrize("who", WITHOUT_DESK)
def test_what_only_the_desk_needs_is_called_by_nobody_else(who, people):
	called = {path: people[who].call(path).status_code for path in methods_of_the_desk()}
	assert len(called) > 40
	assert {path: status for path, status in called.items() if status != 403} == {}


@pytest.mark.parametrize(
	"path",
	[
		"/api/method/frappe.desk.notifications.get_notifications",
		"/api/v1/method/frappe.desk.notifications.get_notifications",
		"/api/v2/method/frappe.desk.notifications.get_notifications",
		"/api/method/frappe.desk.notifications.get_notifications/x",
		"/api/v2/method/Workspace/save_page",
	],
)
def test_by_every_address(path, people):
	assert people[matrix.APPLICANT].post(path).status_code in (403, 404)
	assert people[matrix.APPLICANT].get(path).status_code in (403, 404, 405)


@pytest.mark.parametrize("who", WITHOUT_DESK)
def test_nobody_mails_in_the_offices_name(who, people):
	before = frappe.db.count("Communication")
	given = {
		"recipients": "vittima@example.org",
		"subject": "Bando",
		"content": "Clicca qui",
		"send_email": 1,
	}
	answer = people[who].call("frappe.core.doctype.communication.email.make", **given)
	frappe.db.rollback()
	assert answer.status_code == 403 and frappe.db.count("Communication") == before


def test_by_its_name_in_the_form(people):
	answer = people[matrix.APPLICANT].post("/", cmd="frappe.desk.notifications.get_notifications")
	assert answer.status_code == 403


def test_the_desk_goes_on(people):
	office = people[matrix.OFFICER]
	assert office.call("frappe.desk.notifications.get_notifications").status_code == 200
	assert office.call("frappe.desk.listview.get_list_settings", doctype="RTC Member").status_code == 200
	assert office.call("frappe.desk.desktop.get_workspace_sidebar_items").status_code == 200
