"""The users of the tests, acting as one of them, and the bare making of records."""

import base64

import frappe
from frappe.model.workflow import apply_workflow

USERS = {
	"officer@rtc.test": ["RTC Officer"],
	"second.officer@rtc.test": ["RTC Officer"],
	"manager@rtc.test": ["RTC Manager"],
	"director@rtc.test": ["RTC Director"],
	"evaluator@rtc.test": ["RTC Evaluator"],
	"auditor@rtc.test": ["RTC Auditor"],
	"applicant@rtc.test": ["RTC Applicant"],
	"other.applicant@rtc.test": ["RTC Applicant"],
	"second.evaluator@rtc.test": ["RTC Evaluator"],
	"third.evaluator@rtc.test": ["RTC Evaluator"],
	"substitute@rtc.test": ["RTC Evaluator"],
}
ADMIN = "admin@rtc.test"
OFFICER, SECOND_OFFICER, MANAGER, DIRECTOR, EVALUATOR, AUDITOR, APPLICANT, OTHER_APPLICANT, *MORE = USERS
SECOND_EVALUATOR, THIRD_EVALUATOR, SUBSTITUTE = MORE
PASSWORD = "una-prova-di-conciliazione-7"
PDF_OBJECTS = (
	b"<</Type/Catalog/Pages 2 0 R>>",
	b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
	b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>",
)


def make_pdf(mark: bytes = b"") -> bytes:
	"""A lawful PDF of one empty page; `mark` makes its bytes differ from another's."""
	content, places = b"%PDF-1.4\n%" + mark + b"\n", []
	for number, body in enumerate(PDF_OBJECTS, 1):
		places.append(len(content))
		content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
	rows = b"".join(b"%010d 00000 n \n" % place for place in places)
	size = len(places) + 1
	table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, rows)
	end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(content))
	return content + table + end


PDF = make_pdf()


def make_users(only=()):
	"""The users (or only these), each with its roles as far as the site has them."""
	wanted = {ADMIN: ["System Manager"], **USERS}
	for email, roles in wanted.items():
		if only and email not in only:
			continue
		if not frappe.db.exists("User", email):
			make_user(email, "Website User" if roles == ["RTC Applicant"] else "System User", roles)
		user = frappe.get_doc("User", email)
		held = {row.role for row in user.roles}
		if held - set(roles):
			user.remove_roles(*(held - set(roles)))
		missing = set(roles) - held
		if missing and all(frappe.db.exists("Role", role) for role in missing):
			user.add_roles(*missing)


def make_user(email: str, user_type: str, roles: list[str]):
	"""With its roles from the start: core makes a first user without any a System Manager."""
	values = {
		"email": email,
		"first_name": email.split("@")[0],
		"language": "it",
		"send_welcome_email": 0,
		"new_password": PASSWORD,
		"user_type": user_type,
		"roles": [{"role": role} for role in roles if frappe.db.exists("Role", role)],
	}
	return make("User", values)


def upload(filename: str, content: bytes | None = None) -> str:
	"""A file uploaded by the session's user, not attached yet; its address. No two of them have the same bytes."""
	mark = frappe.generate_hash(length=8).encode()
	content = make_pdf(mark) if content is None else content + mark
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": filename,
			"content": base64.b64encode(content),
			"decode": True,
			"is_private": 1,
		}
	)
	return file.insert().file_url


def upload_as_applicant(filename: str) -> str:
	"""A file of whoever makes the application: APPLICANT where the test itself has not become somebody."""
	user = frappe.session.user
	with acting(APPLICANT if user == "Administrator" else user):
		return upload(filename)


def make(doctype: str, values: dict):
	return frappe.get_doc({"doctype": doctype, **values}).insert()


def walk(doc, steps: list[tuple[str, str, str]], until: str) -> None:
	"""Apply (user, action, next state) until the document is in the state `until`."""
	while doc.workflow_state != until:
		user, action_name, _next = steps.pop(0)
		with acting(user):
			doc = apply_workflow(doc, action_name)


class acting:
	"""`with acting(email):` the session's user is `email`."""

	def __init__(self, user: str):
		self.user = user

	def __enter__(self):
		self.before = frappe.session.user
		frappe.set_user(self.user)

	def __exit__(self, *exc):
		frappe.set_user(self.before)


def as_administrator(function, *args, **kwargs):
	with acting("Administrator"):
		return function(*args, **kwargs)
