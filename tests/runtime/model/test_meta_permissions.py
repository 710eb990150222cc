import frappe
import pytest

from tests.runtime.model.builders import field, permission


@pytest.fixture
def case(make_doctype):
	return make_doctype(
		[field("title"), field("salary", "Currency", permlevel=1)],
		permissions=[
			permission("System Manager", read=1),
			permission("Desk User", read=1),
			{**permission("Desk User", read=1), "permlevel": 1},
		],
	)


def role(name):
	if not frappe.db.exists("Role", name):
		frappe.get_doc({"doctype": "Role", "role_name": name}).insert()
	return name


def test_fields_follow_the_levels_of_the_roles(make_doctype, make_user):
	upper = role("Tm Upper")
	case = make_doctype(
		[field("title"), field("salary", "Currency", permlevel=1)],
		permissions=[
			permission("System Manager", read=1),
			permission(upper, read=1),
			{**permission(upper, read=1), "permlevel": 1},
		],
	)
	meta = frappe.get_meta(case)
	plain, high = make_user("System Manager"), make_user(upper)
	assert meta.get_permitted_fieldnames(user=plain) == ["title"]
	assert meta.get_permitted_fieldnames(user=high) == ["title", "salary"]
	assert meta.get_permitted_fieldnames(user="Administrator") == ["title", "salary"]
	assert meta.hidden_fields(plain) == {"salary"}
	assert meta.hidden_fields(high) == frozenset()


def test_child_tables_ask_their_parent(make_doctype, make_user):
	line = make_doctype([field("item")], istable=1)
	parent = make_doctype([field("lines", "Table", options=line)])
	user = make_user("System Manager")
	assert frappe.get_meta(line).get_permitted_fieldnames(user=user) == []
	assert frappe.get_meta(line).get_permitted_fieldnames(parenttype=parent, user=user) == ["item"]
