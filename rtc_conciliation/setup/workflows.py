"""Workflows come from `rtc_conciliation/workflow/<name>/<name>.json`: Frappe has no standard folder for them."""

import frappe
from frappe.utils import cstr

from rtc_conciliation.access.states import shipped

DOCTYPES = (
	"RTC Member",
	"RTC Call",
	"RTC Call Question",
	"RTC Application",
	"RTC Integration Request",
	"RTC Ranking",
	"RTC Plan",
	"RTC Meeting",
	"RTC Panel",
	"RTC Review",
	"RTC Transparency Entry",
)


#: a state is a record: core shows it in the reader's language only where this is set
TRANSLATED = {
	"doctype_or_field": "DocType",
	"doc_type": "Workflow State",
	"property": "translated_doctype",
}

#: what decides on a step, and is nothing where the shipped row does not say it
EMPTY_UNLESS_SAID = ("condition", "is_optional_state", "transition_tasks", "update_field", "update_value")


def ensure_workflows() -> None:
	for doctype in DOCTYPES:
		ensure_workflow(shipped(doctype))
	if not frappe.db.exists("Property Setter", TRANSLATED):
		setter = {
			"doctype": "Property Setter",
			**TRANSLATED,
			"property_type": "Check",
			"value": "1",
			"module": "RTC Conciliation",
		}
		frappe.get_doc(setter).insert()


def ensure_workflow(definition: dict) -> None:
	"""Create or update one workflow; one that an administrator switched off stays off."""
	for state in definition["states"]:
		ensure_master("Workflow State", "workflow_state_name", state["state"], style=state["style"])
	for transition in definition["transitions"]:
		ensure_master("Workflow Action Master", "workflow_action_name", transition["action"])
	name = definition["workflow_name"]
	if frappe.db.exists("Workflow", name):
		workflow = frappe.get_doc("Workflow", name)
		definition = {**definition, "is_active": workflow.is_active}
	else:
		workflow = frappe.new_doc("Workflow")
	states = [{k: v for k, v in state.items() if k != "style"} for state in definition["states"]]
	definition = {**definition, "states": states}
	if is_as_shipped(workflow, definition):
		return
	workflow.update(definition)
	workflow.save()


def is_as_shipped(stored, definition: dict) -> bool:
	"""Would saving `definition` change nothing? `stored` is the Workflow or one of its rows."""
	for field, value in {**dict.fromkeys(EMPTY_UNLESS_SAID), **definition}.items():
		if isinstance(value, list):
			rows = stored.get(field)
			if len(rows) != len(value) or not all(map(is_as_shipped, rows, value)):
				return False
		elif cstr(stored.get(field) or "") != cstr(value or ""):
			return False
	return True


def ensure_master(doctype: str, fieldname: str, name: str, **values) -> None:
	if not frappe.db.exists(doctype, name):
		frappe.get_doc({"doctype": doctype, fieldname: name, **values}).insert()


def remove_workflows() -> None:
	"""Take back the workflows, and the states and actions that no other workflow uses."""
	states, actions = set(), set()
	for doctype in DOCTYPES:
		definition = shipped(doctype)
		states |= {row["state"] for row in definition["states"]}
		actions |= {row["action"] for row in definition["transitions"]}
		frappe.delete_doc("Workflow", definition["workflow_name"], force=True, ignore_missing=True)
	for name in frappe.get_all("Property Setter", {**TRANSLATED, "module": "RTC Conciliation"}, pluck="name"):
		frappe.delete_doc("Property Setter", name, force=True)
	used_states = set(frappe.get_all("Workflow Document State", pluck="state"))
	used_actions = set(frappe.get_all("Workflow Transition", pluck="action"))
	for name in states - used_states - CORE_STATES:
		frappe.delete_doc("Workflow State", name, force=True, ignore_missing=True)
	for name in actions - used_actions - CORE_ACTIONS:
		frappe.delete_doc("Workflow Action Master", name, force=True, ignore_missing=True)


#: made by Frappe itself on every site
CORE_STATES = frozenset({"Pending", "Approved", "Rejected"})
CORE_ACTIONS = frozenset({"Approve", "Reject", "Review"})
