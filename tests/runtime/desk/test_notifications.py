from __future__ import annotations

import frappe
import pytest
from frappe.desk.notifications import get_open_count


def test_links_are_counted_as_the_reader_sees_them(db, monkeypatch):
	frappe.set_user("Administrator")
	role = frappe.get_doc({"doctype": "Role", "role_name": frappe.generate_hash(length=8)}).insert()
	for text in ("one", "two"):
		frappe.get_doc({"doctype": "ToDo", "description": text, "role": role.name}).insert()
	data = {"fieldname": "role", "transactions": [{"items": ["ToDo"]}]}
	monkeypatch.setattr(type(role.meta), "get_dashboard_data", lambda self: data)
	answer = get_open_count("Role", role.name)["count"]
	assert answer["external_links_found"] == [{"doctype": "ToDo", "open_count": 0, "count": 2}]
	assert answer["internal_links_found"] == []


def test_who_may_not_read_the_document_learns_no_number(db):
	frappe.set_user("Guest")
	try:
		with pytest.raises(frappe.PermissionError):
			get_open_count("Role", "System Manager")
	finally:
		frappe.set_user("Administrator")
