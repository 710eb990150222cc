import frappe
import pytest

from tests.runtime.model.builders import field, permission

RIGHTS = {"read": 1, "write": 1, "create": 1}


@pytest.fixture
def case(make_doctype):
	line = make_doctype([field("item"), field("price", "Float", permlevel=1)], istable=1)
	return make_doctype(
		[
			field("title"),
			field("salary", "Currency", permlevel=1),
			field("pay_note", permlevel=1, default="none"),
			field("lines", "Table", options=line),
		],
		permissions=[
			permission("System Manager", **RIGHTS),
			{**permission("Desk User", read=1), "permlevel": 1},
			permission("Desk User", **RIGHTS),
		],
	)


@pytest.fixture
def stored(case):
	lines = [{"item": "a", "price": 5}]
	return frappe.get_doc(
		{"doctype": case, "name": "c", "salary": 100, "pay_note": "p", "lines": lines}
	).insert()


def test_hidden_values_are_removed_for_readers(case, stored, make_user, as_user):
	with as_user(make_user("System Manager", roles=[{"role": "System Manager"}])):
		doc = frappe.get_doc(case, "c")
		doc.apply_fieldlevel_read_permissions()
		visible = [role for role in frappe.get_roles() if role == "Desk User"]
		assert doc.get("pay_note") == ("p" if visible else None)


def test_values_above_the_level_are_put_back(case, stored, make_user, as_user):
	with as_user(make_user("System Manager")):
		doc = frappe.get_doc(case, "c")
		doc.update({"title": "new", "salary": 1, "pay_note": "mine"})
		doc.lines[0].price = 99
		doc.save()
	kept = frappe.get_doc(case, "c")
	assert (kept.title, kept.salary, kept.pay_note) == ("new", 100, "p")
	assert kept.lines[0].price == 5


def test_a_new_document_gets_defaults_above_the_level(case, make_user, as_user):
	with as_user(make_user("System Manager")):
		doc = frappe.get_doc({"doctype": case, "name": "n", "salary": 5, "pay_note": "mine"}).insert()
	assert (doc.salary, doc.pay_note) == (0, "none")


def test_flags_and_administrator_pass(case, stored, make_user, as_user):
	with as_user(make_user("System Manager")):
		doc = frappe.get_doc(case, "c")
		doc.salary = 7
		doc.save(ignore_permissions=True)
	assert frappe.db.get_value(case, "c", "salary") == 7


def test_a_refusal_names_the_right(case, stored, make_user, as_user, monkeypatch):
	monkeypatch.setattr(frappe.local, "lang", "en")
	with as_user(make_user()), pytest.raises(frappe.PermissionError):
		frappe.get_doc(case, "c").check_permission("delete")
	assert "'delete'" in frappe.flags.error_message
