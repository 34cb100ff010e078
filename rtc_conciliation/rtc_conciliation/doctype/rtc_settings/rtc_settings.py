import hashlib

import frappe
from frappe import _

from rtc_conciliation.common import privacy, site_gaps
from rtc_conciliation.common.ats import COLOUR, split_lines
from rtc_conciliation.common.files import child
from rtc_conciliation.common.files.records import claim_files, get_content
from rtc_conciliation.common.identity import validate_codes
from rtc_conciliation.common.papers.richtext import clean_html
from rtc_conciliation.common.record import Record
from rtc_conciliation.rules import colours

WHITE = "#ffffff"
#: lines of what stands on each paper and each page
MOST_LINES = {"heading": 4, "address": 4, "footer_text": 6}
#: bytes of the file, dots of what is shown
LARGEST_LOGO, LOGO_SIZE = 2 * 1024 * 1024, (480, 160)
KINDS = (".png", ".jpg", ".jpeg", ".webp")
READER = "rtc_conciliation.common.files.pictures:make_png"


class LogoError(frappe.ValidationError):
	pass


class ContrastError(frappe.ValidationError):
	pass


class TooManyLinesError(frappe.ValidationError):
	pass


class RTCSettings(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		accent_color: DF.Color | None
		accessibility_email: DF.Data | None
		address: DF.SmallText | None
		ats_name: DF.Data | None
		dpo_email: DF.Data | None
		dpo_name: DF.Data | None
		email: DF.Data | None
		footer_text: DF.SmallText | None
		front_page: DF.Check
		heading: DF.SmallText | None
		ipa_code: DF.Data | None
		logo: DF.AttachImage | None
		logo_png: DF.LongText | None
		pec: DF.Data | None
		phone: DF.Data | None
		privacy_notice: DF.TextEditor | None
		privacy_version: DF.Int
		reply_to: DF.Data | None
		sender_name: DF.Data | None
		vat_number: DF.Data | None
	# end: auto-generated types

	def onload(self):
		self.accent_color = self.accent_color or COLOUR
		self.set_onload("missing_html", site_gaps.render_gaps())
		self.set_onload("privacy_html", "" if self.privacy_notice else privacy.make_default())

	def validate(self):
		self.validate_colour()
		self.validate_lines()
		validate_codes(self, (), ("vat_number",))
		self.privacy_notice = clean_html(self.privacy_notice)
		self.count_privacy_version()
		self.read_logo()

	def on_update(self):
		claim_files(self)
		if self.flags.earlier_notice is not None:
			privacy.keep_version(self.privacy_version - 1, self.flags.earlier_notice)
			privacy.keep_version(self.privacy_version, self.privacy_notice)

	def validate_colour(self):
		self.accent_color = (self.accent_color or COLOUR).lower()
		if not colours.is_colour(self.accent_color):
			frappe.throw(
				_("{0} is no colour: choose one, or write it as #0b3d66.").format(
					frappe.bold(self.accent_color)
				),
				ContrastError,
				title=_("Check the Colour"),
			)
		contrast = colours.get_contrast(self.accent_color, WHITE)
		if contrast < colours.ENOUGH:
			frappe.throw(
				_(
					"White text cannot be read on this colour: the contrast is {0}, at least {1} is needed. Choose a darker one."
				).format(
					frappe.bold(f"{contrast}:1".replace(".", ",")), f"{colours.ENOUGH}:1".replace(".", ",")
				),
				ContrastError,
				title=_("Check the Colour"),
			)

	def validate_lines(self):
		for fieldname, most in MOST_LINES.items():
			lines = split_lines(self.get(fieldname))
			if len(lines) > most:
				frappe.throw(
					_("{0}: {1} lines are too many, the most is {2}. Join some of them.").format(
						frappe.bold(_(self.meta.get_label(fieldname))), len(lines), most
					),
					TooManyLinesError,
					title=_("Too Many Lines"),
				)

	def count_privacy_version(self):
		"""Who joins or applies accepts the version of that day: each change of the text makes a new one."""
		before = self.get_doc_before_save()
		text = (before.privacy_notice if before else "") or ""
		self.flags.earlier_notice = text if text != (self.privacy_notice or "") else None
		if self.flags.earlier_notice is not None:
			self.privacy_version = privacy.get_version() + 1

	def read_logo(self):
		if not self.logo:
			self.logo_png = None
		elif self.has_value_changed("logo") or not self.logo_png:
			self.logo_png = make_small_logo(self)

	def logo_version(self) -> str:
		"""A few letters that change with the logo, for the caches of browsers."""
		return hashlib.sha256((self.logo_png or "").encode()).hexdigest()[:8]


def make_small_logo(doc) -> str:
	"""The logo as PNG in base64."""
	if not doc.logo.lower().endswith(KINDS):
		refuse_logo(_("Only PNG, JPEG and WebP pictures can be shown everywhere. Save the logo as PNG."))
	content = get_logo_bytes(doc)
	if len(content) > LARGEST_LOGO:
		refuse_logo(_("The file is larger than 2 MB. Save the logo smaller: 480 dots wide are enough."))
	try:
		return child.read(READER, content, child.CONTENT, width=LOGO_SIZE[0], height=LOGO_SIZE[1])
	except child.TooHeavyError:
		refuse_logo(_("The picture cannot be read. Save the logo anew as PNG."))


def get_logo_bytes(doc) -> bytes:
	found = get_content(doc, doc.logo)
	if found is None:
		name = frappe.db.get_value("File", {"file_url": doc.logo, "owner": frappe.session.user})
		found = (name, frappe.get_doc("File", name).get_content()) if name else None
	if found is None:
		refuse_logo(_("The file is not there, or not yours. Upload the logo again."))
	return found[1] if isinstance(found[1], bytes) else found[1].encode()


def refuse_logo(reason: str) -> None:
	frappe.throw(reason, LogoError, title=_("Logo Refused"))
