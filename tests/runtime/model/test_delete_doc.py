import frappe
import pytest

from tests.runtime.model.builders import field, permission


@pytest.fixture
def source(make_doctype):
	doctype = make_doctype([field("title")])
	frappe.get_doc({"doctype": doctype, "name": "s"}).insert()
	return doctype


def test_links_protect_a_document(make_doctype, source):
	rule = make_doctype([field("src", "Link", options=source)])
	frappe.get_doc({"doctype": rule, "name": "r", "src": "s"}).insert()
	with pytest.raises(frappe.LinkExistsError):
		frappe.delete_doc(source, "s")
	assert frappe.db.exists(source, "s")
	frappe.delete_doc(source, "s", force=True)
	assert not frappe.db.exists(source, "s")


def test_links_in_rows_and_dynamic_links_protect_too(make_doctype, source):
	line = make_doctype([field("src", "Link", options=source)], istable=1)
	order = make_doctype([field("lines", "Table", options=line)])
	frappe.get_doc({"doctype": order, "name": "o", "lines": [{"src": "s"}]}).insert()
	with pytest.raises(frappe.LinkExistsError, match="o"):
		frappe.delete_doc(source, "s")
	frappe.delete_doc(order, "o")
	any_link = make_doctype(
		[field("dt", "Link", options="DocType"), field("dn", "Dynamic Link", options="dt")]
	)
	frappe.get_doc({"doctype": any_link, "name": "d", "dt": source, "dn": "s"}).insert()
	with pytest.raises(frappe.LinkExistsError):
		frappe.delete_doc(source, "s")
	frappe.delete_doc(any_link, "d")
	frappe.delete_doc(source, "s")
	assert not frappe.db.exists(source, "s")


def test_submitted_documents_stay(make_doctype):
	bill = make_doctype([field("title")], is_submittable=1)
	doc = frappe.get_doc({"doctype": bill, "name": "b", "docstatus": 1}).insert()
	with pytest.raises(frappe.ValidationError):
		frappe.delete_doc(bill, "b")
	doc.cancel()
	frappe.delete_doc(bill, "b")
	assert not frappe.db.exists(bill, "b")


def test_submitted_links_forbid_cancelling(make_doctype):
	bill = make_doctype([field("title")], is_submittable=1)
	pay = make_doctype([field("bill", "Link", options=bill)], is_submittable=1)
	doc = frappe.get_doc({"doctype": bill, "name": "b", "docstatus": 1}).insert()
	payment = frappe.get_doc({"doctype": pay, "name": "p", "bill": "b", "docstatus": 1}).insert()
	frappe.db.savepoint("before_cancel")
	with pytest.raises(frappe.LinkExistsError):
		doc.cancel()
	frappe.db.rollback(save_point="before_cancel")
	payment.cancel()
	frappe.get_doc(bill, "b").cancel()
	assert frappe.db.get_value(bill, "b", "docstatus") == 2


def test_what_follows_a_document_goes_with_it_and_its_values_are_kept(make_doctype):
	line = make_doctype([field("item")], istable=1)
	order = make_doctype([field("title"), field("lines", "Table", options=line)], track_changes=1)
	doc = frappe.get_doc({"doctype": order, "name": "o", "title": "x", "lines": [{"item": "a"}]}).insert()
	doc.title = "y"
	doc.save(ignore_version=False)
	doc.add_comment("Comment", "hello")
	frappe.get_doc(
		{"doctype": "ToDo", "description": "x", "reference_type": order, "reference_name": "o"}
	).insert()
	doc.delete()
	for reference, filters in (
		(line, {"parent": "o"}),
		("Comment", {"reference_doctype": order}),
		("Version", {"ref_doctype": order}),
		("ToDo", {"reference_type": order}),
	):
		assert not frappe.db.exists(reference, filters), reference
	kept = frappe.get_last_doc("Deleted Document", {"deleted_doctype": order})
	assert frappe.parse_json(kept.data)["title"] == "y"


def test_missing_documents(source):
	assert frappe.delete_doc(source, "nope") is False
	with pytest.raises(frappe.DoesNotExistError):
		frappe.delete_doc(source, "nope", ignore_missing=False)


def test_deleting_needs_its_right(make_doctype, make_user, as_user):
	rights = permission("System Manager", read=1, write=1, create=1)
	doctype = make_doctype([field("title")], permissions=[rights])
	frappe.get_doc({"doctype": doctype, "name": "a"}).insert()
	with as_user(make_user("System Manager")):
		with pytest.raises(frappe.PermissionError):
			frappe.delete_doc(doctype, "a")
		frappe.delete_doc(doctype, "a", ignore_permissions=True)
	assert not frappe.db.exists(doctype, "a")


def test_standard_doctypes_stay(db):
	with pytest.raises(frappe.ValidationError):
		frappe.delete_doc("DocType", "ToDo")
