"""Reports, charts, cards, settings, scripts and the other records an admin makes."""

import json

import frappe
import pytest
from frappe.core.doctype.deleted_document.deleted_document import restore
from frappe.core.doctype.server_script.server_script_utils import get_server_script_map
from frappe.desk.doctype.dashboard_chart import dashboard_chart
from frappe.desk.doctype.dashboard_chart.series import add_periods, first_day, label_of, period_start
from frappe.desk.doctype.number_card import number_card
from frappe.utils import getdate


def todo(**values):
	return frappe.get_doc({"doctype": "ToDo", "description": "d", **values}).insert()


def chart(**values):
	doc = {
		"doctype": "Dashboard Chart",
		"chart_name": "Tx Chart",
		"chart_type": "Count",
		"document_type": "ToDo",
		"based_on": "creation",
		"timeseries": 1,
		"timespan": "Last Month",
		"time_interval": "Monthly",
		"filters_json": "[]",
		"type": "Line",
	}
	return frappe.get_doc({**doc, **values}).insert()


# ------------------------------------------------------------------ reports
def report(**values):
	doc = {"doctype": "Report", "report_name": "Tx Report", "ref_doctype": "ToDo", "is_standard": "No"}
	return frappe.get_doc({**doc, **values}).insert()


def test_a_query_report_answers_columns_and_rows(db):
	todo(description="in it")
	doc = report(
		report_type="Query Report", query="select description from `tabToDo` where description = %(text)s"
	)
	columns, rows = doc.execute_query_report({"text": "in it"})
	assert columns == ["description"] and rows == [["in it"]]


@pytest.mark.parametrize(
	"query", ["delete from `tabToDo`", "update `tabToDo` set status = 'x'", "drop table `tabToDo`"]
)
def test_a_query_report_may_only_read(db, query):
	with pytest.raises(frappe.ValidationError):
		report(report_type="Query Report", query=query)


def test_a_script_report_runs_in_the_sandbox(db):
	doc = report(
		report_type="Script Report",
		report_script="data = [{'label': 'A', 'fieldname': 'a'}], [{'a': filters.get('x')}]",
	)
	columns, rows = doc.execute_script_report({"x": 3})
	assert columns[0]["label"] == "A" and rows == [{"a": 3}]


def test_a_list_report_shows_what_the_user_may_read(db):
	todo(description="one")
	doc = report(report_type="Report Builder", json=json.dumps({"fields": [["description", "ToDo"]]}))
	columns, rows = doc.get_data({"description": "one"})
	assert [column["fieldname"] for column in columns] == ["description"] and rows == [["one"]]
	assert doc.get_data({"description": "one"}, as_dict=True)[1] == [{"description": "one"}]


@pytest.mark.parametrize(
	"values",
	[
		{"report_type": "Query Report", "query": "select 1"},
		{"report_type": "Script Report", "report_script": "data = [], []"},
		{"report_type": "Report Builder", "is_standard": "Yes"},
	],
)
def test_reports_that_run_code_are_not_for_everybody(db, make_user, as_user, values):
	frappe.get_doc(
		{
			"doctype": "Custom DocPerm",
			"parent": "Report",
			"role": "Desk User",
			"read": 1,
			"write": 1,
			"create": 1,
		}
	).insert()
	with as_user(make_user("Desk User")), pytest.raises((frappe.PermissionError, frappe.ValidationError)):
		report(**values)


def test_a_report_is_for_its_roles(db, make_user, as_user):
	doc = report(report_type="Report Builder", roles=[{"role": "Website Manager"}])
	with as_user(make_user("Website Manager")):
		assert doc.is_permitted()
	with as_user(make_user("Translator")):
		assert not doc.is_permitted()


# ------------------------------------------------------------------ charts and cards
def test_a_chart_counts_over_time(db):
	before = sum(dashboard_chart.get(chart_name=chart().name)["datasets"][0]["values"])
	todo()
	answer = dashboard_chart.get(chart_name="Tx Chart")
	assert sum(answer["datasets"][0]["values"]) == before + 1
	assert len(answer["labels"]) == len(answer["datasets"][0]["values"]) == 2


def test_a_chart_groups_by_a_field(db):
	for priority in ("High", "High", "Low"):
		todo(priority=priority, description="grouped")
	doc = chart(
		chart_type="Group By",
		group_by_based_on="priority",
		group_by_type="Count",
		timeseries=0,
		filters_json='[["ToDo", "description", "=", "grouped", false]]',
	)
	assert dashboard_chart.get(chart_name=doc.name)["datasets"][0]["values"] == [2, 1]


def test_a_chart_is_seen_by_those_who_may_read_what_it_counts(db, make_user, as_user):
	doc = chart(document_type="Error Log")
	with as_user(make_user("Desk User")):
		assert not dashboard_chart.has_permission(doc)
		with pytest.raises(frappe.PermissionError):
			dashboard_chart.get(chart_name=doc.name)
		assert "Tx Chart" not in frappe.get_list("Dashboard Chart", pluck="name")


def test_a_chart_does_not_read_fields_above_the_users_level(db):
	doc = chart(chart_type="Group By", group_by_based_on="no_such_field", timeseries=0)
	with pytest.raises(frappe.PermissionError):
		dashboard_chart.get(chart_name=doc.name)


def test_a_card_counts_what_the_user_may_read(db, make_user, as_user):
	card = frappe.get_doc(
		{"doctype": "Number Card", "label": "Tx Card", "document_type": "ToDo", "function": "Count"}
	).insert()
	todo(description="of the administrator", allocated_to="Administrator")
	filters = [["ToDo", "description", "=", "of the administrator"]]
	assert number_card.get_result(card.as_dict(), filters) == 1
	with as_user(make_user("Desk User")):
		assert number_card.get_result(card.as_dict(), filters) == 0


def test_a_card_needs_to_know_what_it_counts(db):
	with pytest.raises(frappe.ValidationError):
		frappe.get_doc({"doctype": "Number Card", "label": "Tx", "type": "Custom"}).insert()


@pytest.mark.parametrize(
	("day", "interval", "start", "label"),
	[
		("2026-11-24", "Daily", "2026-11-24", None),
		("2026-11-24", "Weekly", "2026-11-23", None),
		("2026-11-24", "Monthly", "2026-11-01", "2026-11"),
		("2026-11-24", "Quarterly", "2026-10-01", "Q4 2026"),
		("2026-11-24", "Yearly", "2026-01-01", "2026"),
	],
)
def test_steps_of_a_series(db, day, interval, start, label):
	step = period_start(getdate(day), interval)
	assert step == getdate(start)
	assert label is None or label_of(step, interval) == label


def test_a_series_has_every_step_once():
	steps = add_periods(getdate("2026-01-31"), getdate("2026-04-01"), "Monthly")
	assert [str(step) for step in steps] == ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"]
	assert str(first_day(getdate("2026-03-31"), "Last Month")) == "2026-02-28"


# ------------------------------------------------------------------ scripts
def script(**values):
	doc = {"doctype": "Server Script", "name": "Tx Script", "script_type": "DocType Event"}
	doc |= {
		"reference_doctype": "ToDo",
		"doctype_event": "Before Save",
		"script": "doc.description = 'changed'",
	}
	return frappe.get_doc({**doc, **values}).insert()


def test_a_server_script_is_found_by_what_it_is_for(db):
	script()
	script(name="Tx Api", script_type="API", api_method="tx_api", doctype_event=None, reference_doctype=None)
	scripts = get_server_script_map()
	assert scripts["ToDo"] == {"Before Save": ["Tx Script"]}
	assert scripts["_api"] == {"tx_api": "Tx Api"}


def test_a_disabled_script_is_not_found(db):
	doc = script()
	get_server_script_map()
	doc.disabled = 1
	doc.save()
	assert "ToDo" not in get_server_script_map()


def test_a_script_for_an_event_changes_the_document(db):
	script()
	assert todo().description == "changed"


def test_a_script_for_a_permission_query_narrows_lists(db, make_user, as_user):
	script(
		script_type="Permission Query",
		doctype_event=None,
		script="conditions = \"`tabToDo`.`priority` = 'Low'\"",
	)
	user = make_user("System Manager")
	for priority in ("Low", "High"):
		todo(priority=priority, description="narrowed", allocated_to=user)
	with as_user(user):
		assert frappe.get_list("ToDo", {"description": "narrowed"}, pluck="priority") == ["Low"]


def test_a_script_for_the_scheduler_gets_a_job(db):
	script(script_type="Scheduler Event", event_frequency="Daily", reference_doctype=None, doctype_event=None)
	job = frappe.get_doc("Scheduled Job Type", {"server_script": "Tx Script"})
	assert job.frequency == "Daily"


@pytest.mark.parametrize(
	"values",
	[
		{"script": "if"},
		{"reference_doctype": None},
		{"script_type": "API"},
		{"script_type": "API", "api_method": "../etc"},
	],
)
def test_wrong_scripts_are_refused(db, values):
	with pytest.raises(frappe.ValidationError):
		script(**values)


def test_a_system_manager_without_the_role_writes_no_scripts(db, make_user, as_user):
	with as_user(make_user("System Manager")), pytest.raises(frappe.PermissionError):
		script()


# ------------------------------------------------------------------ settings and the rest
def test_settings_are_the_defaults_of_the_site(db):
	settings = frappe.get_single("System Settings")
	settings.time_zone = "Europe/Berlin"
	settings.save()
	assert frappe.db.get_default("time_zone") == "Europe/Berlin"
	assert frappe.utils.get_system_timezone() == "Europe/Berlin"


@pytest.mark.parametrize(
	("fieldname", "value"),
	[("time_zone", "Mars/Olympus"), ("session_expiry", "soon"), ("minimum_password_score", "")],
)
def test_wrong_settings_are_refused(db, fieldname, value):
	settings = frappe.get_single("System Settings")
	settings.update({"enable_password_policy": 1, "minimum_password_score": "2", fieldname: value})
	with pytest.raises(frappe.ValidationError):
		settings.save()


def test_settings_are_for_system_managers(db, make_user, as_user):
	with as_user(make_user("Desk User")), pytest.raises(frappe.PermissionError):
		frappe.get_single("System Settings").save()


def test_a_deleted_document_comes_back_once(db):
	name = todo(description="gone").name
	frappe.delete_doc("ToDo", name)
	deleted = db.get_value("Deleted Document", {"deleted_name": name})
	restored = restore(deleted, alert=False)
	assert db.get_value("ToDo", restored, "description") == "gone"
	with pytest.raises(frappe.DocumentAlreadyRestored):
		restore(deleted, alert=False)


def test_a_print_format_is_checked_when_it_is_written(db):
	values = {"doctype": "Print Format", "name": "Tx Print", "doc_type": "ToDo", "custom_format": 1}
	with pytest.raises(frappe.ValidationError):
		frappe.get_doc({**values, "html": "{% if %}"}).insert()
	assert frappe.get_doc({**values, "html": "{{ doc.name }}"}).insert().module == "Desk"


def test_only_one_letter_head_is_the_default(db):
	for name in ("Tx One", "Tx Two"):
		frappe.get_doc(
			{"doctype": "Letter Head", "letter_head_name": name, "content": "x", "is_default": 1}
		).insert()
	assert frappe.get_all("Letter Head", {"is_default": 1}, pluck="name") == ["Tx Two"]


def workspace(**values):
	doc = {"doctype": "Workspace", "label": "Tx Space", "title": "Tx Space", "content": "[]", "public": 1}
	return frappe.get_doc({**doc, **values}).insert()


def test_a_workspace_counts_the_links_of_its_cards(db):
	links = [{"type": "Card Break", "label": "Card"}]
	links += [
		{"type": "Link", "label": name, "link_type": "DocType", "link_to": name} for name in ("ToDo", "Tag")
	]
	doc = workspace(links=links)
	assert doc.type == "Workspace" and doc.links[0].link_count == 2
	assert [len(card["links"]) for card in doc.get_link_groups()] == [2]


def test_a_workspace_for_everybody_needs_the_right(db, make_user, as_user):
	frappe.flags.in_test = False
	with as_user(make_user("Desk User")), pytest.raises((frappe.ValidationError, frappe.PermissionError)):
		workspace()


@pytest.mark.parametrize("content", ["{}", "not json"])
def test_wrong_content_of_a_workspace_is_refused(db, content):
	with pytest.raises(frappe.ValidationError):
		workspace(content=content)


def test_a_web_form_refuses_fields_that_do_not_exist(db):
	values = {"doctype": "Web Form", "title": "Tx Form", "doc_type": "ToDo"}
	with pytest.raises(frappe.ValidationError):
		frappe.get_doc({**values, "web_form_fields": [{"fieldname": "nope", "fieldtype": "Data"}]}).insert()
	doc = frappe.get_doc({**values, "web_form_fields": [{"fieldname": "description", "fieldtype": "Text"}]})
	assert doc.insert().route == "tx-form"
