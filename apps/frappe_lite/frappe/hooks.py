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
	"Communication": "frappe.core.doctype.communication.communication.get_permission_query_conditions_for_communication",
	"Notification Log": "frappe.desk.doctype.notification_log.notification_log.get_permission_query_conditions",
	"Dashboard Chart": "frappe.desk.doctype.dashboard_chart.dashboard_chart.get_permission_query_conditions",
	"Number Card": "frappe.desk.doctype.number_card.number_card.get_permission_query_conditions",
	"Prepared Report": "frappe.core.doctype.prepared_report.prepared_report.get_permission_query_condition",
	"File": "frappe.core.doctype.file.file.get_permission_query_conditions",
}

has_permission = {
	"User": "frappe.core.doctype.user.user.has_permission",
	"ToDo": "frappe.desk.doctype.todo.todo.has_permission",
	"Communication": "frappe.core.doctype.communication.communication.has_permission",
	"Dashboard Chart": "frappe.desk.doctype.dashboard_chart.dashboard_chart.has_permission",
	"Number Card": "frappe.desk.doctype.number_card.number_card.has_permission",
	"Prepared Report": "frappe.core.doctype.prepared_report.prepared_report.has_permission",
	"File": "frappe.core.doctype.file.file.has_permission",
}
