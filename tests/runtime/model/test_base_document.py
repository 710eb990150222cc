import frappe
import pytest

from tests.runtime.model.builders import field


@pytest.fixture
def order(make_doctype):
	line = make_doctype([field("item"), field("qty", "Int", default="1")], istable=1)
	return make_doctype([field("title"), field("price", "Float"), field("lines", "Table", options=line)])


def test_rows_know_their_parent_and_number(order):
	doc = frappe.new_doc(order)
	doc.append("lines", {"item": "a"})
	second = doc.append("lines", {"item": "b"})
	assert (second.idx, second.parentfield, second.parenttype) == (2, "lines", order)
	doc.append("lines", {"item": "first"}, position=0)
	assert [(row.item, row.idx) for row in doc.lines] == [("first", 1), ("a", 2), ("b", 3)]
	doc.remove(doc.lines[0])
	assert [(row.item, row.idx) for row in doc.lines] == [("a", 1), ("b", 2)]


@pytest.mark.parametrize("rows", ["abc", {"item": "x"}, 7, ["x"]])
def test_rows_must_be_a_list_of_objects(order, rows):
	with pytest.raises(frappe.ValidationError):
		frappe.get_doc({"doctype": order, "name": "x", "lines": rows})


def test_numbers_are_cast_and_unknown_names_left_out(order):
	doc = frappe.get_doc({"doctype": order, "title": 12345, "price": "2.5", "no_such_field": 1})
	values = doc.as_dict()
	assert values["title"] == 12345
	assert values["price"] == 2.5
	assert "no_such_field" not in values
	assert values["lines"] == []


def test_posted_values_cannot_replace_methods_or_inner_state(db):
	posted = {"validate": 1, "check_permission": "no", "flags": {"ignore_permissions": 1}, "_action": "x"}
	doc = frappe.get_doc({"doctype": "ToDo", "description": "x", **posted})
	assert callable(doc.check_permission)
	assert callable(doc.validate)
	assert doc.flags == {}
	assert "_action" not in doc.__dict__


def test_get_filters_rows_and_gives_defaults(order):
	doc = frappe.get_doc({"doctype": order, "lines": [{"item": "a", "qty": 2}, {"item": "b", "qty": 5}]})
	assert [row.item for row in doc.get("lines", {"qty": (">", 3)})] == ["b"]
	assert doc.getone("lines", {"item": "a"}).qty == 2
	assert doc.get("absent", "fallback") == "fallback"
	assert len(doc.get("lines", limit=1)) == 1


def test_as_dict_leaves_out_what_is_not_wanted(order):
	doc = frappe.get_doc({"doctype": order, "name": "o", "lines": [{"item": "a"}]}).insert()
	plain = doc.as_dict(no_default_fields=True, no_child_table_fields=True, no_nulls=True)
	assert "name" not in plain
	assert "title" not in plain
	assert "parent" not in plain["lines"][0]


def test_a_taken_name_is_a_duplicate(order):
	frappe.get_doc({"doctype": order, "name": "one"}).insert()
	with pytest.raises(frappe.DuplicateEntryError):
		frappe.get_doc({"doctype": order, "name": "one"}).insert()
	again = frappe.get_doc({"doctype": order, "name": "one"}).insert(ignore_if_duplicate=True)
	assert again.name == "one"
	assert frappe.db.count(order) == 1


def test_a_unique_value_is_named_in_the_message(make_doctype):
	doctype = make_doctype([field("tax_id", unique=1)])
	frappe.get_doc({"doctype": doctype, "name": "a", "tax_id": "U1"}).insert()
	with pytest.raises(frappe.UniqueValidationError):
		frappe.get_doc({"doctype": doctype, "name": "b", "tax_id": "U1"}).insert()
	assert "Tax Id" in frappe.get_message_log()[-1].message
	for name in ("c", "d"):
		frappe.get_doc({"doctype": doctype, "name": name, "tax_id": ""}).insert()
	assert frappe.db.get_value(doctype, "d", "tax_id") is None


def test_virtual_fields_are_computed(make_doctype):
	doctype = make_doctype([field("title"), field("loud", is_virtual=1, options="doc.title + '!'")])
	doc = frappe.get_doc({"doctype": doctype, "name": "v", "title": "T"}).insert()
	assert doc.as_dict()["loud"] == "T!"
	assert "loud" not in frappe.db.get_table_columns(doctype)
