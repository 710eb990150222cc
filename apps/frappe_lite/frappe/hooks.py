"""What the runtime hooks into itself, in the form every app's `hooks.py` has."""

app_name = "frappe"
app_title = "Frappe Lite"
app_publisher = "Crisis Intervention contributors"
app_description = "A small Frappe-compatible runtime"
app_email = "maintainers@example.com"
app_license = "MIT"

# Standard records whose JSON lies in module folders, in the order in which they depend on each other.
standard_queries = {"User": "frappe.core.doctype.user.user.user_query"}

permission_query_conditions = {
	"User": "frappe.core.doctype.user.user.get_permission_query_conditions",
	"ToDo": "frappe.desk.doctype.todo.todo.get_permission_query_conditions",
	"Communication": (
		"frappe.core.doctype.communication.communication.get_permission_query_conditions_for_communication"
	),
	"Notification Log": (
		"frappe.desk.doctype.notification_log.notification_log.get_permission_query_conditions"
	),
	"Notification Settings": (
		"frappe.desk.doctype.notification_settings.notification_settings.get_permission_query_conditions"
	),
	"Workflow Action": (
		"frappe.workflow.doctype.workflow_action.workflow_action.get_permission_query_conditions"
	),
	"Dashboard Chart": "frappe.desk.doctype.dashboard_chart.dashboard_chart.get_permission_query_conditions",
	"Number Card": "frappe.desk.doctype.number_card.number_card.get_permission_query_conditions",
	"Prepared Report": "frappe.core.doctype.prepared_report.prepared_report.get_permission_query_condition",
	"File": "frappe.core.doctype.file.file.get_permission_query_conditions",
}

has_permission = {
	"User": "frappe.core.doctype.user.user.has_permission",
	"ToDo": "frappe.desk.doctype.todo.todo.has_permission",
	"Comment": "frappe.core.doctype.comment.comment.has_permission",
	"Communication": "frappe.core.doctype.communication.communication.has_permission",
	"Notification Log": "frappe.desk.doctype.notification_log.notification_log.has_permission",
	"Workflow Action": "frappe.workflow.doctype.workflow_action.workflow_action.has_permission",
	"Dashboard Chart": "frappe.desk.doctype.dashboard_chart.dashboard_chart.has_permission",
	"Number Card": "frappe.desk.doctype.number_card.number_card.has_permission",
	"Prepared Report": "frappe.core.doctype.prepared_report.prepared_report.has_permission",
	"File": "frappe.core.doctype.file.file.has_permission",
}

_WORKFLOW_ACTIONS = "frappe.workflow.doctype.workflow_action.workflow_action.process_workflow_actions"
_ATTACH = "frappe.core.doctype.file.utils.attach_files_to_document"

doc_events = {
	"*": {
		"on_update": [_WORKFLOW_ACTIONS, _ATTACH],
		"on_update_after_submit": [_WORKFLOW_ACTIONS],
		"on_cancel": [_WORKFLOW_ACTIONS],
		"on_trash": [_WORKFLOW_ACTIONS],
	},
}

# Called after every event of every document with (doc, method); must return at once where nothing is to do.
document_observers = [
	"frappe.automation.notifications.run",
	"frappe.core.doctype.server_script.server_script_utils.run_server_script_for_doc_event",
]

scheduler_events = {
	"all": ["frappe.email.queue.flush"],
	"daily": ["frappe.email.doctype.notification.notification.trigger_daily_alerts"],
	"daily_maintenance": [
		"frappe.automation.housekeeping.clear_old_records",
		"frappe.sessions.clear_expired_sessions",
	],
}
