"""The app's rooms as a client of the REST API meets them, on a running server with the demo school."""

import json

import pytest

from tests.app.client import Client


@pytest.fixture(scope="module")
def school(start_server):
	server = start_server()
	with server.connected() as db:
		from crisis_intervention.demo import load

		load()
		db.commit()
	return server


@pytest.fixture(scope="module")
def sign_in(school):
	clients = {}

	def sign_in(user):
		if user not in clients:
			clients[user] = Client(school.url, f"{user}@example.com")
		return clients[user]

	return sign_in


def readings(sign_in, **filters):
	fields = ["user", "channel", "document_type", "document_name", "codes", "record_count"]
	_status, answer = sign_in("auditor").get(
		"/api/resource/Case Read Log", filters=filters, fields=fields, limit_page_length=0
	)
	return answer["data"]


def first_case(client):
	_status, answer = client.get("/api/resource/Student Case", limit_page_length=1)
	return answer["data"][0]["name"]


def test_a_get_of_a_case_is_logged(sign_in):
	reader = sign_in("principal")
	case = first_case(reader)
	before = readings(sign_in, user="principal@example.com", document_name=case, channel="REST")
	assert reader.get(f"/api/resource/Student Case/{case}")[0] == 200
	after = readings(sign_in, user="principal@example.com", document_name=case, channel="REST")
	assert len(after) == len(before) + 1


def test_opening_the_form_is_logged_once(sign_in):
	reader = sign_in("office")
	case = first_case(reader)
	status, _answer = reader.get(
		"/api/method/frappe.desk.form.load.getdoc", doctype="Student Case", name=case
	)
	assert status == 200
	assert len(readings(sign_in, user="office@example.com", document_name=case, channel="Form")) == 1


def test_a_list_is_logged_with_its_codes(sign_in):
	reader = sign_in("member")
	_status, answer = reader.get("/api/resource/Student Case", limit_page_length=0)
	codes = {row["name"] for row in answer["data"]}
	(row,) = readings(sign_in, user="member@example.com", channel="List")
	assert row["record_count"] == len(codes)
	assert set(row["codes"].split("\n")) == codes


def test_a_report_on_cases_is_logged(sign_in):
	reader = sign_in("leader")
	before = readings(sign_in, user="leader@example.com", channel="Report")
	status, answer = reader.get(
		"/api/method/frappe.desk.query_report.run", report_name="Class Barometer Matrix", filters={}
	)
	assert status == 200 and answer["message"]["result"]
	assert len(readings(sign_in, user="leader@example.com", channel="Report")) == len(before) + 1


def test_what_links_to_a_case_is_logged(sign_in):
	reader = sign_in("principal")
	case = first_case(reader)
	arguments = {"doctype": "Student Case", "docname": case}
	status, answer = reader.get("/api/method/frappe.desk.form.linked_with.get", **arguments)
	assert status == 200
	linked = {row["name"] for row in answer["message"].get("Risk Assessment", [])}
	rows = readings(sign_in, user="principal@example.com", document_type="Risk Assessment", channel="List")
	assert linked and linked <= {code for row in rows for code in row["codes"].split("\n")}


def test_emergency_access_over_rest_is_told_and_logged(sign_in):
	teacher, leader = sign_in("teacher1"), sign_in("leader")
	_status, answer = leader.get(
		"/api/resource/Student Case",
		fields=["name", "student"],
		filters={"workflow_state": ["!=", "Exited"]},
		limit_page_length=0,
	)
	closed = [
		row for row in answer["data"] if teacher.get(f"/api/resource/Student Case/{row['name']}")[0] == 403
	]
	case = closed[0]
	method = "/api/method/crisis_intervention.governance.break_glass.open_case"
	assert teacher.get(method, student=case["student"], reason="夜间学生失联")[0] == 403
	status, _answer = teacher.post(method, student=case["student"], reason="夜间学生失联")
	assert status == 200
	assert teacher.get(f"/api/resource/Student Case/{case['name']}")[0] == 200
	rows = readings(sign_in, user="teacher1@example.com", document_name=case["name"], channel="REST")
	assert len(rows) == 1
	status, answer = leader.get(
		"/api/resource/Duty", filters={"rule": "24.6-GLASS"}, fields=["responsible", "tier"]
	)
	assert answer["data"] == [{"responsible": "leader@example.com", "tier": "Urgent"}]


def test_script_on_cases_saved_over_rest_waits(sign_in):
	administrator, leader = sign_in("itadmin"), sign_in("leader")
	assert administrator.get("/api/resource/Student Case")[0] == 403
	status, answer = administrator.post(
		"/api/resource/Client Script", name="CS 1", dt="Student Case", view="Form", enabled=1, script="1"
	)
	assert status == 200 and answer["data"]["enabled"] == 0
	_status, answer = leader.get("/api/resource/Access Change", filters={"document_name": "CS 1"})
	change = answer["data"][0]["name"]
	method = "/api/method/run_doc_method"
	arguments = {"dt": "Access Change", "dn": change, "method": "approve"}
	assert administrator.post(method, **arguments)[0] == 403
	assert leader.post(method, **arguments)[0] == 200
	_status, answer = administrator.get("/api/resource/Client Script/CS 1")
	assert answer["data"]["enabled"] == 1


def test_a_refused_reading_is_no_reading(sign_in):
	case = first_case(sign_in("leader"))
	for user in ("itadmin", "subject", "academic"):
		assert sign_in(user).get(f"/api/resource/Student Case/{case}")[0] == 403
		assert readings(sign_in, user=f"{user}@example.com") == []


def test_administrator_and_auditor_learn_no_number_of_cases(sign_in):
	for user in ("itadmin", "auditor"):
		client = sign_in(user)
		for path in ("frappe.client.get_count", "frappe.client.get_list", "frappe.desk.search.search_link"):
			arguments = {"doctype": "Student Case", "txt": "", "ignore_user_permissions": 1}
			assert client.get(f"/api/method/{path}", **arguments)[0] == 403


def test_report_to_registry_through_rest(sign_in):
	teacher, psychologist, office = sign_in("subject"), sign_in("psychologist2"), sign_in("office")
	assert teacher.get("/api/resource/Student Profile")[1]["data"] == []
	search, query = (
		"frappe.desk.search.search_link",
		"crisis_intervention.early_warning.roster.picking.students",
	)
	_status, found = teacher.get(
		f"/api/method/{search}", doctype="Student Profile", txt="高一（4）班", query=query
	)
	student = found["message"][-1]["value"]
	status, answer = teacher.post(
		"/api/resource/Warning Report",
		student=student,
		signals=[{"signal": "S101"}],
		description="作文里写到不想活",
		event_time="2026-11-02 10:00:00",
		owner="subject@example.com",
		status="Closed",
	)
	assert status == 200
	report = answer["data"]
	assert (report["status"], report["urgency"]) == ("New", "Red")
	assert "subject@example.com" not in json.dumps(report)
	status, answer = psychologist.post(
		"/api/resource/Risk Assessment",
		student=student,
		warning_report=report["name"],
		level="L2",
		level_reasons="有持续死亡念头，无计划。",
		immediate_measures="陪伴，告知监护人。",
		docstatus=1,
	)
	assert status == 200
	case = answer["data"]["student_case"]
	assert case.startswith("SC-")
	status, answer = office.post(
		"/api/method/frappe.model.workflow.apply_workflow",
		doc=json.dumps({"doctype": "Student Case", "name": case}),
		action="Confirm Entry",
	)
	assert status == 200
	_status, answer = office.get(f"/api/resource/Student Case/{case}")
	assert answer["data"]["entry_confirmed_by"] == "office@example.com"
	assert office.delete(f"/api/resource/Student Case/{case}")[0] in (403, 417)
	assert office.put(f"/api/resource/Student Case/{case}", workflow_state="Exited")[0] == 417
	status, answer = office.put(f"/api/resource/Student Case/{case}", current_level="L4")
	assert answer["data"]["current_level"] == "L2"


def test_two_reports_of_one_event_through_rest(sign_in):
	first, second, psychologist = sign_in("member"), sign_in("subject"), sign_in("psychologist2")
	_status, answer = psychologist.get("/api/resource/Student Profile", limit_page_length=0)
	student = answer["data"][-1]["name"]
	reports = []
	for reporter in (first, second):
		status, answer = reporter.post(
			"/api/resource/Warning Report",
			student=student,
			signals=[{"signal": "S101"}],
			description="作文里写到不想活",
		)
		assert status == 200
		reports.append(answer["data"]["name"])
	path = f"/api/resource/Warning Report/{reports[1]}"
	# Who reported does not learn that somebody else did; who assesses does.
	assert reports[0] not in json.dumps([answer, second.get(path)])
	assert second.put(path, same_event_as=None)[0] == 200
	assert psychologist.get(path)[1]["data"]["same_event_as"] == reports[0]
	assert psychologist.put(path, same_event_as=None)[0] == 417
	_status, answer = psychologist.get(
		"/api/method/frappe.desk.form.load.getdoc", doctype="Warning Report", name=reports[0]
	)
	assert [row["name"] for row in answer["docs"][0]["__onload"]["same_event"]] == [reports[1]]
	status, answer = psychologist.post(
		"/api/resource/Risk Assessment",
		student=student,
		warning_report=reports[0],
		level="L3",
		level_reasons="情绪低落，无计划。",
		docstatus=1,
	)
	assert status == 200
	stored = psychologist.get(path)[1]["data"]
	assert (stored["status"], stored["risk_assessment"]) == ("Assessed", answer["data"]["name"])
	assert psychologist.put(path, same_event_as=None, same_event_reason="两件事")[0] == 417
