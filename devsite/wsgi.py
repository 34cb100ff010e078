"""Frappe's application with its static files, for gunicorn on loopback.

`bench serve` listens on every address, so it is not used. SITES_PATH says where the sites are, RTC_SITE which one is
served when the host is not the name of one; RTC_ONLY_SITE serves that one whatever the host is. RTC_QUICK is for tests."""

import os
from pathlib import Path

if folder := os.environ.get("RTC_COVERAGE"):
	from devsite import coverage

	coverage.measure(folder)

import frappe.app
from werkzeug.middleware.shared_data import SharedDataMiddleware

from devsite import snapshot

SITES = Path(os.environ.get("SITES_PATH", ".")).resolve()
ALWAYS = os.environ.get("RTC_ONLY_SITE")
OTHERWISE = ALWAYS or os.environ.get("RTC_SITE")
SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf")
HEADER = "HTTP_X_FRAPPE_SITE_NAME"


class ChooseSite:
	"""Tells Frappe by its own header which site a request is for."""

	def __init__(self, inner):
		self.inner = inner

	def __call__(self, environ, start_response):
		host = environ.get("HTTP_HOST", "").split(":")[0]
		known = host.endswith(".localhost") and (SITES / host / "site_config.json").is_file()
		environ[HEADER] = host if known and not ALWAYS else OTHERWISE
		return self.inner(environ, start_response)


class PublicFiles:
	"""A site's own public files below /files, as a proxy should serve them: what is no picture and no PDF is a download."""

	def __init__(self, inner):
		self.inner = inner
		self.sites = {}

	def __call__(self, environ, start_response):
		if environ.get("PATH_INFO", "").startswith("/files/"):
			return self.served(environ, as_people_sent_it(start_response))
		return self.served(environ, start_response)

	def served(self, environ, start_response):
		site = environ[HEADER]
		if site not in self.sites:
			exports = {"/files": str(SITES / site / "public" / "files")}
			self.sites[site] = SharedDataMiddleware(self.inner, exports, cache=False)
		return self.sites[site](environ, start_response)


def as_people_sent_it(start_response):
	"""A browser takes it for nothing but what the header says, and opens no page of it."""

	def start(status, headers, *more):
		kind = {name.lower(): value for name, value in headers}.get("content-type", "").split(";")[0]
		extra = [("X-Content-Type-Options", "nosniff")]
		if status.startswith("2") and kind not in SHOWN:
			extra.append(("Content-Disposition", "attachment"))
		return start_response(status, headers + extra, *more)

	return start


if snapshot.is_served():
	snapshot.close_holes()
frappe.app._sites_path = str(SITES)
application = SharedDataMiddleware(
	frappe.app.application, {"/assets": str(SITES / "assets")}, cache_timeout=3600
)
application = ChooseSite(PublicFiles(application))
if os.environ.get("RTC_QUICK"):
	from devsite import quick

	quick.keep_what_is_worked_out()
	quick.read_settings_each_time()
