"""Bad input is refused with a clear 4xx in Frappe's error form, and nothing is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from tests.rest.client import Answer, Client
from tests.rest.plain_site import PlainSite

NOTE = "Bad Input Note"
PATH = f"/api/resource/{quote(NOTE)}"
INTERNALS = (
	"Traceback",
	".py",
	"sqlite",
	"SELECT ",
	"select `",
	"OperationalError",
	"site_config",
	"db_password",
)
INJECTIONS = (
	"name; drop table `tabUser`",
	"(select password from __Auth)",
	"name from tabUser--",
	"sleep(5)",
	"name` or 1=1 -- ",
	"../../etc/passwd",
	"\x00",
)


@pytest.fixture(scope="module")
def note(admin: Client) -> str:
	"""A DocType with one document, whose name is answered."""
	admin.post(
		"/api/resource/DocType",
		json={
			"name": NOTE,
			"module": "Custom",
			"custom": 1,
			"autoname": "hash",
			"fields": [
				{"fieldname": "title", "fieldtype": "Data", "label": "Title", "reqd": 1},
				{"fieldname": "qty", "fieldtype": "Int", "label": "Qty"},
				{"fieldname": "day", "fieldtype": "Date", "label": "Day"},
			],
			"permissions": [{"role": "System Manager"}],
		},
	).expect(200)
	return admin.post(PATH, json={"title": "kept"}).expect(200).data["name"]


@pytest.fixture(scope="module")
def manager(sign_in: Callable[..., Client], note: str) -> Client:
	"""A System Manager."""
	return sign_in("System Manager")


def count(client: Client) -> int:
	return client.get("/api/method/frappe.client.get_count", query={"doctype": NOTE}).expect(200).data


def refused(answer: Answer) -> None:
	"""Assert a 4xx in Frappe's error form that tells nothing of the inside."""
	assert 400 <= answer.status < 500, f"{answer.status}: {answer.text[:600]}"
	assert answer.json.get("exc_type") or answer.json["errors"][0]["type"]
	for word in INTERNALS:
		assert word not in answer.text, f"{word!r} in {answer.text[:600]}"


@pytest.mark.parametrize(
	"body",
	[b'{"title": ', b"[1, 2]", b'"abc"', b"null", b"{'title': 'x'}", b"[" * 100_000, b'{"title":' * 5000],
)
def test_broken_bodies_write_nothing(manager: Client, body: bytes) -> None:
	before = count(manager)
	refused(manager.post(PATH, raw=body, headers={"Content-Type": "application/json"}))
	assert count(manager) == before


def test_deep_nesting_is_refused(manager: Client) -> None:
	deep = json.loads("[" * 90 + "]" * 90)
	before = count(manager)
	refused(manager.post(PATH, json={"title": "deep", "rows": deep}))
	assert count(manager) == before


def test_an_oversized_body_is_refused(manager: Client) -> None:
	before = count(manager)
	answer = manager.post(PATH, json={"title": "x" * (25 * 1024 * 1024 + 1024)})
	assert answer.status == 413
	refused(answer)
	assert count(manager) == before


@pytest.mark.parametrize(
	"values",
	[
		{},
		{"title": None},
		{"title": ["a"]},
		{"title": "x", "qty": 10**30},
		{"title": "x", "day": "no date"},
		{"title": "x" * 200},
	],
)
def test_wrong_values_write_nothing(manager: Client, values: dict[str, Any]) -> None:
	before = count(manager)
	refused(manager.post(PATH, json=values))
	assert count(manager) == before


def test_unknown_fields_are_not_stored(manager: Client, admin: Client) -> None:
	name = manager.post(PATH, json={"title": "x", "nope": "y", "flags": {"ignore_permissions": 1}}).data[
		"name"
	]
	stored = manager.get(f"{PATH}/{name}").data
	assert "nope" not in stored and "flags" not in stored
	admin.delete(f"{PATH}/{name}").expect(202)


@pytest.mark.parametrize("text", INJECTIONS)
@pytest.mark.parametrize("argument", ["fields", "filters", "order_by", "group_by", "or_filters"])
def test_injections_into_lists_are_refused(manager: Client, argument: str, text: str) -> None:
	value: Any = {"fields": [text], "filters": {text: 1}, "or_filters": [[text, "=", 1]]}.get(argument, text)
	refused(manager.get(PATH, query={argument: value}))


@pytest.mark.parametrize("operator", ["= 1 or 1=1 --", "union", "in (select"])
def test_unknown_operators_are_refused(manager: Client, operator: str) -> None:
	refused(manager.get(PATH, query={"filters": [["title", operator, "x"]]}))


@pytest.mark.parametrize("text", INJECTIONS)
def test_injected_values_are_only_values(manager: Client, text: str) -> None:
	answer = manager.get(PATH, query={"filters": {"title": text}})
	assert answer.expect(200).data == []


@pytest.mark.parametrize(
	("argument", "value"),
	[
		("fields", 5),
		("filters", 5),
		("fields", {"a": 1}),
		("fields", [1]),
		("order_by", ["x"]),
		("limit_start", -5),
	],
)
def test_arguments_of_the_wrong_type_are_refused(manager: Client, argument: str, value: Any) -> None:
	refused(manager.get(PATH, query={argument: value}))


# Door → argument that takes names of fields → how a text is put into it.
DOORS: dict[str, dict[str, Callable[[str], Any]]] = {
	"/api/method/frappe.client.get_list": {
		"fields": lambda text: [text],
		"filters": lambda text: [[NOTE, text, "=", 1]],
		"order_by": str,
		"group_by": str,
	},
	"/api/method/frappe.desk.reportview.get": {
		"fields": lambda text: [text],
		"filters": lambda text: [[NOTE, text, "=", 1]],
		"order_by": str,
		"group_by": str,
	},
	"/api/method/frappe.desk.reportview.get_list": {"fields": lambda text: [text], "order_by": str},
	"/api/method/frappe.desk.reportview.get_count": {"filters": lambda text: [[NOTE, text, "=", 1]]},
	"/api/method/frappe.client.get_count": {"filters": lambda text: {text: 1}},
	"/api/method/frappe.client.get_value": {
		"fieldname": lambda text: [text],
		"filters": lambda text: {text: 1},
	},
	"/api/method/frappe.desk.search.search_link": {
		"searchfield": str,
		"filters": lambda text: {text: 1},
	},
	f"/api/v2/document/{quote(NOTE)}": {
		"fields": lambda text: [text],
		"filters": lambda text: {text: 1},
		"order_by": str,
	},
}


@pytest.mark.parametrize(
	("door", "argument"), [(door, argument) for door, known in DOORS.items() for argument in known]
)
@pytest.mark.parametrize("text", INJECTIONS)
def test_injections_through_every_door_are_refused(
	manager: Client, door: str, argument: str, text: str
) -> None:
	fixed = {"doctype": NOTE, "fields": ["name"], "filters": {}, "txt": "", "fieldname": "title"}
	refused(manager.get(door, query={**fixed, argument: DOORS[door][argument](text)}))


@pytest.mark.parametrize("text", [*INJECTIONS, "nope", "ключ", "a" * 500, "<script>", "%00", "\r\nX: y"])
def test_a_name_that_nothing_has_is_not_found(manager: Client, text: str) -> None:
	for path in (f"{PATH}/{quote(text, safe='')}", f"/api/v2/document/{quote(NOTE)}/{quote(text, safe='')}"):
		for answer in (manager.get(path), manager.put(path, json={"title": "x"}), manager.delete(path)):
			assert answer.status in (403, 404, 405), f"{answer.status}: {answer.text[:300]}"
			refused(answer)


@pytest.mark.parametrize(
	"values",
	[
		{"title": None},
		{"title": ["a"]},
		{"title": {"a": 1}},
		{"qty": "many"},
		{"qty": 10**30},
		{"day": "2026-13-45"},
		{"docstatus": 7},
		{"docstatus": 2},
		{"modified": "2001-01-01 00:00:00"},
		{"doctype": "User"},
		{"name": "another"},
	],
	ids=repr,
)
def test_wrong_changes_write_nothing(manager: Client, note: str, values: dict[str, Any]) -> None:
	before = manager.get(f"{PATH}/{note}").data
	answer = manager.put(f"{PATH}/{note}", json=values)
	after = manager.get(f"{PATH}/{note}").data
	# As on Frappe: the address names the document, and text that is no number counts as none.
	unheeded = {"doctype", "name"} & values.keys() or values.get("qty") == "many"
	assert 400 <= answer.status < 500 or unheeded, f"{answer.status}: {answer.text[:300]}"
	stamps = {"modified": "", "modified_by": ""}
	assert {**after, **stamps} == {**before, **stamps}
	if answer.status >= 400:
		refused(answer)


@pytest.mark.parametrize(
	"headers",
	[
		{"Content-Type": "application/json; charset=utf-16"},
		{"Content-Type": "application/xml"},
		{"Content-Type": "multipart/form-data"},
		{"Content-Type": "multipart/form-data; boundary=x"},
		{"Content-Encoding": "gzip"},
		{"Authorization": "token"},
		{"Authorization": "token a:b"},
		{"Authorization": "Basic !!!"},
		{"Authorization": "Bearer x"},
		{"X-Frappe-Site-Name": "../other"},
		{"Cookie": "sid=\x00; sid=' or 1=1 --"},
	],
	ids=repr,
)
def test_odd_headers_do_no_harm(guest: Client, manager: Client, headers: dict[str, str]) -> None:
	before = count(manager)
	answer = guest.post(PATH, raw=b"\xff\xfe{", headers=headers)
	assert 400 <= answer.status < 500, f"{answer.status}: {answer.text[:300]}"
	assert "Traceback" not in answer.text
	assert count(manager) == before


def test_too_many_parts_of_a_form_are_refused(manager: Client) -> None:
	before = count(manager)
	answer = manager.post(PATH, form={f"field{number}": "x" for number in range(5000)}, files={})
	assert 400 <= answer.status < 500, f"{answer.status}: {answer.text[:300]}"
	assert count(manager) == before


@pytest.mark.parametrize("number", [2_000, 50_000])
def test_too_many_filters_are_refused(manager: Client, number: int) -> None:
	filters = [[NOTE, "title", "=", "x"]] * number
	values = {"doctype": NOTE, "filters": filters, "fields": ["name"]}
	refused(manager.post("/api/method/frappe.client.get_list", json=values))


def test_unknown_methods_and_arguments_are_refused(manager: Client) -> None:
	refused(manager.get("/api/method/frappe.nothing.here"))
	refused(manager.get("/api/method/os.system"))
	refused(manager.get("/api/method/frappe.client.get_value", query={"doctype": NOTE}))
	refused(manager.post("/api/method/frappe.db.sql", form={"query": "select 1"}))


def test_writing_by_get_is_refused(manager: Client) -> None:
	before = count(manager)
	document = {"doctype": NOTE, "title": "by get"}
	refused(manager.get("/api/method/frappe.client.insert", query={"doc": document}))
	assert count(manager) == before


def with_token(sign_in: Callable[..., Client]) -> Client:
	"""A user whose session has a CSRF token, as after opening the desk."""
	client = sign_in("System Manager")
	client.get("/api/method/frappe.boot.get_boot").expect(200)
	return client


def test_a_foreign_csrf_token_is_refused(sign_in: Callable[..., Client], note: str) -> None:
	mine, other = with_token(sign_in), with_token(sign_in)
	foreign = other.get("/api/method/frappe.boot.get_boot").data["csrf_token"]
	own = mine.get("/api/method/frappe.boot.get_boot").data["csrf_token"]
	before = count(mine)
	for headers in ({}, {"X-Frappe-CSRF-Token": foreign}, {"X-Frappe-CSRF-Token": "x"}):
		answer = mine.post(PATH, json={"title": "forged"}, headers=headers)
		assert answer.status == 400
		refused(answer)
	assert count(mine) == before
	name = (
		mine.post(PATH, json={"title": "meant"}, headers={"X-Frappe-CSRF-Token": own})
		.expect(200)
		.data["name"]
	)
	mine.delete(f"{PATH}/{name}", headers={"X-Frappe-CSRF-Token": own}).expect(202)


def test_an_expired_or_invented_session_is_a_guest(guest: Client, note: str) -> None:
	guest.cookies["sid"] = "0" * 56
	answer = guest.post(PATH, json={"title": "x"})
	assert answer.status == 403
	assert answer.json["session_expired"] == 1


def test_a_session_expires(sign_in: Callable[..., Client], plain_site: PlainSite) -> None:
	client = sign_in("System Manager")
	client.get("/api/method/frappe.auth.get_logged_user").expect(200)
	with plain_site.connected() as db:
		db.sql(
			"update `tabSessions` set `lastupdate` = '2001-01-01 00:00:00' where `sid` = %s",
			client.cookies["sid"],
		)
		db.commit()
	before = client.cookies["sid"]
	answer = client.post(PATH, json={"title": "late"})
	assert answer.status == 403 and answer.json["session_expired"] == 1
	client.cookies = {"sid": before}
	assert client.get("/api/method/frappe.auth.get_logged_user").status == 403


def test_a_session_ends_with_logout(sign_in: Callable[..., Client]) -> None:
	client = sign_in("System Manager")
	sid = client.cookies["sid"]
	client.post("/api/method/logout").expect(200)
	client.cookies = {"sid": sid}
	assert client.get("/api/method/frappe.auth.get_logged_user").status == 403


@pytest.mark.parametrize(
	"path",
	[
		"/private/files/../../site_config.json",
		"/private/files/%2e%2e/%2e%2e/site_config.json",
		"/files/../../site_config.json",
		"/files/..%2f..%2fsite_config.json",
		"/assets/frappe/../hooks.py",
		"/assets/frappe/%2e%2e/hooks.py",
		"/assets/../frappe/hooks.py",
		"/../sites/common_site_config.json",
	],
)
def test_paths_do_not_leave_their_folder(manager: Client, path: str) -> None:
	answer = manager.get(path)
	assert answer.status in (403, 404)
	assert "db_name" not in answer.text and "app_name" not in answer.text


def test_an_upload_cannot_choose_its_folder(manager: Client) -> None:
	answer = manager.post(
		"/api/method/upload_file", files={"file": ("../../../evil.txt", b"x")}, form={"is_private": "1"}
	)
	assert answer.expect(200).data["file_url"] == "/private/files/evil.txt"


def test_a_file_cannot_borrow_a_private_address(manager: Client, sign_in: Callable[..., Client]) -> None:
	url = manager.post(
		"/api/method/upload_file", files={"file": ("mine.txt", b"only mine")}, form={"is_private": "1"}
	).data["file_url"]
	thief = sign_in("System Manager")
	answer = thief.post("/api/resource/File", json={"file_url": url, "file_name": "mine.txt"})
	refused(answer)
	assert thief.get(url).status == 403
	assert "only mine" not in thief.get(url).text


def test_another_spelling_of_a_doctype_is_unknown(manager: Client) -> None:
	refused(manager.get(f"/api/resource/{quote(NOTE.lower())}"))
