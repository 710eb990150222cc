"""Rules for DocTypes, as the desk's users meet them."""

import frappe
import pytest
from frappe.core.doctype.doctype.errors import (
	CannotCreateStandardDoctypeError,
	CannotIndexedError,
	DoctypeLinkError,
	HiddenAndMandatoryWithoutDefaultError,
	IllegalMandatoryError,
	NonUniqueError,
	UniqueFieldnameError,
	WrongOptionsDoctypeLinkError,
)


def make(name="Tx Thing", fields=(), insert=True, **values):
	doc = frappe.get_doc(
		{
			"doctype": "DocType",
			"name": name,
			"module": "Custom",
			"custom": 1,
			"autoname": "prompt",
			"fields": list(fields) or [{"fieldname": "title", "label": "Title", "fieldtype": "Data"}],
			"permissions": [{"role": "System Manager", "read": 1}],
			**values,
		}
	)
	return doc.insert() if insert else doc


def test_saving_a_doctype_makes_a_table_that_documents_go_into(db):
	make(fields=[{"fieldname": "title", "fieldtype": "Data"}, {"fieldname": "number", "fieldtype": "Int"}])
	frappe.get_doc({"doctype": "Tx Thing", "name": "one", "title": "T", "number": "7"}).insert()
	assert db.get_value("Tx Thing", "one", ["title", "number"]) == ("T", 7)


def test_a_field_added_later_keeps_the_rows(db):
	doc = make()
	frappe.get_doc({"doctype": "Tx Thing", "name": "one", "title": "T"}).insert()
	doc.append("fields", {"fieldname": "more", "fieldtype": "Data", "default": "x"})
	doc.save()
	assert db.get_value("Tx Thing", "one", "title") == "T"
	assert db.has_column("Tx Thing", "more")


def test_a_removed_field_leaves_its_values(db):
	doc = make(fields=[{"fieldname": "a", "fieldtype": "Data"}, {"fieldname": "b", "fieldtype": "Data"}])
	frappe.get_doc({"doctype": "Tx Thing", "name": "one", "a": "A", "b": "B"}).insert()
	doc.fields = doc.fields[:1]
	doc.save()
	assert not frappe.get_meta("Tx Thing").has_field("b")
	assert db.sql("select `b` from `tabTx Thing`") == (("B",),)


def test_rights_left_out_of_a_posted_row_are_given_as_frappe_does(db):
	row = make().permissions[0]
	assert [row.write, row.create, row.delete, row.report, row.export, row.share] == [1] * 6
	assert [row.submit, row.cancel, row.amend, row.get("import"), row.select, row.if_owner] == [0] * 6


def test_a_role_that_does_not_exist_is_refused(db):
	with pytest.raises(frappe.LinkValidationError):
		make(permissions=[{"role": "Tx Keeper", "read": 1}])


def test_a_label_gives_the_fieldname(db):
	doc = make(
		fields=[
			{"label": "Due On", "fieldtype": "Date"},
			{"fieldtype": "Section Break"},
			{"label": "Name", "fieldtype": "Data"},
		]
	)
	assert doc.fields[0].fieldname == "due_on"
	assert doc.fields[1].fieldname.startswith("section_break_")
	assert doc.fields[2].fieldname == "name1"


def test_a_submittable_doctype_can_be_amended(db):
	doc = make(is_submittable=1)
	assert [f.options for f in doc.fields if f.fieldname == "amended_from"] == ["Tx Thing"]


def test_a_field_that_names_documents_is_unique(db):
	doc = make(autoname="field:title")
	assert doc.fields[0].unique == 1


def test_a_single_has_values_and_no_table(db):
	make(issingle=1, autoname=None)
	single = frappe.get_doc("Tx Thing")
	single.title = "x"
	single.save()
	assert db.get_single_value("Tx Thing", "title") == "x"
	assert not db.table_exists("Tx Thing")


def test_a_child_table_has_no_rights_of_its_own(db):
	assert make(istable=1, autoname=None).permissions == []


@pytest.mark.parametrize(
	("fields", "error"),
	[
		([{"fieldname": "a", "fieldtype": "Data"}] * 2, UniqueFieldnameError),
		([{"fieldname": "a-b", "fieldtype": "Data"}], frappe.InvalidColumnName),
		([{"fieldname": "a", "fieldtype": "Link"}], DoctypeLinkError),
		([{"fieldname": "a", "fieldtype": "Link", "options": "No Such"}], WrongOptionsDoctypeLinkError),
		([{"fieldname": "a", "fieldtype": "Section Break", "reqd": 1}], IllegalMandatoryError),
		(
			[{"fieldname": "a", "fieldtype": "Data", "reqd": 1, "hidden": 1}],
			HiddenAndMandatoryWithoutDefaultError,
		),
		([{"fieldname": "a", "fieldtype": "Text", "search_index": 1}], CannotIndexedError),
		([{"fieldname": "a", "fieldtype": "Text", "unique": 1}], NonUniqueError),
		([{"fieldname": "a", "fieldtype": "Check", "default": "yes"}], frappe.ValidationError),
		(
			[{"fieldname": "a", "fieldtype": "Select", "options": "x\ny", "default": "z"}],
			frappe.ValidationError,
		),
		([{"fieldname": "insert", "fieldtype": "Data"}], frappe.ValidationError),
	],
)
def test_wrong_fields_are_refused_and_nothing_is_stored(db, fields, error):
	with pytest.raises(error):
		make(fields=fields)
	assert not db.table_exists("Tx Thing")


@pytest.mark.parametrize(
	"values",
	[
		{"autoname": "field:nope"},
		{"title_field": "nope"},
		{"search_fields": "title, nope"},
		{"image_field": "title"},
		{"timeline_field": "title"},
		{"sort_field": "nope"},
		{"permissions": [{"role": "System Manager", "permlevel": 1, "read": 1}]},
		{"permissions": [{"role": "System Manager", "read": 1}, {"role": "System Manager", "read": 1}]},
		{"permissions": [{"role": "System Manager", "read": 1, "submit": 1}]},
		{"permissions": [{"role": "System Manager", "read": 1, "import": 1}]},
	],
)
def test_wrong_properties_are_refused(db, values):
	with pytest.raises(frappe.ValidationError):
		make(**values)


@pytest.mark.parametrize("name", ["1 Thing", "Thing!", "事件", "x" * 62])
def test_names_that_are_no_names_of_tables_are_refused(db, name):
	with pytest.raises(frappe.NameError):
		make(name)


def test_two_doctypes_cannot_share_a_series(db):
	make(autoname="TX-.#####")
	with pytest.raises(frappe.ValidationError, match="TX-"):
		make("Tx Other", autoname="TX-.#####")


def test_numbers_as_names_need_an_empty_table(db):
	doc = make()
	frappe.get_doc({"doctype": "Tx Thing", "name": "one"}).insert()
	doc.autoname = "autoincrement"
	with pytest.raises(frappe.ValidationError):
		doc.save()


def test_a_standard_doctype_is_refused_outside_developer_mode(db):
	frappe.flags.in_test = False
	with pytest.raises(CannotCreateStandardDoctypeError):
		make(custom=0)


def test_a_user_without_the_right_cannot_make_a_doctype(db, make_user, as_user):
	user = make_user("Desk User")
	with as_user(user), pytest.raises(frappe.PermissionError):
		make()


def test_a_system_manager_cannot_open_a_doctype_to_everybody(db, make_user, as_user):
	user = make_user("System Manager")
	with as_user(user), pytest.raises(frappe.ValidationError):
		make(permissions=[{"role": "All", "read": 1}])


def test_deleting_a_doctype_takes_its_customisations_along(db):
	make()
	frappe.get_doc({"doctype": "Custom Field", "dt": "Tx Thing", "label": "X", "fieldtype": "Data"}).insert()
	frappe.delete_doc("DocType", "Tx Thing")
	assert not db.exists("DocType", "Tx Thing")
	assert not db.exists("Custom Field", {"dt": "Tx Thing"})


def test_a_renamed_doctype_keeps_its_documents(db):
	make()
	frappe.get_doc({"doctype": "Tx Thing", "name": "one", "title": "T"}).insert()
	frappe.rename_doc("DocType", "Tx Thing", "Tx Renamed")
	assert db.get_value("Tx Renamed", "one", "title") == "T"


def test_unique_is_refused_where_values_repeat(db):
	doc = make()
	for name in ("one", "two"):
		frappe.get_doc({"doctype": "Tx Thing", "name": name, "title": "same"}).insert()
	doc.fields[0].unique = 1
	with pytest.raises(NonUniqueError):
		doc.save()


def test_a_tree_gets_its_columns(db):
	doc = make(is_tree=1)
	names = {field.fieldname for field in doc.fields}
	assert {"lft", "rgt", "is_group", "old_parent", "parent_tx_thing"} <= names
	assert doc.nsm_parent_field == "parent_tx_thing"
