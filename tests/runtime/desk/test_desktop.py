"""What a workspace offers a user."""

import frappe
import pytest
from frappe.desk.desktop import get_desktop_page


@pytest.fixture
def workspace(db):
	shortcut = {"type": "DocType", "link_to": "ToDo"}
	return frappe.get_doc(
		{
			"doctype": "Workspace",
			"label": "Tx Desk",
			"title": "Tx Desk",
			"public": 1,
			"content": "[]",
			"shortcuts": [
				{**shortcut, "label": "Tx List", "doc_view": "List"},
				{**shortcut, "label": "Tx New", "doc_view": "New"},
			],
		}
	).insert()


def shortcuts(user):
	frappe.set_user(user)
	page = get_desktop_page(frappe.as_json({"name": "Tx Desk"}))
	return [row["label"] for row in page["shortcuts"]["items"]]


def test_a_new_form_is_offered_to_who_may_make_one(workspace, make_user):
	for role in ("Tx Reader", "Tx Writer"):
		frappe.get_doc({"doctype": "Role", "role_name": role, "desk_access": 1}).insert()
	reader, writer = make_user("Tx Reader"), make_user("Tx Writer")
	for role, rights in (("Tx Reader", {}), ("Tx Writer", {"create": 1, "write": 1})):
		frappe.get_doc(
			{"doctype": "Custom DocPerm", "parent": "ToDo", "role": role, "permlevel": 0, "read": 1, **rights}
		).insert()
	frappe.clear_cache(doctype="ToDo")
	assert shortcuts(reader) == ["Tx List"]
	assert shortcuts(writer) == ["Tx List", "Tx New"]
