"""Who wrote what is approved does not approve it, whatever roles they have and by whatever way they wrote it: over HTTP."""

import itertools
import json

import frappe
import pytest
from frappe.model.workflow import apply_workflow

from rtc_conciliation.access import preparers
from rtc_conciliation.access.states import SelfApprovalError, shipped
from rtc_conciliation.awards import codes
from rtc_conciliation.patches import who_prepared
from rtc_conciliation.rtc_conciliation.doctype.rtc_formal_check.rtc_formal_check import NotTheOfficerError
from rtc_conciliation.rtc_conciliation.doctype.rtc_panel.rtc_panel import OwnAppointmentError
from tests.site import evaluating, factories
from tests.site.evaluated import THREE, closed_call, evaluate, proposed
from tests.site.evaluated import approve as approve_ranking
from tests.site.factories import ADMIN, DIRECTOR, MANAGER, OFFICER, SECOND_OFFICER
from tests.site.http import Client, committed_rows
from tests.site.making import make_user
from tests.site.rows import fill

#: who may write and decide: the step itself is open to them, only not on what they wrote
TWO, ALL = "two.roles@rtc.test", "three.roles@rtc.test"
ROLES = {TWO: ["RTC Officer", "RTC Manager"], ALL: ["RTC Officer", "RTC Manager", "RTC Director"]}

#: DocType → state, what is written, step, state that it leads to, who takes it
CASES = {
	"RTC Member": ("Under Review", {"phone": "035 {0}"}, "Admit", "Admitted", TWO),
	"RTC Meeting": ("Held", {"outcome": "<p>Esito {0}</p>"}, "Approve Minutes", "Minutes Approved", TWO),
	"RTC Call Question": ("Answered", {"answer": "No, {0}."}, "Publish Answer", "Published", TWO),
	"RTC Call": ("Draft", {"contact_email": "uno{0}@ats.example.org"}, "Approve", "Approved", ALL),
	"RTC Plan": ("To the Comitato", {"title": "Piano {0}"}, "Approve", "Approved", ALL),
	"RTC Panel": ("Draft", {"members": None}, "Appoint", "Appointed", ALL),
	"RTC Ranking": ("Draft", {"pot": "{0}"}, "Approve", "Approved", ALL),
}


def bulk(client, doctype, name, values):
	data = json.dumps(values)
	path = "frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs"
	return client.call(path, doctype=doctype, docnames=json.dumps([name]), action="update", data=data)


def set_value(client, doctype, name, values):
	return client.call("frappe.client.set_value", doctype=doctype, name=name, fieldname=values)


def client_save(client, doctype, name, values):
	return client.call("frappe.client.save", doc={**stored(client, doctype, name), **values})


def desk_save(client, doctype, name, values):
	doc = {**stored(client, doctype, name), **values}
	return client.call("frappe.desk.form.save.savedocs", doc=json.dumps(doc), action="Save")


def stored(client, doctype, name) -> dict:
	return client.get(f"/api/resource/{doctype}/{name}").json()["data"]


WAYS = {
	"resource": lambda client, doctype, name, values: client.put(f"/api/resource/{doctype}/{name}", **values),
	"client.set_value": set_value,
	"client.save": client_save,
	"desk": desk_save,
	"bulk": bulk,
}


NUMBERS = itertools.count(100)


@pytest.fixture(scope="module")
def records(site):
	with committed_rows():
		for email, roles in ROLES.items():
			if not frappe.db.exists("User", email):
				make_user(email, "System User", roles)
		call = factories.call("Closed", title="Chiusa", **closed())
		made = {
			"RTC Member": factories.member("Under Review").name,
			"RTC Meeting": factories.meeting("Held", minutes="<p>Verbale</p>").name,
			"RTC Call Question": factories.question("Answered").name,
			"RTC Call": factories.call("Draft", title="In bozza").name,
			"RTC Plan": factories.plan("To the Comitato").name,
			"RTC Panel": evaluating.panel("Draft", call=call.name).name,
		}
		with factories.acting(OFFICER):
			made["RTC Ranking"] = factories.make("RTC Ranking", {"call": call.name}).name
		frappe.db.commit()
		yield made


def closed() -> dict:
	now = frappe.utils.now_datetime()
	return {
		"opening": frappe.utils.add_to_date(now, days=-3),
		"closing": frappe.utils.add_to_date(now, seconds=-1),
	}


def store() -> None:
	"""For the server to see; core's own `commit` does nothing inside a test."""
	frappe.db.sql("commit")


@pytest.fixture
def untouched(records):
	"""The records as if none but their makers had ever written them."""
	yield records
	frappe.db.rollback()
	for doctype, name in records.items():
		frappe.db.delete(preparers.DOCTYPE, {"record": name})
		values = {"prepared_by": OFFICER} if frappe.get_meta(doctype).has_field("prepared_by") else {}
		frappe.db.set_value(doctype, name, {"workflow_state": CASES[doctype][0], "docstatus": 0, **values})
		frappe.clear_document_cache(doctype, name)
	store()


@pytest.fixture(scope="module")
def clients(base_url, records):
	users = (TWO, ALL, OFFICER, SECOND_OFFICER, MANAGER, DIRECTOR, ADMIN)
	return {user: Client(base_url, user) for user in users}


def written(doctype, client, name) -> dict:
	"""Values that the record has not yet."""
	number = next(NUMBERS)
	values = dict(CASES[doctype][1])
	if "members" in values:
		members = stored(client, doctype, name)["members"]
		return {"members": [{**row, "person": f"Dott. {number} {row['idx']}"} for row in members]}
	return {field: value.format(number) for field, value in values.items()}


def approve(client, doctype, name):
	doc = stored(client, doctype, name)
	return client.call("frappe.model.workflow.apply_workflow", doc=json.dumps(doc), action=CASES[doctype][2])


def propose(doctype, name) -> None:
	"""The step of a colleague between the writing and the approval, where there is one."""
	if doctype == "RTC Ranking":
		frappe.db.set_value(doctype, name, "workflow_state", "Proposed")
		store()


def state(doctype, name):
	frappe.db.rollback()
	return frappe.db.get_value(doctype, name, "workflow_state")


@pytest.mark.parametrize("doctype", CASES)
def test_who_writes_it_by_any_way_cannot_approve_it(doctype, clients, untouched):
	name, (_first, _values, _step, reached, user) = untouched[doctype], CASES[doctype]
	for way, write in WAYS.items():
		frappe.db.delete(preparers.DOCTYPE, {"record": name})
		store()
		answer = write(clients[user], doctype, name, written(doctype, clients[user], name))
		assert answer.status_code == 200, answer.text
		frappe.db.rollback()
		assert preparers.has_written(doctype, name, user), way
		# the trick: what was written is said to be a colleague's
		write(clients[user], doctype, name, {"prepared_by": SECOND_OFFICER, "owner": SECOND_OFFICER})
	propose(doctype, name)
	answer = approve(clients[user], doctype, name)
	assert answer.status_code == 403 and "SelfApprovalError" in answer.text, answer.text
	assert state(doctype, name) != reached


@pytest.mark.parametrize("doctype", CASES)
def test_writing_and_approving_in_one_request_is_refused(doctype, clients, untouched):
	name, (_first, _values, _step, reached, user) = untouched[doctype], CASES[doctype]
	propose(doctype, name)
	before = stored(clients[user], doctype, name)
	values = {**written(doctype, clients[user], name), "workflow_state": reached}
	for docstatus in ({}, {"docstatus": 1}):
		answer = clients[user].put(f"/api/resource/{doctype}/{name}", **values, **docstatus)
		assert answer.status_code == 403, answer.text
	assert stored(clients[user], doctype, name) == before


@pytest.mark.parametrize(
	"doctype", [doctype for doctype in CASES if doctype not in ("RTC Ranking", "RTC Plan")]
)
def test_who_wrote_nothing_of_it_approves_it(doctype, clients, untouched):
	"""The refusals above come from the writing: the same user takes the step on what others wrote."""
	name, (_first, _values, _step, reached, user) = untouched[doctype], CASES[doctype]
	if act := {"act_number", "act_date"} & preparers.OF_THE_DECISION[doctype]:
		values = {"act_number": "8/2026", "act_date": "2026-09-01"}
		answer = clients[user].put(
			f"/api/resource/{doctype}/{name}", **{field: values[field] for field in act}
		)
		assert answer.status_code == 200, answer.text
	answer = approve(clients[user], doctype, name)
	assert answer.status_code == 200, answer.text
	assert state(doctype, name) == reached


@pytest.mark.parametrize("user, approver", [(OFFICER, MANAGER), (MANAGER, TWO)])
@pytest.mark.parametrize("doctype", ["RTC Member", "RTC Meeting", "RTC Call Question", "RTC Plan"])
def test_nobody_is_named_as_preparer_by_another(doctype, user, approver, clients, untouched):
	"""Neither shut out of an approval nor blamed: the field is the server's, at each save and at the first one."""
	name = untouched[doctype]
	for way in WAYS.values():
		way(clients[user], doctype, name, {"prepared_by": approver, "owner": approver})
	frappe.db.rollback()
	assert frappe.db.get_value(doctype, name, ["prepared_by", "owner"]) == (OFFICER, OFFICER)
	assert not preparers.has_written(doctype, name, approver)


def test_a_new_record_does_not_say_who_prepared_it(clients, records):
	values = {
		key: frappe.db.get_value("RTC Member", records["RTC Member"], key) for key in ("programme", "pec")
	}
	answer = clients[MANAGER].post(
		"/api/resource/RTC Member",
		**values,
		organisation_name="Altra associazione",
		organisation_type="Associazione di promozione sociale",
		tax_code=factories.TAX_CODES[1],
		prepared_by=SECOND_OFFICER,
		owner=SECOND_OFFICER,
		email="a@example.org",
		municipality="Bergamo",
		territory="Bergamo",
		legal_representative="Bruna Prova",
	)
	made = answer.json()["data"]
	assert (made.get("prepared_by"), made["owner"]) == (None, MANAGER)
	clients[MANAGER].post(f"/api/resource/RTC Member/{made['name']}")
	for action, taken in (("Start Review", True), ("Admit", False)):
		doc = json.dumps(stored(clients[MANAGER], "RTC Member", made["name"]))
		answer = clients[MANAGER].call("frappe.model.workflow.apply_workflow", doc=doc, action=action)
		assert (answer.status_code == 200) == taken, answer.text


def test_minutes_that_a_colleague_only_filed_are_still_those_of_who_uploaded_them(clients, untouched):
	name, client = untouched["RTC Meeting"], clients[TWO]
	answer = client.session.post(
		f"{client.base_url}/api/method/upload_file",
		files={"file": ("verbale.pdf", factories.PDF)},
		data={"doctype": "RTC Meeting", "docname": name, "is_private": 1},
		headers=client.csrf(),
		timeout=60,
	)
	url = answer.json()["message"]["file_url"]
	answer = clients[OFFICER].put(f"/api/resource/RTC Meeting/{name}", minutes_file=url)
	assert answer.status_code == 200, answer.text
	answer = approve(client, "RTC Meeting", name)
	assert answer.status_code == 403 and "SelfApprovalError" in answer.text, answer.text


@pytest.mark.parametrize("user", [TWO, ALL, MANAGER, ADMIN])
def test_nobody_writes_or_deletes_who_wrote(user, clients, untouched):
	name, client = untouched["RTC Member"], clients[user]
	preparers.record_preparer("RTC Member", name, TWO)
	store()
	key = preparers.make_key("RTC Member", name, TWO)
	path = f"/api/resource/{preparers.DOCTYPE}"
	refused = [
		client.delete(f"{path}/{key}"),
		client.put(f"{path}/{key}", user=OFFICER, record="altro"),
		client.post(path, __newname="x", record_type="RTC Member", record=name, user=MANAGER),
		client.call("frappe.client.delete", doctype=preparers.DOCTYPE, name=key),
		client.call("frappe.client.rename_doc", doctype=preparers.DOCTYPE, old_name=key, new_name="y"),
		client.call(
			"frappe.desk.reportview.delete_items", doctype=preparers.DOCTYPE, items=json.dumps([key])
		),
	]
	assert not [answer.text for answer in refused[:-1] if answer.status_code == 200]
	frappe.db.rollback()
	assert frappe.get_all(preparers.DOCTYPE, {"record": name}, ["name", "user"]) == [
		{"name": key, "user": TWO}
	]


def test_an_approved_call_is_published_as_it_was_approved(clients, untouched):
	name = untouched["RTC Call"]
	frappe.db.set_value("RTC Call", name, "workflow_state", "Approved")
	store()
	for more in ({}, {"workflow_state": "Published"}):
		answer = clients[MANAGER].put(f"/api/resource/RTC Call/{name}", endowment=999999, **more)
		assert answer.status_code == 403, answer.text
	act = {"act_number": "5/2026", "act_date": "2026-05-02", "contact_email": "c@ats.example.org"}
	assert clients[MANAGER].put(f"/api/resource/RTC Call/{name}", **act).status_code == 200


def test_every_step_that_another_takes_is_of_a_record_whose_writers_are_kept():
	for doctype in frappe.get_all("Workflow", {"document_type": ("like", "RTC %")}, pluck="document_type"):
		steps = shipped(doctype)["transitions"]
		if not all(row.get("allow_self_approval") for row in steps) and doctype != "RTC Application":
			assert doctype in preparers.OF_THE_DECISION


@pytest.fixture
def two():
	"""The user with two roles, for tests that act as them without the server."""
	for email in ROLES:
		if not frappe.db.exists("User", email):
			make_user(email, "System User", ROLES[email])


def test_who_answered_a_check_does_not_decide_though_another_answered_after_him(two, as_user):
	name = factories.application("Under Formal Check").name
	for user in (TWO, OFFICER):
		with as_user(user):
			check = frappe.get_doc("RTC Formal Check", name)
			for row in check.items:
				row.update({"answer": "Passed", "note": f"Visto da {user}"})
			check.save()
	with as_user(TWO), pytest.raises(SelfApprovalError):
		apply_workflow(frappe.get_doc("RTC Application", name), "Declare Admissible")
	with as_user(MANAGER):
		apply_workflow(frappe.get_doc("RTC Application", name), "Declare Admissible")


def test_only_an_officer_takes_a_check_away(two, as_user):
	name = factories.application("Under Formal Check").name
	with as_user(OFFICER):
		check = frappe.get_doc("RTC Formal Check", name)
		check.append("items", {"item": "Visura", "answer": "Failed", "note": "Manca"})
		check.save()
	for change in (lambda rows: rows.pop(), lambda rows: rows[-1].update({"item": "Altro"})):
		with as_user(MANAGER), pytest.raises(NotTheOfficerError):
			check = frappe.get_doc("RTC Formal Check", name)
			change(check.items)
			check.save()
	with as_user(TWO):
		check = frappe.get_doc("RTC Formal Check", name)
		check.items.pop()
		check.save()
	factories.pass_checks(name)
	with as_user(TWO), pytest.raises(SelfApprovalError):
		apply_workflow(frappe.get_doc("RTC Application", name), "Declare Admissible")


def test_who_reviewed_does_not_approve_the_ranking(two, as_user):
	call = closed_call()
	names = evaluate(call, [{"marks": [(60, 30)] * 3}], users=(ALL, *THREE[1:]))
	free = {"application": names[0], "call": call, "evaluator": ALL, "declaration": "No Conflict"}
	fill("RTC Conflict Declaration", [{**free, "declaration_key": f"{names[0]}|{ALL}"}])
	doc = proposed(call)
	with as_user(ALL), pytest.raises(SelfApprovalError):
		approve_ranking(doc)
	with as_user(DIRECTOR):
		approve_ranking(doc)


def test_nobody_takes_a_seat_by_himself_in_an_appointed_panel(two, as_user):
	panel = evaluating.panel(call=factories.call().name)
	frappe.get_doc("User", TWO).add_roles("RTC Evaluator")
	for user in (TWO, MANAGER):
		with as_user(user):
			doc = frappe.get_doc("RTC Panel", panel.name)
			doc.append("members", evaluating.seat(TWO, office="Substitute", act="3/2026"))
			if user == TWO:
				with pytest.raises(OwnAppointmentError):
					doc.save()
			else:
				doc.save()


@pytest.mark.parametrize("way", ["table of the codes", "form of the application"])
def test_who_wrote_the_codes_does_not_approve_their_act(way, two, as_user):
	call = closed_call()
	names = evaluate(call, [{"marks": [(60, 30)] * 3}])
	doc = proposed(call)
	with as_user(ALL):
		if way == "table of the codes":
			codes.save_codes(doc.name, {names[0]: {"cup": "C11G06000000077"}})
		else:
			application = frappe.get_doc("RTC Application", names[0])
			application.cup = "C11G06000000077"
			application.save()
		with pytest.raises(SelfApprovalError):
			approve_ranking(doc)
	with as_user(DIRECTOR):
		approve_ranking(doc)


def test_the_history_that_core_kept_is_taken_over():
	"""The patch: content counts, the approver's own step does not."""
	name = factories.member("Under Review", index=2).name
	for user, changed in (
		(OFFICER, [["phone", "1", "2"]]),
		(MANAGER, [["act_number", "", "1"]]),
		(DIRECTOR, [["workflow_state", "Under Review", "Admitted"], ["organisation", "", "x"]]),
	):
		data = {"changed": changed, "added": [], "removed": [], "row_changed": []}
		values = {"ref_doctype": "RTC Member", "docname": name, "data": json.dumps(data), "owner": user}
		version = frappe.get_doc({"doctype": "Version", **values})
		version.set_new_name()
		version.creation = version.modified = frappe.utils.now()
		version.owner = version.modified_by = user
		version.db_insert()
	frappe.db.delete(preparers.DOCTYPE, {"record": name})
	who_prepared.execute()
	who_prepared.execute()
	assert frappe.get_all(preparers.DOCTYPE, {"record": name}, pluck="user") == [OFFICER]
