import pytest
from frappe.model.meta_overlay import apply_overlay, cast_property, sort_fields


def standard(*names):
	return [{"fieldname": name} for name in names]


def custom(name, insert_after=None):
	return {"fieldname": name, "is_custom_field": 1, "insert_after": insert_after}


def names(fields):
	return [df["fieldname"] for df in fields]


@pytest.mark.parametrize(
	("fields", "order"),
	[
		([*standard("a", "b"), custom("x", "a")], ["a", "x", "b"]),
		([*standard("a", "b"), custom("x")], ["x", "a", "b"]),
		([*standard("a"), custom("y", "x"), custom("x", "a")], ["a", "x", "y"]),
		([*standard("a"), custom("x", "gone")], ["a", "x"]),
		([*standard("a"), custom("x", "y"), custom("y", "x")], ["a", "y", "x"]),
	],
)
def test_custom_fields_stand_after_the_one_they_name(fields, order):
	assert sorted(names(sort_fields(fields))) == sorted(order)
	if order != ["a", "y", "x"]:
		assert names(sort_fields(fields)) == order


def test_an_order_made_in_the_desk_wins_and_new_fields_follow_their_neighbour():
	fields = [*standard("a", "b", "new", "c"), custom("x", "a")]
	assert names(sort_fields(fields, ["c", "x", "b", "a"])) == ["c", "x", "b", "new", "a"]


def test_setters_change_the_doctype_its_fields_and_its_links():
	definition = {"fields": standard("a"), "links": [{"name": "l1", "hidden": 0}]}
	setters = [
		{"doctype_or_field": "DocType", "property": "title_field", "property_type": "Data", "value": "a"},
		{
			"doctype_or_field": "DocField",
			"field_name": "a",
			"property": "reqd",
			"property_type": "Check",
			"value": "1",
		},
		{
			"doctype_or_field": "DocType Link",
			"row_name": "l1",
			"property": "hidden",
			"property_type": "Check",
			"value": "1",
		},
	]
	apply_overlay(definition, [{"dt": "T", "fieldname": "x", "insert_after": None}], setters)
	assert definition["title_field"] == "a"
	assert names(definition["fields"]) == ["x", "a"]
	assert definition["fields"][1]["reqd"] == 1
	assert definition["links"][0]["hidden"] == 1


@pytest.mark.parametrize(
	("kind", "text", "value"), [("Check", "1", 1), ("Int", "5", 5), ("Data", "x", "x"), ("Text", None, None)]
)
def test_properties_have_the_type_of_docfield(kind, text, value):
	assert cast_property(kind, text) == value
