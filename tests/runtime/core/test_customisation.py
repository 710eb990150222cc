"""Custom Field, Property Setter and Customize Form."""

import frappe
import pytest
from frappe.custom.doctype.custom_field.custom_field import (
	create_custom_field,
	create_custom_fields,
	rename_fieldname,
)
from frappe.custom.doctype.property_setter.property_setter import delete_property_setter, make_property_setter
from frappe.custom.field_types import is_change_allowed


def custom_field(**values):
	return frappe.get_doc({"doctype": "Custom Field", "dt": "ToDo", "fieldtype": "Data", **values}).insert()


def todo(**values):
	return frappe.get_doc({"doctype": "ToDo", "description": "d", **values}).insert()


def names(doctype="ToDo"):
	return [field.fieldname for field in frappe.get_meta(doctype).fields]


def test_a_custom_field_is_stored_with_documents(db):
	field = custom_field(label="Room", insert_after="description")
	assert field.fieldname == "custom_room" and field.name == "ToDo-custom_room"
	name = todo(custom_room="R1").name
	assert db.get_value("ToDo", name, "custom_room") == "R1"
	assert names().index("custom_room") == names().index("description") + 1


def test_a_default_fills_existing_rows(db):
	name = todo().name
	custom_field(label="Room", default="R0")
	assert db.get_value("ToDo", name, "custom_room") == "R0"


def test_a_chinese_label_makes_a_column(db):
	field = custom_field(label="风险 等级")
	assert field.fieldname == "custom_风险_等级"
	name = todo(**{field.fieldname: "高"}).name
	assert frappe.get_doc("ToDo", name).get(field.fieldname) == "高"


def test_a_removed_custom_field_leaves_its_values(db):
	field = custom_field(label="Room")
	todo(custom_room="R1")
	frappe.delete_doc("Custom Field", field.name)
	assert "custom_room" not in names()
	assert ("R1",) in db.sql("select `custom_room` from `tabToDo`")


@pytest.mark.parametrize(
	("values", "error"),
	[
		({"fieldname": "description", "label": "D"}, frappe.ValidationError),
		({"fieldname": "bad-name", "label": "D"}, frappe.InvalidColumnName),
		({"label": "L", "fieldtype": "Link"}, frappe.ValidationError),
		({"fieldname": "insert", "label": "I"}, frappe.ValidationError),
		({"dt": "DocType", "label": "X"}, frappe.ValidationError),
		({}, frappe.ValidationError),
	],
)
def test_wrong_custom_fields_are_refused(db, values, error):
	with pytest.raises(error):
		custom_field(**values)


def test_a_type_that_would_lose_values_is_refused(db):
	field = custom_field(label="Count", fieldtype="Int")
	field.fieldtype = "Date"
	with pytest.raises(frappe.ValidationError, match="Int"):
		field.save()


def test_only_those_who_may_customise_do(db, make_user, as_user):
	user = make_user("Desk User")
	with as_user(user), pytest.raises(frappe.PermissionError):
		custom_field(label="Room")


def test_apps_add_fields_to_several_doctypes_at_once_and_again(db):
	fields = {("ToDo", "Note"): [{"fieldname": "app_code", "label": "Code", "fieldtype": "Data"}]}
	fields = {("ToDo", "Tag"): fields[("ToDo", "Note")]}
	create_custom_fields(fields)
	create_custom_fields({"ToDo": {"fieldname": "app_code", "label": "New Label", "fieldtype": "Data"}})
	assert db.has_column("Tag", "app_code")
	assert frappe.get_meta("ToDo").get_field("app_code").label == "New Label"
	assert db.get_value("Custom Field", "ToDo-app_code", "is_system_generated") == 1


def test_create_custom_field_leaves_an_existing_one_alone(db):
	create_custom_field("ToDo", {"fieldname": "app_code", "label": "A", "fieldtype": "Data"})
	assert create_custom_field("ToDo", {"fieldname": "app_code", "label": "B"}) is None


def test_a_renamed_field_keeps_its_values(db):
	custom_field(label="Room")
	name = todo(custom_room="R1").name
	rename_fieldname("ToDo-custom_room", "custom_place")
	assert db.get_value("ToDo", name, "custom_place") == "R1"


def test_a_setter_changes_the_form_until_it_is_removed(db):
	make_property_setter("ToDo", "date", "reqd", 1, "Check")
	with pytest.raises(frappe.MandatoryError):
		todo()
	delete_property_setter("ToDo", "reqd", "date")
	frappe.clear_cache(doctype="ToDo")
	assert todo().name


def test_a_second_setter_replaces_the_first(db):
	make_property_setter("ToDo", "date", "label", "One", "Data")
	make_property_setter("ToDo", "date", "label", "Two", "Data")
	assert frappe.get_meta("ToDo").get_field("date").label == "Two"
	assert db.count("Property Setter", {"doc_type": "ToDo", "field_name": "date", "property": "label"}) == 1


def form(doctype="ToDo"):
	doc = frappe.get_doc("Customize Form")
	doc.doc_type = doctype
	doc.fetch_to_customize()
	return doc


def row(doc, fieldname):
	return next(field for field in doc.fields if field.fieldname == fieldname)


def test_customize_form_shows_the_doctype(db):
	doc = form()
	assert [field.fieldname for field in doc.fields] == names()


def test_customize_form_stores_changes_and_resets_them(db):
	doc = form()
	row(doc, "date").label = "When"
	doc.append("fields", {"label": "Room", "fieldtype": "Data"})
	doc.search_fields = "description, status"
	doc.save_customization()
	meta = frappe.get_meta("ToDo")
	assert meta.get_field("date").label == "When"
	assert meta.has_field("custom_room") and db.has_column("ToDo", "custom_room")
	assert meta.search_fields == "description, status"
	doc.reset_to_defaults()
	meta = frappe.get_meta("ToDo")
	assert meta.get_field("date").label != "When" and not meta.has_field("custom_room")


def test_customize_form_keeps_the_order_of_fields(db):
	doc = form()
	doc.fields.sort(key=lambda field: field.fieldname != "date")
	for idx, field in enumerate(doc.fields, start=1):
		field.idx = idx
	doc.save_customization()
	assert names()[0] == "date"


def test_customize_form_refuses_what_would_lose_values(db):
	doc = form()
	row(doc, "date").fieldtype = "Int"
	with pytest.raises(frappe.ValidationError):
		doc.save_customization()


def test_customize_form_does_not_make_a_mandatory_standard_field_optional(db):
	doc = form()
	row(doc, "description").reqd = 0
	doc.save_customization()
	assert frappe.get_meta("ToDo").get_field("description").reqd == 1


@pytest.mark.parametrize("doctype", ["DocType", "System Settings"])
def test_customize_form_refuses_doctypes_it_cannot_change(db, doctype):
	with pytest.raises(frappe.ValidationError):
		form(doctype)


def test_customize_form_is_for_system_managers(db, make_user, as_user):
	doc = form()
	with as_user(make_user("Desk User")), pytest.raises(frappe.PermissionError):
		doc.save_customization()


def test_customize_form_is_for_whoever_was_given_the_right(db, make_user, as_user):
	from frappe.permissions import add_permission, update_permission_property

	frappe.get_doc({"doctype": "Role", "role_name": "Form Designer"}).insert()
	add_permission("Customize Form", "Form Designer")
	update_permission_property("Customize Form", "Form Designer", 0, "write", 1)
	with as_user(make_user("Form Designer")):
		doc = form()
		row(doc, "date").label = "When"
		doc.save_customization()
	assert frappe.get_meta("ToDo").get_label("date") == "When"


@pytest.mark.parametrize(
	("old", "new", "allowed"),
	[("Data", "Select", True), ("Small Text", "Data", True), ("Int", "Date", False), ("Link", "Data", False)],
)
def test_which_types_may_change(old, new, allowed):
	assert is_change_allowed(old, new) is allowed
