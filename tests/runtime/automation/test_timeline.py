from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import frappe
import pytest
from frappe.desk.doctype.tag.tag import add_tag, get_documents_for_tag, remove_tag
from frappe.desk.form import assign_to
from frappe.desk.like import toggle_like

from tests.runtime.records import ensure

DOCTYPE = "Timeline Sample"


@pytest.fixture
def sample(db: Any) -> Any:
	ensure("Role", "Timeline Reader", role_name="Timeline Reader")
	ensure(
		"DocType",
		DOCTYPE,
		name=DOCTYPE,
		module="Custom",
		custom=1,
		autoname="prompt",
		fields=[{"fieldname": "title", "fieldtype": "Data", "label": "Title"}],
		permissions=[
			{"role": "System Manager", "read": 1, "write": 1, "create": 1, "share": 1},
			{
				"role": "Timeline Reader",
				**dict.fromkeys(("write", "create", "delete", "share", "email"), 0),
				"read": 1,
			},
		],
	)
	return frappe.get_doc(doctype=DOCTYPE, name="one", title="Li Ming").insert()


@pytest.fixture
def reader(sample: Any, make_user: Callable[..., str]) -> str:
	return make_user("Timeline Reader")


@pytest.fixture
def stranger(sample: Any, make_user: Callable[..., str]) -> str:
	ensure("Role", "Timeline Stranger", role_name="Timeline Stranger")
	return make_user("Timeline Stranger")


def column(name: str) -> Any:
	return frappe.db.get_value(DOCTYPE, "one", name)


def comments(kind: str) -> list[str]:
	return frappe.get_all("Comment", {"reference_name": "one", "comment_type": kind}, pluck="content")


# ---- comments
def test_a_comment_is_copied_into_the_row(sample: Any) -> None:
	comment = sample.add_comment("Comment", "<p>Hello</p>")
	(copy,) = json.loads(column("_comments"))
	assert copy == {"comment": "<p>Hello</p>", "by": "Administrator", "name": comment.name}
	frappe.delete_doc("Comment", comment.name)
	assert json.loads(column("_comments")) == []


def test_scripts_do_not_survive_in_comments(sample: Any) -> None:
	comment = sample.add_comment("Comment", "<p onclick='x()'>a</p><script>alert(1)</script>")
	assert "script" not in comment.content
	assert "onclick" not in comment.content


def test_only_readers_may_comment(sample: Any, reader: str, stranger: str, as_user: Any) -> None:
	values = {"doctype": "Comment", "reference_doctype": DOCTYPE, "reference_name": "one", "content": "x"}
	with as_user(reader):
		frappe.get_doc(values).insert()
	with as_user(stranger), pytest.raises(frappe.PermissionError):
		frappe.get_doc(values).insert()


def test_a_comment_cannot_be_moved_to_what_one_may_not_read(sample: Any, stranger: str, as_user: Any) -> None:
	with as_user(stranger):
		comment = frappe.get_doc(doctype="Comment", content="x").insert()
		comment.update({"reference_doctype": DOCTYPE, "reference_name": "one"})
		with pytest.raises(frappe.PermissionError):
			comment.save()


# ---- assignments
def test_only_readers_may_write_a_todo_about_a_document(
	sample: Any, reader: str, stranger: str, as_user: Any
) -> None:
	values = {"doctype": "ToDo", "description": "x", "reference_type": DOCTYPE, "reference_name": "one"}
	with as_user(reader):
		frappe.get_doc({**values, "allocated_to": reader}).insert()
	with as_user(stranger), pytest.raises(frappe.PermissionError):
		frappe.get_doc({**values, "allocated_to": stranger}).insert()


def assign(user: str, **values: Any) -> list[dict]:
	return assign_to.add({"doctype": DOCTYPE, "name": "one", "assign_to": [user], **values})


def test_an_assignment_is_a_todo_a_note_and_a_mark(sample: Any, reader: str) -> None:
	(entry,) = assign(reader, description="please", priority="High", date="2030-01-01")
	todo = frappe.get_doc("ToDo", entry["name"])
	assert (todo.allocated_to, todo.assigned_by, todo.priority, todo.status) == (
		reader,
		"Administrator",
		"High",
		"Open",
	)
	assert json.loads(column("_assign")) == [reader]
	assert len(comments("Assigned")) == 1
	assert frappe.db.exists("Notification Log", {"for_user": reader, "type": "Assignment"})


def test_a_second_assignment_to_the_same_user_is_told(sample: Any, reader: str) -> None:
	assign(reader)
	assert len(assign(reader)) == 1
	assert "Already" in frappe.get_message_log()[-1]["message"]


def test_who_may_not_read_it_gets_it_shared(sample: Any, stranger: str) -> None:
	assert not frappe.has_permission(DOCTYPE, "read", "one", user=stranger)
	assign(stranger)
	assert frappe.has_permission(DOCTYPE, "read", "one", user=stranger)


def test_where_sharing_is_off_nothing_is_assigned_to_those_who_may_not_read(
	sample: Any, stranger: str
) -> None:
	frappe.db.set_single_value("System Settings", "disable_document_sharing", 1)
	frappe.clear_cache()
	with pytest.raises(frappe.ValidationError):
		assign(stranger)


def test_only_readers_may_assign(sample: Any, reader: str, stranger: str, as_user: Any) -> None:
	with as_user(stranger), pytest.raises(frappe.PermissionError):
		assign(reader)


def test_a_removed_assignment_is_cancelled(sample: Any, reader: str) -> None:
	assign(reader)
	assert assign_to.remove(DOCTYPE, "one", reader) == []
	assert frappe.db.get_value("ToDo", {"allocated_to": reader}, "status") == "Cancelled"
	assert not column("_assign")
	assert len(comments("Assignment Completed")) == 1


def test_only_the_assignee_completes(sample: Any, reader: str, as_user: Any) -> None:
	assign(reader)
	with pytest.raises(frappe.ValidationError):
		assign_to.close(DOCTYPE, "one", reader)
	with as_user(reader):
		assert assign_to.close(DOCTYPE, "one", reader) == []


def test_todos_of_others_are_not_seen(sample: Any, reader: str, stranger: str, as_user: Any) -> None:
	(entry,) = assign(reader)
	with as_user(reader):
		assert frappe.get_list("ToDo", pluck="name") == [entry["name"]]
	with as_user(stranger):
		assert frappe.get_list("ToDo", pluck="name") == []
		assert not frappe.has_permission("ToDo", "read", entry["name"])


# ---- tags and likes
def test_tags_are_added_found_and_removed(sample: Any) -> None:
	assert add_tag("urgent", DOCTYPE, "one") == "urgent"
	assert column("_user_tags") == ",urgent"
	assert get_documents_for_tag("urgent") == [{"doctype": DOCTYPE, "name": "one", "content": "Li Ming"}]
	remove_tag("urgent", DOCTYPE, "one")
	assert column("_user_tags") == ""
	assert get_documents_for_tag("urgent") == []


def test_readers_may_not_tag_and_do_not_find_what_they_may_not_read(
	sample: Any, reader: str, stranger: str, as_user: Any
) -> None:
	add_tag("urgent", DOCTYPE, "one")
	with as_user(reader), pytest.raises(frappe.PermissionError):
		add_tag("other", DOCTYPE, "one")
	with as_user(stranger):
		assert get_documents_for_tag("urgent") == []


def test_a_like_is_given_and_taken_back(sample: Any, reader: str, as_user: Any) -> None:
	with as_user(reader):
		toggle_like(DOCTYPE, "one", "Yes")
		toggle_like(DOCTYPE, "one", "Yes")
		assert json.loads(column("_liked_by")) == [reader]
		assert len(comments("Like")) == 1
		toggle_like(DOCTYPE, "one", "No")
	assert json.loads(column("_liked_by")) == []
	assert comments("Like") == []


def test_only_readers_may_like(sample: Any, stranger: str, as_user: Any) -> None:
	with as_user(stranger), pytest.raises(frappe.PermissionError):
		toggle_like(DOCTYPE, "one", "Yes")
