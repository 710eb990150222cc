import frappe
import pytest
from frappe.model.meta import get_meta, is_single, is_table

from tests.runtime.model.builders import field


def custom_field(doctype, fieldname, **values):
	return frappe.get_doc(
		{
			"doctype": "Custom Field",
			"dt": doctype,
			"fieldname": fieldname,
			"label": fieldname.title(),
			**values,
		}
	).insert()


def setter(doctype, fieldname, prop, value, property_type="Data"):
	return frappe.get_doc(
		{
			"doctype": "Property Setter",
			"doctype_or_field": "DocField",
			"doc_type": doctype,
			"field_name": fieldname,
			"property": prop,
			"value": value,
			"property_type": property_type,
		}
	).insert()


@pytest.fixture
def thing(make_doctype):
	return make_doctype([field("title"), field("colour", "Select", options="Red\nBlue")])


def test_the_same_meta_for_everybody_until_it_changes(thing):
	first = get_meta(thing)
	assert get_meta(thing) is first
	custom_field(thing, "extra", fieldtype="Data", insert_after="title")
	assert get_meta(thing) is not first


def test_custom_fields_and_setters_lie_over_the_standard(thing):
	custom_field(thing, "extra", fieldtype="Data", insert_after="title", default="d")
	custom_field(thing, "first", fieldtype="Int")
	setter(thing, "title", "reqd", "1", "Check")
	setter(thing, "title", "label", "Headline")
	meta = get_meta(thing)
	assert [df.fieldname for df in meta.fields] == ["first", "title", "extra", "colour"]
	assert [df.idx for df in meta.fields] == [1, 2, 3, 4]
	assert meta.get_field("title").reqd == 1
	assert meta.get_label("title") == "Headline"
	assert meta.get_field("extra").is_custom_field
	assert frappe.get_doc({"doctype": thing, "name": "a", "title": "t"}).insert().extra == "d"
	with pytest.raises(frappe.MandatoryError):
		frappe.get_doc({"doctype": thing, "name": "b"}).insert()


def test_questions_about_fields(thing):
	meta = get_meta(thing)
	assert meta.has_field("title")
	assert not meta.has_field("name")
	assert meta.has_column("name")
	assert meta.get_field("nope") is None
	assert meta.get_label("nope") == "No Label"
	assert meta.get_options("colour") == "Red\nBlue"
	assert meta.get_title_field() == "title"
	assert meta.get_search_fields() == ["name"]
	assert meta.get_valid_columns()[:2] == ["name", "owner"]
	assert [df.fieldname for df in meta.get("fields", {"fieldtype": "Select"})] == ["colour"]
	assert meta.get("fields", {"fieldtype": ("in", ["Select"]), "reqd": 0})[0].fieldname == "colour"
	assert not meta.is_nested_set()


def test_user_meta_knows_tables_and_links(db):
	meta = get_meta("User")
	assert meta.get_table_field_doctype("roles") == "Has Role"
	assert "roles" in {df.fieldname for df in meta.get_table_fields()}
	assert is_single("System Settings")
	assert is_table("Has Role")
	assert "User" in get_meta("Has Role").get_parent_doctypes()


def test_an_unknown_doctype_is_not_found(db):
	with pytest.raises(frappe.DoesNotExistError):
		get_meta("No Such Thing")


def test_meta_as_a_dict_has_rows_as_dicts(thing):
	values = get_meta(thing).as_dict(no_nulls=True)
	assert values["doctype"] == "DocType"
	assert values["fields"][0]["fieldname"] == "title"
	assert None not in values["fields"][0].values()
	assert not any(key.startswith("_") for key in values)
