"""One paper, once: what goes out by a step is written down with it, made into one PDF, kept, and given out again as it is.

One row of RTC Paper for each paper, which nobody writes or deletes: its content with the step, in the same transaction;
the PDF by a job right after, or when somebody asks for it first.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import cint, get_url

from rtc_conciliation.common import clock, kept_names, locks
from rtc_conciliation.common.files.records import add_file
from rtc_conciliation.common.italian import use_italian
from rtc_conciliation.common.papers import kinds, pdf
from rtc_conciliation.common.papers.kinds import Step
from rtc_conciliation.common.papers.qr import draw_qr_picture
from rtc_conciliation.rules.plain_text import as_typed

DOCTYPE = "RTC Paper"
TEMPLATE = "rtc_conciliation/templates/common/paper_pdf.html"
STAMP = "rtc_conciliation/templates/common/paper_stamp.html"
FIELDS = "name record_type record kind paper_version issued_on step file file_digest body code content_digest".split()
#: letters and figures that nobody takes for one another
LETTERS, LENGTH = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 16
#: papers that one job makes, at about half a second each
AT_ONCE = 20


class NotYetError(frappe.ValidationError):
	"""A paper was asked for before its step."""


class ChangedPaperError(frappe.ValidationError):
	"""The file of a paper is not the one that was issued, or is gone."""


#: they say why, to whoever asked
REFUSALS = (NotYetError, ChangedPaperError)


# -- the step


def on_update(doc, method: str | None = None) -> None:
	"""`on_update` and `on_update_after_submit`: the content of what goes out by this step is written down."""
	for print_format, kind in kinds.list_kinds(doc.doctype).items():
		if kind.at_step and doc.has_value_changed(kind.changes) and (step := kind.get_step(doc)):
			latest = find_latest(doc, print_format)
			if not latest or latest.step != step.key:
				write_down(doc, print_format, step)
				make_later()


def make_later(job_id: str = "rtc_papers") -> None:
	if frappe.flags.mute_emails:  # demo data and tests: the scheduler finds what waits
		return
	frappe.enqueue(
		f"{__name__}.make_waiting",
		queue="short",
		enqueue_after_commit=True,
		job_id=job_id,
		deduplicate=True,
	)


def make_waiting() -> None:
	"""The PDFs that were not made yet: after a step, and by the scheduler. One that fails stops no other, the last ones first."""
	waiting = {"file": ("is", "not set"), "body": ("is", "set")}
	names = frappe.get_all(DOCTYPE, waiting, pluck="name", order_by="creation desc", limit=AT_ONCE)
	made = 0
	for name in names:
		frappe.db.savepoint("paper")
		try:
			ensure_file(name)
			made += 1
		except Exception:  # noqa: BLE001 (it is tried again, and made when somebody asks for it)
			frappe.db.rollback(save_point="paper")
			frappe.log_error(title=f"{DOCTYPE} {name} could not be made")
	if made == AT_ONCE:  # under a name of its own: until this job has ended it counts as waiting
		make_later(f"rtc_papers_{frappe.generate_hash(length=8)}")


# -- what is given out


def get_paper(doc, print_format: str):
	"""The row of the paper, written down now if it was not; raises NotYetError before its step."""
	kind = kinds.get_kind(print_format, doc.doctype)
	step, latest = kind.get_step(doc), find_latest(doc, print_format)
	if step is None:
		if latest and kind.lasting:
			return latest
		frappe.throw(
			f"{_(print_format)}: {kind.tell_before(doc)}", NotYetError, title=_("This Paper Is Not There Yet")
		)
	if latest and latest.step == step.key:
		return latest
	return write_down(doc, print_format, step)


def is_issued(doc, print_format: str) -> bool:
	"""Is it one of those that are made once, and not still a draft, where drafts are shown?"""
	kind = kinds.get_kind(print_format, doc.doctype)
	if not kind or kind.own_pages:
		return False
	return bool(not kind.drafts or kind.get_step(doc) or find_latest(doc, print_format))


def get_pdf(doc, print_format: str) -> bytes | None:
	"""The file that was issued, byte for byte, None of a draft; the caller has asked whether it may be printed."""
	kind = kinds.get_kind(print_format, doc.doctype)
	if kind and kind.own_pages:
		return pdf.get_kept_pdf(doc)
	if not is_issued(doc, print_format):
		return None
	return read(ensure_file(get_paper(doc, print_format).name))


def attach(doc, print_format: str) -> dict:
	"""The same for a mail, which names the file."""
	return {"fid": ensure_file(get_paper(doc, print_format).name).file}


def render_body(jenv, template, print_format, args: dict) -> str:
	"""Core's hook `pdf_body_html`: its print view, too, shows what was issued."""
	from frappe.utils.pdf import pdf_body_html

	doc = args["doc"]
	name = print_format.name if print_format else None
	if doc.flags.written_down or not is_issued(doc, name):
		return pdf_body_html(jenv=jenv, template=template, print_format=print_format, args=args)
	return get_paper(doc, name).body


def guard_mail(queue, method=None) -> None:
	"""`before_insert` of Email Queue: a paper that core would make when the mail leaves is the one that was issued."""
	attachments = frappe.parse_json(queue.attachments or "[]")
	found = [replace_attachment(one) for one in attachments]
	if found != attachments:
		queue.attachments = frappe.as_json(found)


def replace_attachment(attachment):
	if not (isinstance(attachment, dict) and cint(attachment.get("print_format_attachment"))):
		return attachment
	doctype, name = attachment.get("doctype"), attachment.get("name")
	print_format = attachment.get("print_format") or frappe.get_meta(doctype).default_print_format
	kind = kinds.get_kind(print_format, doctype)
	if not kind:
		return attachment
	doc = frappe.get_doc(doctype, name)
	if kind.own_pages and doc.docstatus and doc.pdf_file:
		return {"file_url": doc.pdf_file}
	return attach(doc, print_format) if is_issued(doc, print_format) else attachment


# -- versions


def reissue(doc, print_format: str, reason: str):
	"""A new version, of the record as it is now and of the day of its step; the earlier ones stay."""
	if not is_issued(doc, print_format):
		raise frappe.PermissionError(print_format)
	before = get_paper(doc, print_format)
	ensure_file(before.name)
	return write_down(doc, print_format, Step(before.step, before.issued_on), reason, before.paper_version)


def list_versions(doc) -> list[dict]:
	"""[{"kind", "paper_version", "issued_on", "made_on", "reason", "code", "file"}] of a record, the last first."""
	fields = ["kind", "paper_version", "issued_on", "made_on", "reason", "code", "file"]
	filters = {"record_type": doc.doctype, "record": doc.name}
	order = "kind asc, paper_version desc"
	return frappe.get_all(DOCTYPE, filters, fields, order_by=order, limit_page_length=0)


def find_for_everybody(code: str = "", digest: str = "", record: str = "") -> dict | None:
	"""What whoever holds a paper may know: {"kind", "record", "issuer", "issued_on", "version", "newest", "digest", "file_digest"}.

	By its code, or by the digest of its content or of its file; `record`: and only of that one.
	"""
	fields = ["record_type", "record", "kind", "paper_version", "issued_on", "issuer"]
	fields += ["content_digest", "file_digest"]
	either = {"content_digest": digest, "file_digest": digest}
	filters = {"code": code} if code else {"record": record} if record else {}
	rows = frappe.get_all(
		DOCTYPE, filters, fields, or_filters=None if code else either, order_by="creation desc", limit=1
	)
	if not rows:
		return None
	[row] = rows
	of_kind = {"record_type": row.record_type, "record": row.record, "kind": row.kind}
	later = frappe.db.exists(DOCTYPE, {**of_kind, "paper_version": (">", row.paper_version)})
	return {
		"kind": _(row.kind),
		"record": row.record,
		"issuer": row.issuer,
		"issued_on": row.issued_on,
		"version": row.paper_version,
		"newest": not later,
		"digest": row.content_digest,
		"file_digest": row.file_digest or "",
	}


def find_latest(doc, print_format: str):
	return find_version({"record_type": doc.doctype, "record": doc.name, "kind": print_format})


def find_version(filters: dict, now: bool = False):
	"""The last of those; `now`: also what another transaction has just written."""
	order = "paper_version desc"
	return frappe.db.get_value(DOCTYPE, filters, FIELDS, as_dict=True, order_by=order, for_update=now)


# -- how it is made


def write_down(doc, print_format: str, step: Step, reason: str = "", after: int | None = None):
	"""The row of the next version with its content; of two at once the second gets the first's."""
	locks.wait_for_others()
	locks.hold(doc.doctype, doc.name)  # before the row, or three who ask at once would wait for one another
	if after is None:
		latest = find_latest(doc, print_format)
		after = latest.paper_version if latest else 0
	stored = frappe.get_doc(doc.doctype, doc.name)
	stored.flags.written_down = True
	body = draw(stored, print_format)
	row = make_row(doc, print_format, step, after + 1, hashlib.sha256(body.encode()).hexdigest())
	row.update({"reason": reason, "body": f"{body}\n{make_stamp(row, reason)}"})
	frappe.db.savepoint("written_down")
	try:
		row.db_insert()
	except frappe.DuplicateEntryError:
		frappe.db.rollback(save_point="written_down")
		frappe.clear_last_message()
		return find_version({"name": row.name}, now=True)
	frappe.local.flags.commit = True  # core keeps nothing of a request that only reads
	return frappe._dict({field: row.get(field) for field in FIELDS})


def draw(doc, print_format: str) -> str:
	"""The record as its print format shows it."""
	from frappe.www.printview import get_rendered_template

	with use_italian(), asking_nobody():
		return get_rendered_template(
			doc, print_format=frappe.get_cached_doc("Print Format", print_format), no_letterhead=True
		)


@contextmanager
def asking_nobody() -> Iterator[None]:
	"""Whoever takes the step makes its paper; who may read it is asked where it is given out."""
	before = frappe.flags.ignore_print_permissions
	frappe.flags.ignore_print_permissions = True
	try:
		yield
	finally:
		frappe.flags.ignore_print_permissions = before


def make_row(doc, kind: str, step: Step, version: int, content_digest: str):
	occasions = kept_names.ISSUED.get(doc.doctype, (kept_names.NOTICE,))
	row = frappe.get_doc(
		{
			"doctype": DOCTYPE,
			"record_type": doc.doctype,
			"record": doc.name,
			"kind": kind,
			"paper_version": version,
			"issued_on": step.moment,
			"step": step.key,
			"issuer": kept_names.get_issuer(doc, *occasions)["ats"],
			"made_on": clock.now(),
			"made_by": frappe.session.user,
			"content_digest": content_digest,
			"code": "".join(secrets.choice(LETTERS) for _number in range(LENGTH)),
		}
	)
	# the key in the table: two can never be the same version of the same paper
	row.name = hashlib.sha256(f"{doc.doctype}|{doc.name}|{kind}|{version}".encode()).hexdigest()[:40]
	return row


def make_stamp(row, reason: str = "") -> str:
	"""What stands below each paper: number, digest, and where it is checked."""
	address = get_url(f"/verifica?codice={row.code}")
	with use_italian():
		data = {
			"code": show_code(row.code),
			"version": row.paper_version,
			"issued_on": row.issued_on,
			"made_on": row.made_on,
			"reason": as_typed(reason),
			"digest": row.content_digest,
			"address": get_url("/verifica"),
			"qr": draw_qr_picture(address, _("QR code of {0}").format(address)),
		}
		return frappe.render_template(STAMP, {"data": data})


def show_code(code: str) -> str:
	return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def ensure_file(name: str):
	"""The row with its file, made now if it was not; of two who ask at once the second waits for the first's."""
	row = find_version({"name": name})
	if row and row.file:
		return row
	locks.wait_for_others()
	row = find_version({"name": name}, now=True)
	if row.file:
		return row
	with use_italian():
		title = f"{_(row.kind)} {row.record}"
		kind = frappe.scrub(_(row.kind)).replace("_", "-")
	version = f"-v{row.paper_version}" if row.paper_version > 1 else ""
	file_name = f"{row.record}-{kind}{version}.pdf"
	content = pdf.make(TEMPLATE, {"title": title, "number": row.record, "body": row.body})
	keep(row, None, file_name, content)
	values = {"file": row.file, "file_digest": row.file_digest}
	frappe.db.set_value(DOCTYPE, name, values, update_modified=False)
	frappe.local.flags.commit = True
	return row


def keep(row, fieldname: str | None, file_name: str, content: bytes) -> str:
	"""The file with its record, and in the row whose it is; its address."""
	file = add_file(row.record_type, row.record, fieldname, file_name, content)
	row.update({"file": file.name, "file_digest": pdf.sha256(content)})
	return file.file_url


def keep_made(doc, kind: str, digest: str, file_name: str, make: Callable[[str], bytes]) -> dict:
	"""A paper with pages of its own, kept in the fields of its record: their values. `make` is given the stamp.

	`digest`: of the frozen data.
	"""
	latest = find_latest(doc, kind)
	row = make_row(doc, kind, Step("", clock.now()), (latest.paper_version if latest else 0) + 1, digest)
	address = keep(row, "pdf_file", file_name, make(make_stamp(row)))
	row.db_insert()
	return {"pdf_file": address, "pdf_digest": row.file_digest}


def read(row) -> bytes:
	"""The bytes of the file; raises ChangedPaperError where they are not those that were issued."""
	# by a locking read: of one that another request has just made an ordinary read in this transaction knows nothing
	known = locks.hold("File", row.file)
	file = frappe.get_doc("File", row.file, for_update=True) if known else None
	content = Path(file.get_full_path()).read_bytes() if file and file.exists_on_disk() else b""
	if pdf.sha256(content) != row.file_digest:
		frappe.throw(
			_(
				"The file of {0} of {1} is not the one that was issued. Restore it from the site's backup, or have the {2} issue a new version."
			).format(_(row.kind), row.record, _("RTC Manager")),
			ChangedPaperError,
			title=_("Paper Changed"),
		)
	return content
