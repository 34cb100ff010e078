app_name = "rtc_conciliation"
app_title = "RTC Conciliation"
app_publisher = "rtc_conciliation maintainers"
app_description = "Network, calls, applications and the Plan of a Rete Territoriale di Conciliazione"
app_email = "maintainers@example.org"
app_license = "EUPL-1.2"
app_logo_url = "/assets/rtc_conciliation/images/logo.svg"

add_to_apps_screen = [
	{
		"name": "rtc_conciliation",
		"logo": "/assets/rtc_conciliation/images/logo.svg",
		"title": "RTC Conciliation",
		"route": "/app/rtc-today",
		"has_permission": "rtc_conciliation.access.roles.is_of_office",
	},
	{
		"name": "rtc_conciliation",
		"logo": "/assets/rtc_conciliation/images/logo.svg",
		"title": "RTC Conciliation",
		"route": "/app/rtc-today",
		"has_permission": "rtc_conciliation.access.roles.is_evaluator_only",
	},
]

app_include_js = "rtc_desk.bundle.js"

before_install = "rtc_conciliation.install.before_install"
after_install = "rtc_conciliation.install.after_install"
after_migrate = "rtc_conciliation.install.after_migrate"
before_uninstall = "rtc_conciliation.uninstall.before_uninstall"

# Reference rows that belong to the law, in the order in which they are read.
fixtures = ["RTC Area", "RTC Recipient Category", "RTC Organisation Type"]

override_doctype_class = {
	"Data Import": "rtc_conciliation.common.data_import.ImportOfTables",
	"File": "rtc_conciliation.common.files.site_file.SiteFile",
}

doc_events = {
	"*": {
		"before_validate": "rtc_conciliation.common.plain_texts.keep_plain",
		"before_cancel": "rtc_conciliation.common.plain_texts.keep_plain",
		"before_update_after_submit": "rtc_conciliation.common.plain_texts.keep_plain",
		"after_rename": "rtc_conciliation.common.kept_names.on_rename",
		"validate": [
			"rtc_conciliation.common.data_fields.validate",
			"rtc_conciliation.common.files.fields.guard",
		],
	},
	"Data Import": {"before_validate": "rtc_conciliation.common.data_import.guard_file"},
	("Comment", "Communication", "Notification Log"): {
		"validate": "rtc_conciliation.common.files.mails.guard"
	},
	"File": {
		"before_insert": "rtc_conciliation.common.files.site_file.require",
		"validate": "rtc_conciliation.common.files.site_file.require",
		"after_insert": "rtc_conciliation.common.files.scans.on_insert",
		"on_trash": "rtc_conciliation.common.files.scans.on_trash",
	},
	("Comment", "Communication", "DocShare", "Document Follow", "Document Share Key", "Tag Link", "ToDo"): {
		"validate": "rtc_conciliation.access.history.guard_reference"
	},
	"Email Queue": {
		"before_insert": [
			"rtc_conciliation.common.papers.issued.guard_mail",
			"rtc_conciliation.common.files.scans.guard_mail",
		]
	},
	(
		"RTC Application",
		"RTC Formal Check",
		"RTC Integration Request",
		"RTC Member",
		"RTC Plan",
		"RTC Ranking",
		"RTC Review",
	): {"before_print": "rtc_conciliation.common.papers.print_data.print_in_italian"},
	(
		"RTC Application",
		"RTC Call",
		"RTC Formal Check",
		"RTC Integration Request",
		"RTC Member",
		"RTC Ranking",
		"RTC Review",
	): {
		"on_update": [
			"rtc_conciliation.common.kept_names.on_update",
			"rtc_conciliation.common.papers.issued.on_update",
		],
		"on_update_after_submit": [
			"rtc_conciliation.common.kept_names.on_update",
			"rtc_conciliation.common.papers.issued.on_update",
		],
	},
	"User": {"before_insert": "rtc_conciliation.access.roles.make_applicant"},
	(
		"RTC Area",
		"RTC Call",
		"RTC Call Question",
		"RTC Cost Category",
		"RTC Member",
		"RTC Organisation Type",
		"RTC Programme",
		"RTC Ranking",
		"RTC Recipient Category",
		"RTC Settings",
		"RTC Territory",
		"RTC Transparency Entry",
		"Web Form",
	): {
		"on_update": "rtc_conciliation.common.web.page_cache.invalidate",
		"after_rename": "rtc_conciliation.common.web.page_cache.invalidate",
		"on_trash": "rtc_conciliation.common.web.page_cache.invalidate",
	},
}

doctype_js = {
	"RTC Application": ["public/js/common/papers.js", "public/js/common/workflow.js"],
	"RTC Call": ["public/js/calls/precedence.js", "public/js/common/workflow.js"],
	"RTC Call Question": "public/js/common/workflow.js",
	"RTC Formal Check": [
		"public/js/common/papers.js",
		"public/js/common/documents.js",
		"public/js/formal_check/check_cards.js",
		"public/js/formal_check/check_screen.js",
	],
	"RTC Integration Request": ["public/js/common/papers.js", "public/js/common/workflow.js"],
	"RTC Meeting": "public/js/common/workflow.js",
	"RTC Member": [
		"public/js/common/documents.js",
		"public/js/common/papers.js",
		"public/js/common/workflow.js",
		"public/js/network/adhesion_screen.js",
	],
	"RTC Panel": "public/js/common/workflow.js",
	"RTC Plan": "public/js/common/workflow.js",
	"RTC Programme": "public/js/calls/precedence.js",
	"RTC Ranking": [
		"public/js/awards/ranking_codes.js",
		"public/js/common/papers.js",
		"public/js/common/workflow.js",
	],
	"RTC Review": "public/js/common/workflow.js",
	"RTC Transparency Entry": "public/js/common/workflow.js",
}

scheduler_events = {
	"daily": [
		"rtc_conciliation.awards.acceptance.remind",
		"rtc_conciliation.calls.exports.clear_old",
		"rtc_conciliation.applications.idle_drafts.treat_idle_drafts",
		"rtc_conciliation.formal_check.reminders.remind",
		"rtc_conciliation.plan.reminders.remind",
	],
	"cron": {
		"30 6 * * 1-5": ["rtc_conciliation.common.daily_mail.send_all"],
		"*/5 * * * *": [
			"rtc_conciliation.access.history.drop_blind_followers",
			"rtc_conciliation.rtc_conciliation.doctype.rtc_call.closing.close_calls",
			"rtc_conciliation.common.files.scans.scan_waiting",
			"rtc_conciliation.common.papers.issued.make_waiting",
			"rtc_conciliation.applications.sending.send_pending_receipts",
		],
	},
}

before_job = [
	"rtc_conciliation.common.jobs.set_job_language",
	"rtc_conciliation.access.joins.close",
	"rtc_conciliation.common.locks.let_wait",
]

before_request = [
	"rtc_conciliation.access.joins.close",
	"rtc_conciliation.common.clock.set_request_time",
	"rtc_conciliation.common.web.requests.guard",
	"rtc_conciliation.common.locks.let_wait",
	"rtc_conciliation.common.web.calls.guard",
	"rtc_conciliation.common.web.arguments.guard_request",
	"rtc_conciliation.common.files.private_files.guard_request",
	"rtc_conciliation.common.files.guard.guard_request",
]
after_request = [
	"rtc_conciliation.common.files.private_files.serve_as_attachment",
	"rtc_conciliation.common.web.headers.add_headers",
	"rtc_conciliation.common.web.requests.hide_traceback",
]

override_whitelisted_methods = {
	"frappe.client.is_document_amended": "rtc_conciliation.common.web.core_methods.is_document_amended",
	"frappe.core.doctype.data_import.data_import.form_start_import": "rtc_conciliation.common.data_import.start_import",
	"frappe.core.doctype.data_import.data_import.get_preview_from_template": "rtc_conciliation.common.data_import.get_preview",
	"frappe.core.doctype.user.user.reset_password": "rtc_conciliation.common.web.accounts.reset_password",
	"frappe.core.doctype.user.user.sign_up": "rtc_conciliation.common.web.accounts.sign_up",
	"frappe.core.doctype.user.user.user_query": "rtc_conciliation.common.web.accounts.user_query",
	"frappe.desk.desktop.update_onboarding_step": "rtc_conciliation.common.web.core_methods.update_onboarding_step",
	"frappe.desk.doctype.tag.tag.add_tag": "rtc_conciliation.common.web.accounts.add_tag",
	"frappe.desk.doctype.tag.tag.add_tags": "rtc_conciliation.common.web.accounts.add_tags",
	"frappe.desk.doctype.tag.tag.get_tagged_docs": "rtc_conciliation.common.web.core_methods.get_tagged_docs",
	"frappe.desk.doctype.workspace.workspace.save_page": "rtc_conciliation.common.web.core_methods.save_page",
	"frappe.desk.doctype.workspace.workspace.update_page": "rtc_conciliation.common.web.core_methods.update_page",
	"frappe.desk.form.document_follow.get_follow_users": "rtc_conciliation.common.web.core_methods.get_follow_users",
	"frappe.desk.form.linked_with.get_submitted_linked_docs": "rtc_conciliation.common.web.core_methods.get_submitted_linked_docs",
	"frappe.desk.form.load.get_communications": "rtc_conciliation.common.web.core_methods.get_communications",
	"frappe.desk.form.load.get_docinfo": "rtc_conciliation.common.web.core_methods.get_docinfo",
	"frappe.desk.form.load.getdoc": "rtc_conciliation.common.web.core_methods.getdoc",
	"frappe.desk.form.save.cancel": "rtc_conciliation.common.web.core_methods.cancel",
	"frappe.desk.form.save.discard": "rtc_conciliation.common.web.core_methods.discard",
	"frappe.desk.form.save.savedocs": "rtc_conciliation.common.web.core_methods.savedocs",
	"frappe.desk.listview.get_group_by_count": "rtc_conciliation.common.web.core_methods.get_group_by_count",
	"frappe.desk.notifications.get_open_count": "rtc_conciliation.common.web.core_methods.get_open_count",
	"frappe.desk.search.get_link_title": "rtc_conciliation.common.web.core_methods.get_link_title",
	"frappe.desk.search.get_names_for_mentions": "rtc_conciliation.common.web.accounts.get_names_for_mentions",
	"frappe.desk.search.search_link": "rtc_conciliation.common.web.accounts.search_link",
	"frappe.desk.search.search_widget": "rtc_conciliation.common.web.accounts.search_widget",
	"frappe.email.inbox.mark_as_closed_open": "rtc_conciliation.common.web.core_methods.mark_as_closed_open",
	"frappe.email.inbox.mark_as_spam": "rtc_conciliation.common.web.core_methods.mark_as_spam",
	"frappe.email.inbox.mark_as_trash": "rtc_conciliation.common.web.core_methods.mark_as_trash",
	"frappe.email.inbox.move_email": "rtc_conciliation.common.web.core_methods.move_email",
	"frappe.email.relink": "rtc_conciliation.common.web.core_methods.relink",
	"frappe.share.get_users": "rtc_conciliation.common.web.core_methods.get_users",
	"frappe.utils.goal.get_monthly_goal_graph_data": "rtc_conciliation.common.web.core_methods.get_monthly_goal_graph_data",
	"frappe.utils.print_format.download_pdf": "rtc_conciliation.common.papers.print_pdf.download_pdf",
	"frappe.website.doctype.web_form.web_form.accept": "rtc_conciliation.common.web.accounts.accept",
	"frappe.website.doctype.web_form.web_form.get_link_options": "rtc_conciliation.common.web.core_methods.get_link_options",
	"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count": "rtc_conciliation.common.web.core_methods.get_workflow_state_count",
}

update_website_context = ["rtc_conciliation.common.web.login.adjust_context"]
page_renderer = [
	"rtc_conciliation.common.web.router.PublicPage",
	"rtc_conciliation.common.web.form_page.FormPage",
]
# What the common rooms know of the subjects: tables and functions beside what they name (`common/tables.py`).
rtc_pages = [
	"rtc_conciliation.common.web.front_page.PAGES",
	"rtc_conciliation.common.web.ats_head.PAGES",
	"rtc_conciliation.common.web.sitemap.PAGES",
	"rtc_conciliation.common.web.statements.PAGES",
	"rtc_conciliation.network.pages.PAGES",
	"rtc_conciliation.network.adhesion_confirmation.PAGES",
	"rtc_conciliation.network.deliberation.PAGES",
	"rtc_conciliation.network.paper_form.PAGES",
	"rtc_conciliation.calls.pages.PAGES",
	"rtc_conciliation.applications.colleague_pages.PAGES",
	"rtc_conciliation.applications.partner_pages.PAGES",
	"rtc_conciliation.applications.verification_page.PAGES",
	"rtc_conciliation.awards.pages.PAGES",
	"rtc_conciliation.awards.acceptance_page.PAGES",
]
rtc_call_pages = ["rtc_conciliation.applications.form_questions.CALL_PAGES"]
rtc_sitemap = [
	"rtc_conciliation.common.web.front_page.list_addresses",
	"rtc_conciliation.network.pages.list_addresses",
	"rtc_conciliation.calls.pages.list_addresses",
	"rtc_conciliation.awards.pages.list_addresses",
	"rtc_conciliation.applications.verification_page.list_addresses",
	"rtc_conciliation.common.web.statements.list_addresses",
]
rtc_front_page = [
	"rtc_conciliation.calls.pages.get_front_part",
	"rtc_conciliation.network.pages.get_front_part",
	"rtc_conciliation.awards.pages.get_front_part",
]
rtc_forms = [
	"rtc_conciliation.network.adhesion_form.FORMS",
	"rtc_conciliation.applications.form.FORMS",
	"rtc_conciliation.applications.profile.FORMS",
]
rtc_form_pages = [
	"rtc_conciliation.calls.question_form.FORM_PAGES",
	"rtc_conciliation.formal_check.answer_form.FORM_PAGES",
]
rtc_applicant_news = [
	"rtc_conciliation.formal_check.answer_form.APPLICANT_NEWS",
	"rtc_conciliation.awards.acceptance_page.APPLICANT_NEWS",
]
rtc_applicant_steps = [
	"rtc_conciliation.applications.progress.APPLICANT_STEPS",
	"rtc_conciliation.formal_check.progress.APPLICANT_STEPS",
	"rtc_conciliation.evaluation.progress.APPLICANT_STEPS",
	"rtc_conciliation.awards.progress.APPLICANT_STEPS",
]
rtc_tasks = [
	"rtc_conciliation.network.tasks.TASKS",
	"rtc_conciliation.calls.tasks.TASKS",
	"rtc_conciliation.formal_check.tasks.TASKS",
	"rtc_conciliation.evaluation.tasks.TASKS",
	"rtc_conciliation.awards.tasks.TASKS",
	"rtc_conciliation.plan.tasks.TASKS",
]
rtc_figures = [
	"rtc_conciliation.network.tasks.list_figures",
	"rtc_conciliation.calls.tasks.list_figures",
	"rtc_conciliation.awards.tasks.list_figures",
]
rtc_needed_columns = ["rtc_conciliation.network.adhesions.NEEDED_COLUMNS"]
rtc_filled_columns = ["rtc_conciliation.calls.defaults.FILLED_COLUMNS"]

rtc_papers = [
	"rtc_conciliation.network.papers.PAPERS",
	"rtc_conciliation.applications.papers.PAPERS",
	"rtc_conciliation.formal_check.letters.PAPERS",
	"rtc_conciliation.awards.letters.PAPERS",
	"rtc_conciliation.plan.papers.PAPERS",
]
pdf_body_html = "rtc_conciliation.common.papers.issued.render_body"

# What the print formats and the Plan's templates call.
jinja = {
	"methods": [
		"rtc_conciliation.common.web.ats_head.rtc_ats",
		"rtc_conciliation.applications.papers.rtc_application_paper",
		"rtc_conciliation.applications.papers.rtc_receipt_paper",
		"rtc_conciliation.network.papers.rtc_adhesion_refusal",
		"rtc_conciliation.network.papers.rtc_certificate_paper",
		"rtc_conciliation.plan.papers.rtc_plan_paper",
		"rtc_conciliation.evaluation.papers.rtc_review_paper",
		"rtc_conciliation.awards.letters.rtc_award_act",
		"rtc_conciliation.awards.letters.rtc_award_letter",
		"rtc_conciliation.formal_check.letters.rtc_integration_answer",
		"rtc_conciliation.formal_check.letters.rtc_integration_letter",
		"rtc_conciliation.formal_check.letters.rtc_outcome_letter",
		"rtc_conciliation.formal_check.letters.rtc_refusal_notice",
		"rtc_conciliation.common.papers.charts.rtc_bar_chart",
		"rtc_conciliation.common.papers.charts.rtc_strip_plot",
	],
	"filters": [
		"rtc_conciliation.common.italian.rtc_euro",
		"rtc_conciliation.common.italian.rtc_percent",
		"rtc_conciliation.common.italian.rtc_mark",
		"rtc_conciliation.common.italian.rtc_number",
		"rtc_conciliation.common.italian.rtc_day",
		"rtc_conciliation.common.italian.rtc_minute",
	],
}

permission_query_conditions = {
	"Comment": "rtc_conciliation.access.history.comment_query",
	"Communication": "rtc_conciliation.access.history.communication_query",
	"File": "rtc_conciliation.access.files.file_query",
	"Tag Link": "rtc_conciliation.access.history.tag_query",
	"RTC Applicant Profile": "rtc_conciliation.access.visibility.profile_query",
	"RTC Application": "rtc_conciliation.access.visibility.application_query",
	"RTC Application Action": "rtc_conciliation.access.rows.application_action",
	"RTC Application Attachment": "rtc_conciliation.access.rows.application_attachment",
	"RTC Application Colleague": "rtc_conciliation.access.visibility.colleague_query",
	"RTC Application Cost": "rtc_conciliation.access.rows.application_cost",
	"RTC Application Declaration": "rtc_conciliation.access.rows.application_declaration",
	"RTC Application Indicator": "rtc_conciliation.access.rows.application_indicator",
	"RTC Application Partner": "rtc_conciliation.access.rows.application_partner",
	"RTC Application Recipient": "rtc_conciliation.access.rows.application_recipient",
	"RTC Body Seat": "rtc_conciliation.access.rows.body_seat",
	"RTC Call": "rtc_conciliation.access.visibility.call_query",
	"RTC Call Amendment": "rtc_conciliation.access.rows.call_amendment",
	"RTC Call Area": "rtc_conciliation.access.rows.call_area",
	"RTC Call Cost Cap": "rtc_conciliation.access.rows.call_cost_cap",
	"RTC Call Criterion": "rtc_conciliation.access.rows.call_criterion",
	"RTC Call Declaration": "rtc_conciliation.access.rows.call_declaration",
	"RTC Call Export": "rtc_conciliation.access.awards.export_query",
	"RTC Call Formal Check": "rtc_conciliation.access.rows.call_formal_check",
	"RTC Call Recipient Category": "rtc_conciliation.access.rows.call_recipient_category",
	"RTC Call Required Document": "rtc_conciliation.access.rows.call_required_document",
	"RTC Call Reserve": "rtc_conciliation.access.rows.call_reserve",
	"RTC Call Text Limit": "rtc_conciliation.access.rows.call_text_limit",
	"RTC Call Tie Break": "rtc_conciliation.access.rows.call_tie_break",
	"RTC Conflict Declaration": "rtc_conciliation.access.reviews.declaration_query",
	"RTC Formal Check": "rtc_conciliation.access.formal_checks.check_query",
	"RTC Formal Check Item": "rtc_conciliation.access.rows.formal_check_item",
	"RTC Integration Item": "rtc_conciliation.access.rows.integration_item",
	"RTC Integration Request": "rtc_conciliation.access.integrations.request_query",
	"RTC Meeting Agenda Item": "rtc_conciliation.access.rows.meeting_agenda_item",
	"RTC Meeting Attendee": "rtc_conciliation.access.rows.meeting_attendee",
	"RTC Member Period": "rtc_conciliation.access.rows.member_period",
	"RTC Panel Member": "rtc_conciliation.access.rows.panel_member",
	"RTC Panel Sitting": "rtc_conciliation.access.rows.panel_sitting",
	"RTC Plan Community Member": "rtc_conciliation.access.rows.plan_community_member",
	"RTC Plan Section": "rtc_conciliation.access.rows.plan_section",
	"RTC Programme Budget Year": "rtc_conciliation.access.rows.programme_budget_year",
	"RTC Ranking": "rtc_conciliation.access.rankings.ranking_query",
	"RTC Ranking Entry": "rtc_conciliation.access.rows.ranking_entry",
	"RTC Review": "rtc_conciliation.access.reviews.review_query",
	"RTC Review Score": "rtc_conciliation.access.rows.review_score",
	"Version": "rtc_conciliation.access.history.version_query",
}
has_permission = {
	"Comment": "rtc_conciliation.access.history.comment_has_permission",
	"File": "rtc_conciliation.access.files.file_has_permission",
	"RTC Applicant Profile": "rtc_conciliation.access.visibility.profile_has_permission",
	"RTC Application": "rtc_conciliation.access.visibility.application_has_permission",
	"RTC Application Colleague": "rtc_conciliation.access.visibility.colleague_has_permission",
	"RTC Call": "rtc_conciliation.access.visibility.call_has_permission",
	"RTC Call Export": "rtc_conciliation.access.awards.export_has_permission",
	"RTC Conflict Declaration": "rtc_conciliation.access.reviews.declaration_has_permission",
	"RTC Formal Check": "rtc_conciliation.access.formal_checks.check_has_permission",
	"RTC Integration Request": "rtc_conciliation.access.integrations.request_has_permission",
	"RTC Ranking": "rtc_conciliation.access.rankings.ranking_has_permission",
	"RTC Review": "rtc_conciliation.access.reviews.review_has_permission",
	"Version": "rtc_conciliation.access.history.version_has_permission",
}

standard_portal_menu_items = [
	{
		"title": "My Applications",
		"route": "/domanda/list",
		"reference_doctype": "RTC Application",
		"role": "RTC Applicant",
	},
	{
		"title": "My Organisation",
		"route": "/organizzazione",
		"reference_doctype": "RTC Applicant Profile",
		"role": "RTC Applicant",
	},
	{"title": "Calls", "route": "/bandi", "reference_doctype": "RTC Call", "role": "RTC Applicant"},
]

get_website_user_home_page = "rtc_conciliation.common.web.front_page.get_home_page"
extend_bootinfo = [
	"rtc_conciliation.access.landing.keep_own_sidebars",
	"rtc_conciliation.access.landing.tell_first_page",
]

require_type_annotated_api_methods = True
export_python_type_annotations = True
