import frappe
import pytest

from tests.runtime.model.builders import field


@pytest.fixture
def thing(make_doctype):
	line = make_doctype([field("item")], istable=1)
	return make_doctype(
		[
			field("title"),
			field("once", set_only_once=1),
			field("day", "Date"),
			field("fixed", "Table", options=line, set_only_once=1),
		],
		track_changes=1,
	)


def test_changed_values_are_known_during_a_save(thing):
	doc = frappe.get_doc({"doctype": thing, "name": "a", "title": "x", "day": "2024-01-02"})
	assert doc.has_value_changed("title")
	doc.insert()
	doc = frappe.get_doc(thing, "a")
	doc.title = "y"
	doc.day = "2024-01-02"
	doc.save()
	assert doc.has_value_changed("title")
	assert not doc.has_value_changed("day")
	assert doc.get_value_before_save("title") == "x"


@pytest.mark.parametrize(
	("fieldname", "value"), [("once", "second"), ("creation", "2001-01-01 00:00:00"), ("owner", "Guest")]
)
def test_constants_stay(thing, fieldname, value):
	doc = frappe.get_doc({"doctype": thing, "name": "a", "once": "first"}).insert()
	doc.set(fieldname, value)
	with pytest.raises(frappe.CannotChangeConstantError):
		doc.save()


def test_rows_of_a_constant_table_stay(thing):
	doc = frappe.get_doc({"doctype": thing, "name": "a", "fixed": [{"item": "x"}]}).insert()
	doc.save()
	doc.fixed[0].item = "y"
	with pytest.raises(frappe.CannotChangeConstantError):
		doc.save()


def test_a_version_keeps_what_changed(thing):
	doc = frappe.get_doc({"doctype": thing, "name": "a", "title": "x"}).insert()
	doc.title = "y"
	doc.save(ignore_version=False)
	data = frappe.get_all("Version", filters={"ref_doctype": thing, "docname": "a"}, pluck="data")
	assert len(data) == 1
	assert ["title", "x", "y"] in frappe.parse_json(data[0])["changed"]


def test_db_set_writes_at_once_and_keeps_the_document_savable(thing):
	doc = frappe.get_doc({"doctype": thing, "name": "a"}).insert()
	doc.db_set({"title": "direct", "day": "2024-05-06"})
	assert frappe.db.get_value(thing, "a", "title") == "direct"
	doc.title = "saved"
	doc.save()
	before = frappe.db.get_value(thing, "a", "modified")
	doc.db_set("title", "quiet", update_modified=False)
	assert frappe.db.get_value(thing, "a", "modified") == before


def test_only_cancelled_documents_are_amended(make_doctype):
	bill = make_doctype(
		[field("title"), field("amended_from", "Link", options="DocType")],
		is_submittable=1,
		name="Tm Amended Bill",
	)
	frappe.db.set_value("DocField", {"parent": bill, "fieldname": "amended_from"}, "options", bill)
	frappe.clear_cache(doctype=bill)
	doc = frappe.get_doc({"doctype": bill, "name": "b1", "docstatus": 1}).insert()
	with pytest.raises(frappe.ValidationError, match="cannot be amended"):
		frappe.get_doc({"doctype": bill, "amended_from": "b1"}).insert()
	doc.cancel()
	first = frappe.get_doc(
		{"doctype": bill, "amended_from": "b1", "name": "ignored", "docstatus": 1}
	).insert()
	assert first.name == "b1-1"
	first.cancel()
	assert frappe.get_doc({"doctype": bill, "amended_from": "b1-1"}).insert().name == "b1-2"
