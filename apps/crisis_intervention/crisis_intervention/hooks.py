"""What the app asks of its host, on Frappe 15 and 16 alike."""

app_name = "crisis_intervention"
app_title = "Crisis Intervention"
app_publisher = "Crisis Intervention contributors"
app_description = "Campus psychological crisis intervention for schools"
app_email = "maintainers@example.com"
app_license = "MIT"
app_home = "/app/crisis-intervention"

add_to_apps_screen = [
	{
		"name": "crisis_intervention",
		"logo": "/assets/crisis_intervention/images/logo.svg",
		"title": "Crisis Intervention",
		"route": "/app/crisis-intervention",
		"has_permission": "crisis_intervention.access.app.has_app_permission",
	}
]

before_install = "crisis_intervention.install.before_install"
after_install = "crisis_intervention.install.after_install"
after_migrate = "crisis_intervention.install.after_migrate"

fixtures = [
	{
		"dt": "Role",
		"filters": [
			[
				"name",
				"in",
				[
					"Crisis Team Leader",
					"Crisis Team Member",
					"Psychology Teacher",
					"Class Teacher",
					"Subject Teacher",
					"Class Monitor",
					"Moral Education Officer",
					"School Leader",
					"School Doctor",
					"Security Officer",
					"Academic Affairs",
					"Crisis Administrator",
					"Crisis Auditor",
				],
			]
		],
	}
]

_ENGINE = "crisis_intervention.crisis_plan.rules.hook.on_document_event"

# Customisations that open content of cases wait for the team leader.
_HOLD = "crisis_intervention.access.holding.hold_record"
_HELD = {"validate": _HOLD}
# The host's own messages about records of cases and students are refused, emptied or made neutral.
_CLOSED = "crisis_intervention.access.closures."

doc_events = {
	"*": {
		"after_insert": _ENGINE,
		"on_update": _ENGINE,
		"on_update_after_submit": _ENGINE,
		"on_submit": _ENGINE,
		"on_cancel": _ENGINE,
	},
	"Warning Report": {"on_update": "crisis_intervention.intervention.guardians.follow_report"},
	"System Settings": {"validate": "crisis_intervention.crisis_plan.time_zone.keep_time_zone"},
	"User": {
		"before_validate": "crisis_intervention.access.holding.report_sign_in",
		"validate": "crisis_intervention.access.holding.hold_roles",
		"on_update": "crisis_intervention.crisis_plan.people.leavers.hand_over_duties",
	},
	"School Class": {"on_update": "crisis_intervention.crisis_plan.people.class_changes.follow_teacher"},
	"Student Profile": {"on_update": "crisis_intervention.crisis_plan.people.class_changes.follow_student"},
	"DocShare": {"validate": "crisis_intervention.access.guards.refuse_share"},
	"ToDo": {
		"before_validate": _CLOSED + "assignments.neutralise_assignment",
		"validate": "crisis_intervention.access.guards.refuse_assignment",
	},
	"Document Follow": {"validate": "crisis_intervention.access.guards.refuse_follow"},
	"File": {"before_insert": "crisis_intervention.access.guards.protect_file"},
	"Custom DocPerm": {"validate": "crisis_intervention.access.holding.refuse_permission"},
	"Property Setter": {"validate": "crisis_intervention.access.holding.refuse_property"},
	"Custom Field": {"validate": "crisis_intervention.access.holding.refuse_fetching"},
	"User Permission": {"on_trash": "crisis_intervention.access.holding.refuse_unlimiting"},
	"Dashboard Chart": {"validate": "crisis_intervention.access.holding.refuse_cached_chart"},
	"Report": _HELD,
	"Print Format": _HELD,
	"Web Form": _HELD,
	"Notification": {"validate": [_CLOSED + "notifications.refuse_notification", _HOLD]},
	"Webhook": {"validate": [_CLOSED + "webhooks.refuse_webhook", _HOLD]},
	"Server Script": _HELD,
	"Client Script": _HELD,
	"Auto Email Report": {"validate": [_CLOSED + "mailed_reports.refuse_mailed_report", _HOLD]},
	"Web Page": _HELD,
	"Workflow": {"validate": _CLOSED + "workflow_mail.refuse_workflow_mail"},
	"Communication": {"before_insert": _CLOSED + "messages.refuse_message"},
	"Assignment Rule": {"validate": _CLOSED + "assignments.refuse_automatic"},
	"Auto Repeat": {"validate": _CLOSED + "assignments.refuse_automatic"},
	"Notification Log": {
		"before_insert": _CLOSED + "notices.neutralise_notice",
		"after_insert": _CLOSED + "notices.drop_notice",
	},
	"Email Queue": {"before_insert": _CLOSED + "outbox.hold_mail"},
	"Error Log": {"before_insert": _CLOSED + "error_log.keep_places_only"},
}

# What several forms and lists share; the duty that asks for a report offers it too.
_ONE_TAP, _SPANS = "public/js/one_tap.js", "public/js/spans.js"
doctype_js = {
	"Class Weekly Report": _ONE_TAP,
	"Psychology Weekly Report": _ONE_TAP,
	"Class Log": _ONE_TAP,
	"Class Barometer": _ONE_TAP,
	"Duty": [_ONE_TAP, "public/js/duty_reports.js"],
}
doctype_list_js = {
	"On-call Roster": _SPANS,
	"Staff Absence": _SPANS,
	"Class Weekly Report": _ONE_TAP,
	"Psychology Weekly Report": _ONE_TAP,
	"Class Log": _ONE_TAP,
	"Class Barometer": _ONE_TAP,
}

scheduler_events = {
	"cron": {"* * * * *": ["crisis_intervention.crisis_plan.duties.tick.tick"]},
	"daily": [
		"crisis_intervention.early_warning.monitors.mark_ended",
		"crisis_intervention.governance.grants.mark_expired",
		"crisis_intervention.governance.access_changes.report_administrator",
	],
	"hourly": [
		"crisis_intervention.crisis_plan.people.stand_ins.hand_over_absent",
		"crisis_intervention.crisis_plan.duties.recurrence.raise_recurring",
	],
	"daily_long": ["crisis_intervention.crisis_plan.duties.reconciliation.reconcile"],
}

override_doctype_class = {"File": "crisis_intervention.access.files.CaseFile"}

permission_query_conditions = {
	"Psychological File": "crisis_intervention.access.psychological_file.query_conditions",
	"Duty": "crisis_intervention.access.duty.query_conditions",
	"Duty Log": "crisis_intervention.access.duty.log_query_conditions",
	"Class Weekly Report": "crisis_intervention.access.class_weekly_report.query_conditions",
	"Psychology Weekly Report": "crisis_intervention.access.psychology_weekly_report.query_conditions",
	"Class Log": "crisis_intervention.access.class_log.query_conditions",
	"Class Barometer": "crisis_intervention.access.class_barometer.query_conditions",
	"Barometer Review": "crisis_intervention.access.barometer_review.query_conditions",
	"Student Profile": "crisis_intervention.access.roster.student_query_conditions",
	"School Class": "crisis_intervention.access.roster.class_query_conditions",
	"Student Contact Person": "crisis_intervention.access.children.contact_person",
	"Warning Report": "crisis_intervention.access.warning_report.query_conditions",
	"Warning Report Observer": "crisis_intervention.access.warning_report_observer.query_conditions",
	"Risk Assessment": "crisis_intervention.access.risk_assessment.query_conditions",
	"Risk Assessment Clinical Record": "crisis_intervention.access.clinical_record.query_conditions",
	"Student Case": "crisis_intervention.access.student_case.query_conditions",
	"Case Feedback": "crisis_intervention.access.case_feedback.query_conditions",
	"Access Grant": "crisis_intervention.access.access_grant.query_conditions",
	"Accountability Record": "crisis_intervention.access.accountability_record.query_conditions",
	"Accountability Fact": "crisis_intervention.access.children.accountability_fact",
	"Accountability Step": "crisis_intervention.access.children.accountability_step",
	"Safety Plan": "crisis_intervention.access.safety_plan.query_conditions",
	"Case Review": "crisis_intervention.access.case_review.query_conditions",
	"Case Handover": "crisis_intervention.access.case_handover.query_conditions",
	"Safety Plan Review": "crisis_intervention.access.children.plan_review",
	"Special Watch": "crisis_intervention.access.special_watch.query_conditions",
	"Guardian Contact": "crisis_intervention.access.guardian_contact.query_conditions",
	"Guardian Contact Attempt": "crisis_intervention.access.children.contact_attempt",
	"Intervention Plan": "crisis_intervention.access.intervention_plan.query_conditions",
	"Intervention Measure": "crisis_intervention.access.children.measure",
	"Need To Know Card": "crisis_intervention.access.need_to_know_card.query_conditions",
	"Need To Know Reader": "crisis_intervention.access.children.card_reader",
	"Comment": "crisis_intervention.access.beside.comment",
	"Version": "crisis_intervention.access.beside.version",
	"Communication": "crisis_intervention.access.beside.communication",
	"ToDo": "crisis_intervention.access.beside.todo",
	"Tag Link": "crisis_intervention.access.beside.tag_link",
	"File": "crisis_intervention.access.beside.file",
	"Level Change": "crisis_intervention.access.children.level_change",
	"Person Of Concern": "crisis_intervention.access.children.person_of_concern",
	"Case Linked Student": "crisis_intervention.access.children.linked_student",
	"Concern Category Item": "crisis_intervention.access.children.category_item",
	"Warning Report Signal": "crisis_intervention.access.children.report_signal",
	"Record Correction": "crisis_intervention.access.children.correction",
	"Clinical Behaviour": "crisis_intervention.access.children.behaviour",
	"Case Feedback Receipt": "crisis_intervention.access.children.receipt",
	"Class Weekly Report Entry": "crisis_intervention.access.children.class_week_entry",
	"Psychology Weekly Report Entry": "crisis_intervention.access.children.psychology_week_entry",
	"Class Log Student": "crisis_intervention.access.children.log_student",
	"Barometer Entry": "crisis_intervention.access.children.barometer_entry",
	"Screening Campaign": "crisis_intervention.access.screening.campaign_query_conditions",
	"Screening Consent": "crisis_intervention.access.screening.consent_query_conditions",
	"Screening Result": "crisis_intervention.access.screening.result_query_conditions",
	"Screening Import": "crisis_intervention.access.screening.import_query_conditions",
	"Joint Follow Up": "crisis_intervention.access.screening.together_query_conditions",
	"Help Request": "crisis_intervention.access.help_request.query_conditions",
	"Screening Score": "crisis_intervention.access.children.screening_score",
	"Screening Import Problem": "crisis_intervention.access.children.screening_problem",
	"Screening Campaign Class": "crisis_intervention.access.children.campaign_class",
	"Number Card": "crisis_intervention.access.cards.query_conditions",
}

has_permission = {
	"Psychological File": "crisis_intervention.access.psychological_file.has_permission",
	"Duty": "crisis_intervention.access.duty.has_permission",
	"Duty Log": "crisis_intervention.access.duty.has_log_permission",
	"Class Weekly Report": "crisis_intervention.access.class_weekly_report.has_permission",
	"Psychology Weekly Report": "crisis_intervention.access.psychology_weekly_report.has_permission",
	"Class Log": "crisis_intervention.access.class_log.has_permission",
	"Class Barometer": "crisis_intervention.access.class_barometer.has_permission",
	"Barometer Review": "crisis_intervention.access.barometer_review.has_permission",
	"Student Profile": "crisis_intervention.access.roster.has_student_permission",
	"School Class": "crisis_intervention.access.roster.has_class_permission",
	"Warning Report": "crisis_intervention.access.warning_report.has_permission",
	"Warning Report Observer": "crisis_intervention.access.warning_report_observer.has_permission",
	"Risk Assessment": "crisis_intervention.access.risk_assessment.has_permission",
	"Risk Assessment Clinical Record": "crisis_intervention.access.clinical_record.has_permission",
	"Student Case": "crisis_intervention.access.student_case.has_permission",
	"Case Feedback": "crisis_intervention.access.case_feedback.has_permission",
	"Access Grant": "crisis_intervention.access.access_grant.has_permission",
	"Comment": "crisis_intervention.access.beside.may_comment",
	"Version": "crisis_intervention.access.beside.may_version",
	"Communication": "crisis_intervention.access.beside.may_communication",
	"ToDo": "crisis_intervention.access.beside.may_todo",
	"Tag Link": "crisis_intervention.access.beside.may_tag_link",
	"File": "crisis_intervention.access.beside.may_file",
	"Accountability Record": "crisis_intervention.access.accountability_record.has_permission",
	"Safety Plan": "crisis_intervention.access.safety_plan.has_permission",
	"Case Review": "crisis_intervention.access.case_review.has_permission",
	"Case Handover": "crisis_intervention.access.case_handover.has_permission",
	"Special Watch": "crisis_intervention.access.special_watch.has_permission",
	"Guardian Contact": "crisis_intervention.access.guardian_contact.has_permission",
	"Intervention Plan": "crisis_intervention.access.intervention_plan.has_permission",
	"Need To Know Card": "crisis_intervention.access.need_to_know_card.has_permission",
	"Screening Campaign": "crisis_intervention.access.screening.has_campaign_permission",
	"Screening Consent": "crisis_intervention.access.screening.has_consent_permission",
	"Screening Result": "crisis_intervention.access.screening.has_result_permission",
	"Screening Import": "crisis_intervention.access.screening.has_import_permission",
	"Joint Follow Up": "crisis_intervention.access.screening.has_together_permission",
	"Help Request": "crisis_intervention.access.help_request.has_permission",
	"Number Card": "crisis_intervention.access.cards.has_permission",
}

after_request = ["crisis_intervention.access.read_log.after_request"]
after_job = ["crisis_intervention.access.read_log.after_job"]

override_whitelisted_methods = {
	"frappe.core.doctype.communication.email.make": _CLOSED + "messages.make",
	"frappe.core.page.permission_manager.permission_manager.update": (
		"crisis_intervention.access.holding.update_permission"
	),
	"frappe.client.get_count": "crisis_intervention.access.counts.get_count",
	"frappe.desk.notifications.get_open_count": "crisis_intervention.access.counts.get_open_count",
	"frappe.desk.search.search_link": "crisis_intervention.access.search.search_link",
	"frappe.desk.search.search_widget": "crisis_intervention.access.search.search_widget",
}

ignore_links_on_delete = ["Duty", "Duty Log", "Dispatch Log", "Seed Record"]
