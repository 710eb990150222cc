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

fixtures = [{"dt": "Role", "filters": [["role_name", "like", "Crisis %"]]}]

_ENGINE = "crisis_intervention.crisis_plan.rules.hook.on_document_event"

doc_events = {
	"*": {
		"after_insert": _ENGINE,
		"on_update": _ENGINE,
		"on_update_after_submit": _ENGINE,
		"on_submit": _ENGINE,
		"on_cancel": _ENGINE,
	},
	"System Settings": {"validate": "crisis_intervention.crisis_plan.time_zone.keep_time_zone"},
	"User": {"on_update": "crisis_intervention.crisis_plan.people.leavers.hand_over_duties"},
}

scheduler_events = {
	"cron": {"* * * * *": ["crisis_intervention.crisis_plan.duties.tick.tick"]},
	"hourly": ["crisis_intervention.crisis_plan.duties.recurrence.raise_recurring"],
	"daily_long": ["crisis_intervention.crisis_plan.duties.reconciliation.reconcile"],
}

permission_query_conditions = {
	"Duty": "crisis_intervention.access.duty.query_conditions",
	"Duty Log": "crisis_intervention.access.duty.log_query_conditions",
}

has_permission = {
	"Duty": "crisis_intervention.access.duty.has_permission",
	"Duty Log": "crisis_intervention.access.duty.has_log_permission",
}

ignore_links_on_delete = ["Duty", "Duty Log", "Dispatch Log", "Seed Record"]
