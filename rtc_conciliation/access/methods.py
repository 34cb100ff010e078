"""Who may call which method of the app, by its dotted path below `rtc_conciliation`; whoever else calls is refused.

A caller is let in here when one of the records of `matrix.MATRIX` lets him in: which one is that record's affair. Each
whitelisted method stands here (a test says so); it knows no Frappe.
"""

from rtc_conciliation.access.matrix import (
	ADMIN,
	APPLICANTS,
	CONFLICTED,
	DIRECTOR,
	EVALUATOR,
	GUEST,
	MANAGER,
	OFFICE,
	OFFICER,
	OFFICERS,
	PEOPLE,
	ROLES,
)

EVERYBODY = frozenset(PEOPLE)
PEOPLE_WITH_ACCOUNT = EVERYBODY - {GUEST}
#: whoever may begin an application
APPLYING = APPLICANTS | {OFFICER, CONFLICTED}

METHODS: dict[str, frozenset[str]] = {
	# core's own, which answer of other apps' records as core does
	"common.core_methods.cancel": PEOPLE_WITH_ACCOUNT,
	"common.core_methods.discard": PEOPLE_WITH_ACCOUNT,
	"common.core_methods.get_communications": PEOPLE_WITH_ACCOUNT,
	"common.core_methods.get_docinfo": PEOPLE_WITH_ACCOUNT,
	"common.core_methods.get_link_options": EVERYBODY,
	"common.core_methods.get_link_title": PEOPLE_WITH_ACCOUNT,
	"common.core_methods.get_submitted_linked_docs": PEOPLE_WITH_ACCOUNT,
	"common.core_methods.getdoc": PEOPLE_WITH_ACCOUNT,
	"common.core_methods.savedocs": PEOPLE_WITH_ACCOUNT,
	"documents.print_pdf.download_pdf": EVERYBODY,
	"records.data_import.start": frozenset({ADMIN}),
	# public forms
	"portal.adhesion.send": EVERYBODY,
	"portal.captcha.challenge": EVERYBODY,
	"portal.questions.send": EVERYBODY,
	# applicants
	"portal.colleagues.change": APPLICANTS,
	"portal.colleagues.invite": APPLICANTS | OFFICE,
	"portal.colleagues.listed": APPLICANTS | OFFICE,
	"portal.colleagues.revoke": APPLICANTS,
	"portal.drafts.check_draft": APPLYING,
	"portal.drafts.save_draft": APPLYING,
	"portal.integration.save": APPLICANTS,
	"portal.integration.send": APPLICANTS,
	"portal.news.since": APPLICANTS | OFFICE,
	"portal.partner_confirmation.ask": APPLICANTS | OFFICE,
	"portal.profile.save": APPLICANTS,
	"portal.sending.send": APPLYING | {MANAGER, DIRECTOR},
	"portal.sheets.download_budget": APPLICANTS | OFFICE,
	"portal.sheets.read_budget": APPLYING,
	"portal.sheets.read_pasted": APPLYING,
	"portal.uploads.upload": APPLYING,
	# evaluators
	"records.reading.application": frozenset({EVALUATOR}),
	"records.reading.document": frozenset({EVALUATOR}),
	"records.reading.page": frozenset({EVALUATOR}),
	"records.reviewing.begin": frozenset({EVALUATOR}),
	"records.reviewing.declare": frozenset({EVALUATOR}),
	"records.reviewing.declare_conflict": frozenset({EVALUATOR}),
	"records.reviewing.desk": OFFICE | {EVALUATOR},
	"records.reviewing.reopen": frozenset({EVALUATOR, MANAGER}),
	"records.reviewing.waiting": OFFICE | {EVALUATOR},
	# the office
	"documents.call_pdf.download": OFFICE | {EVALUATOR},
	"documents.composition.at": OFFICE,
	"documents.plan_deadline.days_left": OFFICE,
	"documents.plan_docx.download": OFFICE,
	"documents.plan_pdf.download": OFFICE,
	"documents.plan_versions.compare": OFFICE,
	"documents.plan_xlsx.download": OFFICE,
	"documents.ranking_pdf.download": OFFICE,
	"documents.ranking_trial.trial": OFFICE,
	"portal.confirmation.send_again": OFFICERS | {ADMIN},
	"records.acceptance.record": OFFICERS | {ADMIN},
	"records.award_codes.bring": OFFICERS | {ADMIN},
	"records.award_codes.download": OFFICERS | {ADMIN},
	"records.award_codes.listed": OFFICERS | {ADMIN},
	"records.award_codes.save": OFFICERS | {ADMIN},
	"records.call_defaults.proposed": OFFICERS | {ADMIN},
	"records.corrections.correct": frozenset({MANAGER, ADMIN}),
	"records.earlier_members.confirm": frozenset({MANAGER, ADMIN}),
	"records.exports.progress": OFFICE,
	"records.formal_checks.reasons_of": OFFICE,
	"records.formal_checks.start": OFFICERS,
	"records.ranking_job.approve": frozenset({DIRECTOR}),
	"records.ranking_job.progress": OFFICE,
	"records.signatures.check_signature": OFFICERS | {ADMIN},
	"rtc_conciliation.dashboard_chart_source.applications_by_state.applications_by_state.get": ROLES,
	"rtc_conciliation.dashboard_chart_source.members_by_stakeholder_group.members_by_stakeholder_group.get": OFFICE,
	"rtc_conciliation.dashboard_chart_source.resources_by_call.resources_by_call.get": ROLES,
	"rtc_conciliation.doctype.rtc_meeting.rtc_meeting.RTCMeeting.seat_holders": OFFICE,
	"rtc_conciliation.doctype.rtc_meeting.rtc_meeting.RTCMeeting.send_invitations": OFFICERS | {ADMIN},
	"rtc_conciliation.doctype.rtc_meeting.rtc_meeting.get_events": OFFICE,
	"rtc_conciliation.doctype.rtc_organisation.rtc_organisation.merge_into": frozenset({MANAGER, ADMIN}),
	"rtc_conciliation.doctype.rtc_organisation.rtc_organisation.merge_preview": frozenset({MANAGER, ADMIN}),
	"rtc_conciliation.doctype.rtc_plan.rtc_plan.RTCPlan.make_new_version": OFFICERS,
	"rtc_conciliation.doctype.rtc_ranking.rtc_ranking.RTCRanking.compute": OFFICERS,
	"rtc_conciliation.doctype.rtc_ranking.rtc_ranking.RTCRanking.make_scrolling": OFFICERS,
}
