"""Files: where they lie, who may see them, what happens to them with their document."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import frappe
import pytest
from frappe.core.doctype.file import storage

As = Callable[[str], AbstractContextManager[None]]


def make_file(**values: Any) -> Any:
	return frappe.get_doc({"doctype": "File", "file_name": "note.txt", "content": "hello", **values}).insert()


def test_a_file_is_private_unless_asked_otherwise(db: Any) -> None:
	file = make_file(content="by default", is_private=None)
	assert file.is_private and file.file_url.startswith("/private/files/")
	assert file.get_content() == "by default"


def test_an_attachment_stays_private_whatever_is_asked(db: Any) -> None:
	todo = frappe.get_doc(doctype="ToDo", description="x").insert()
	file = make_file(content="attached", is_private=0, attached_to_doctype="ToDo", attached_to_name=todo.name)
	assert file.is_private


def test_equal_content_is_kept_once_and_removed_with_the_last_file(db: Any) -> None:
	first, second = make_file(content="twice"), make_file(content="twice", file_name="other.txt")
	assert first.file_url == second.file_url
	path = first.get_full_path()
	first.delete()
	assert os.path.exists(path)


def test_other_content_of_the_same_name_gets_another_address(db: Any) -> None:
	assert (
		make_file(content="one", file_name="same.txt").file_url
		!= make_file(content="two", file_name="same.txt").file_url
	)


def test_a_rollback_removes_the_content(db: Any) -> None:
	path = make_file(content="rolled back", file_name="gone.txt").get_full_path()
	assert os.path.exists(path)
	frappe.db.rollback()
	assert not os.path.exists(path)


def test_a_file_follows_its_document_not_who_uploaded_it(db: Any, make_user: Callable, as_user: As) -> None:
	user = make_user("Report Manager")
	todo = frappe.get_doc(doctype="ToDo", description="mine", allocated_to=user).insert()
	with as_user(user):
		file = make_file(content="on the task", attached_to_doctype="ToDo", attached_to_name=todo.name)
		assert file.has_permission("read")
	todo.db_set({"allocated_to": "Administrator"})
	with as_user(user):
		assert not frappe.get_doc("File", file.name).has_permission("read")
		assert file.name not in frappe.get_list("File", pluck="name", limit_page_length=0)


def test_a_field_that_shows_an_upload_attaches_it(db: Any, make_user: Callable, as_user: As) -> None:
	user = frappe.get_doc("User", make_user("System Manager"))
	file = make_file(content="picture", file_name="me.png")
	user.user_image = file.file_url
	user.save()
	file.reload()
	assert (file.attached_to_doctype, file.attached_to_name) == ("User", user.name)


@pytest.mark.parametrize("url", ["/private/files/../../site_config.json", "/files/../x", "/etc/passwd", "x"])
def test_addresses_outside_the_folders_are_refused(db: Any, url: str) -> None:
	with pytest.raises(frappe.ValidationError):
		storage.path_of(url)


@pytest.mark.parametrize(
	("given", "kept"),
	[("../../a.txt", "a.txt"), ("a\x00b.txt", "a_b.txt"), ("..", ""), ("名单.csv", "名单.csv")],
)
def test_names_are_safe(given: str, kept: str) -> None:
	assert storage.safe_name(given) == kept
