import frappe
import pytest
from frappe.model.naming import append_number_if_name_exists, make_autoname, validate_name

from tests.runtime.model.builders import field


def insert(doctype, **values):
	return frappe.get_doc({"doctype": doctype, **values}).insert().name


def test_by_field(make_doctype):
	doctype = make_doctype([field("code")], autoname="field:code")
	assert insert(doctype, code=" two words ") == "two words"
	with pytest.raises(frappe.ValidationError):
		insert(doctype, code=" ")


def test_by_format_each_text_counts_for_itself(make_doctype):
	doctype = make_doctype([field("kind")], autoname="format:FM-{kind}-{###}")
	assert [insert(doctype, kind=kind) for kind in ("a", "a", "b")] == ["FM-a-001", "FM-a-002", "FM-b-001"]
	assert insert(doctype) == "FM--001"


def test_by_naming_series(make_doctype):
	series = field("naming_series", "Select", options="SA-.YYYY.-.####\nSB-.##", default="SA-.YYYY.-.####")
	doctype = make_doctype([series, field("title")], autoname="naming_series:")
	year = frappe.utils.nowdate()[:4]
	assert insert(doctype) == f"SA-{year}-0001"
	assert insert(doctype, naming_series="SB-.##") == "SB-01"
	assert insert(doctype, naming_series="Other-.##") == "Other-01"


def test_by_series_and_expression(make_doctype):
	doctype = make_doctype([field("kind")], autoname="EXP-.{kind}.-.##")
	assert insert(doctype, kind="x") == "EXP-x-01"
	plain = make_doctype([field("kind")], autoname="PLN.###")
	assert [insert(plain), insert(plain)] == ["PLN001", "PLN002"]


def test_by_number_of_the_database(make_doctype):
	doctype = make_doctype([field("title")], autoname="autoincrement")
	assert [insert(doctype), insert(doctype, name=77)] == [1, 2]
	assert frappe.get_doc(doctype, "1").name == 1


def test_at_random(make_doctype):
	doctype = make_doctype([field("title")], autoname="hash")
	name = insert(doctype, name="mine")
	assert name != "mine"
	assert len(name) == 10


def test_by_hand(make_doctype):
	doctype = make_doctype([field("title")], autoname="prompt")
	assert insert(doctype, name="by hand") == "by hand"
	assert insert(doctype, __newname="new name") == "new name"
	with pytest.raises(frappe.ValidationError):
		insert(doctype)
	doc = frappe.get_doc({"doctype": doctype}).insert(set_name="told")
	assert doc.name == "told"


@pytest.mark.parametrize("name", ["", "  ", None])
def test_an_empty_name_is_refused(db, name):
	with pytest.raises(frappe.ValidationError):
		validate_name("ToDo", name)


@pytest.mark.parametrize("name", ["New ToDo 1", "<b>", "ToDo", 5])
def test_some_names_are_refused(db, name):
	with pytest.raises(frappe.NameError):
		validate_name("ToDo", name)


def test_the_next_free_number(make_doctype):
	doctype = make_doctype([field("title")])
	assert append_number_if_name_exists(doctype, "a") == "a"
	for name in ("a", "a-1", "a-7", "a-x"):
		insert(doctype, name=name)
	assert append_number_if_name_exists(doctype, "a") == "a-8"


def test_the_last_number_is_given_back(make_doctype):
	doctype = make_doctype([field("title")], autoname="BCK-.###")
	assert [insert(doctype), insert(doctype)] == ["BCK-001", "BCK-002"]
	frappe.delete_doc(doctype, "BCK-001")
	assert insert(doctype) == "BCK-003"
	frappe.delete_doc(doctype, "BCK-003")
	assert insert(doctype) == "BCK-003"


def test_two_random_names_differ(db):
	assert make_autoname("hash") != make_autoname("")
