"""A web form on the net: its page, what it stores with and without a script, and what it does not tell."""

from __future__ import annotations

import json

import pytest

from tests.rest.client import Client

ACCEPT = "/api/method/frappe.website.doctype.web_form.web_form.accept"
FORM = "rest-letters"
ALLOWED_IN_A_MINUTE = 10


@pytest.fixture(scope="module")
def letters(admin: Client) -> str:
	"""A form for guests over ToDo, whose route is answered."""
	admin.post(
		"/api/resource/Web%20Form",
		json={
			"name": FORM,
			"title": "Rest Letters",
			"route": "letters",
			"doc_type": "ToDo",
			"published": 1,
			"anonymous": 1,
			"introduction_text": "<p>Write to us</p>",
			"success_message": "Thank <b>you</b>",
			"client_script": "frappe.web_form.seen = '</script>'",
			"web_form_fields": [
				{"fieldname": "description", "fieldtype": "Text", "label": "Words & letters", "reqd": 1},
				{
					"fieldname": "priority",
					"fieldtype": "Select",
					"label": "Priority",
					"options": "High\nLow",
					"depends_on": "eval:doc.description",
				},
				{"fieldname": "color", "fieldtype": "Data", "label": "Colour", "read_only": 1},
			],
		},
	).expect(200)
	return "/letters"


def stored(admin: Client, text: str) -> list[dict]:
	filters = json.dumps([["description", "like", f"%{text}%"]])
	fields = json.dumps(["name", "owner", "priority", "color", "status"])
	return admin.get("/api/resource/ToDo", query={"filters": filters, "fields": fields}).expect(200).data


def test_page_shows_the_form_and_lets_no_script_through(guest: Client, letters: str):
	page = guest.get(letters).expect(200)
	assert page.headers["content-type"].startswith("text/html")
	for part in ("Words &amp; letters", "<p>Write to us</p>", 'name="description" required', "<option"):
		assert part in page.text
	assert "'</script>'" not in page.text
	assert 'method="post"' in page.text


def test_without_script_it_is_stored_and_answered_with_a_page(guest: Client, admin: Client, letters: str):
	answer = guest.post(letters, form={"description": "by hand", "priority": "High", "status": "Closed"})
	answer.expect(200)
	assert "Thank <b>you</b>" in answer.text
	(todo,) = stored(admin, "by hand")
	assert (todo["priority"], todo["status"]) == ("High", "Open")


def test_what_is_refused_comes_back_with_what_was_written(guest: Client, admin: Client, letters: str):
	answer = guest.post(letters, form={"description": "", "priority": "Low"})
	answer.expect(417)
	assert 'value="Low" selected' in answer.text
	assert "Traceback" not in answer.text
	assert not stored(admin, "Low")


def test_sent_as_json_it_answers_the_fields_of_the_form_only(guest: Client, admin: Client, letters: str):
	data = json.dumps({"description": "by script", "color": "#fff", "status": "Closed"})
	saved = guest.post(ACCEPT, json={"web_form": FORM, "data": data}).expect(200).data
	assert set(saved) == {"name", "doctype", "description", "priority", "color"}
	(todo,) = stored(admin, "by script")
	assert (todo["name"], todo["color"], todo["status"]) == (saved["name"], None, "Open")


def test_an_anonymous_form_does_not_keep_who_was_signed_in(admin: Client, letters: str):
	data = json.dumps({"description": "signed in"})
	admin.post(ACCEPT, json={"web_form": FORM, "data": data}).expect(200)
	assert [todo["owner"] for todo in stored(admin, "signed in")] == ["Guest"]


def test_a_guest_neither_reads_lists_nor_writes_past_the_form(guest: Client, admin: Client, letters: str):
	guest.post(letters, form={"description": "mine"}).expect(200)
	name = stored(admin, "mine")[0]["name"]
	guest.get(f"/api/resource/ToDo/{name}").expect(403)
	guest.get("/api/resource/ToDo").expect(403)
	guest.post("/api/resource/ToDo", json={"description": "past the form"}).expect(403)
	data = json.dumps({"name": name, "description": "changed"})
	guest.post(ACCEPT, json={"web_form": FORM, "data": data}).expect(403)


def test_no_form_no_page(guest: Client):
	guest.get("/no-such-form").expect(404)
	guest.post("/no-such-form", form={"description": "x"}).expect(404)


def test_a_flood_is_refused(guest: Client, letters: str):
	data = json.dumps({"description": "flood"})
	statuses = {
		guest.post(ACCEPT, json={"web_form": FORM, "data": data}).status
		for _number in range(ALLOWED_IN_A_MINUTE + 2)
	}
	assert statuses <= {200, 429} and 429 in statuses
	page = guest.post(letters, form={"description": "kept in the page"})
	page.expect(429)
	assert "kept in the page" in page.text
