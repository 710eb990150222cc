"""The page on which students ask for help, on a running server: telephone numbers first, no sign-in."""

from __future__ import annotations

import json

import pytest

from tests.rest.client import Client

ACCEPT = "/api/method/frappe.website.doctype.web_form.web_form.accept"
DUTIES = {"rule": "19-HELP-U"}


@pytest.fixture(scope="module")
def server(start_server):
	"""A server with the app."""
	return start_server()


@pytest.fixture
def student(server) -> Client:
	"""A telephone without any account."""
	return Client(server.url, server.site)


def settings(server, **values) -> None:
	import frappe

	with server.connected():
		frappe.db.set_single_value("Crisis Settings", values)
		frappe.db.commit()


def test_everybody_sees_whom_to_call_in_both_languages(server, student):
	settings(server, help_phone="0571-8888 1234", help_place="综合楼<205>")
	chinese = student.get("/help", query={"_lang": "zh"}).expect(200).text
	english = student.get("/help", query={"_lang": "en"}).expect(200).text
	for page in (chinese, english):
		for part in ('href="tel:12356"', 'href="tel:110"', 'href="tel:120"', 'href="tel:057188881234"'):
			assert part in page
		assert "综合楼&lt;205&gt;" in page
	assert "<h1>我想找人聊聊</h1>" in chinese and "<h2>关于什么？</h2>" in chinese
	assert "<h1>I would like to talk</h1>" in english and "<h2>What is it about?</h2>" in english


def test_request_is_sent_without_account_and_answered_with_a_code(server, student):
	import frappe

	data = {"about_sleep": 1, "message": "睡不着", "status": "Closed", "outcome": "Not a Request"}
	saved = student.post(ACCEPT, json={"web_form": "help-request", "data": json.dumps(data)}).expect(200).data
	assert saved["name"].startswith("HR-")
	assert not {"owner", "status", "outcome", "asked_at", "student"} & set(saved)
	with server.connected():
		stored = frappe.get_doc("Help Request", saved["name"])
		assert (stored.status, stored.outcome, stored.owner) == ("New", None, "Administrator")
	student.get(f"/api/resource/Help%20Request/{saved['name']}").expect(403)
	student.get("/api/resource/Help%20Request").expect(403)
	student.post("/api/resource/Help%20Request", json={"message": "past the form"}).expect(403)


def test_without_script_danger_raises_the_urgent_duty(server, student):
	import frappe

	page = student.post("/help", form={"urgent": "1", "message": "在天台", "_lang": "zh"}).expect(200)
	assert "我们收到了" in page.text and "在天台" not in page.headers.get("location", "")
	with server.connected():
		name = frappe.db.get_value("Help Request", {"urgent": 1, "message": "在天台"})
		duty = frappe.db.get_value("Duty", {**DUTIES, "reference_name": name}, ["state", "tier"])
		assert duty == ("Open", "Urgent")


def test_refusal_keeps_what_was_written(student):
	form = {"reach_by": "Telephone or Message", "message": "想聊聊", "_lang": "zh"}
	page = student.post("/help", form=form).expect(417)
	assert "请写下能联系到你的号码或账号" in page.text
	assert "想聊聊" in page.text and 'value="Telephone or Message" selected' in page.text


def test_flood_is_refused_with_the_numbers_on_the_page(student):
	data = json.dumps({"message": "刷屏"})
	statuses = [
		student.post(ACCEPT, json={"web_form": "help-request", "data": data}).status for _n in range(12)
	]
	assert 429 in statuses
	page = student.post("/help", form={"message": "x"}).expect(429)
	assert 'href="tel:12356"' in page.text
