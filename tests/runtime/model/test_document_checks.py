import frappe
import pytest
from frappe.tests.clock import freeze_time

from tests.runtime.model.builders import field


@pytest.fixture
def bill(make_doctype):
	row = make_doctype([field("item"), field("memo", allow_on_submit=1)], istable=1)
	return make_doctype(
		[
			field("title"),
			field("free", allow_on_submit=1),
			field("rows", "Table", options=row),
			field("open_rows", "Table", options=row, allow_on_submit=1),
		],
		is_submittable=1,
	)


def test_a_document_saved_on_the_full_second_is_saved_again(bill):
	with freeze_time("2026-11-26 16:00:00"):
		doc = frappe.get_doc({"doctype": bill, "name": "b"}).insert()
		doc.title = "again"
		doc.save()
	assert frappe.db.get_value(bill, "b", "title") == "again"


def test_a_stale_document_is_refused(bill):
	frappe.get_doc({"doctype": bill, "name": "b"}).insert()
	first, second = frappe.get_doc(bill, "b"), frappe.get_doc(bill, "b")
	first.title = "first"
	first.save()
	second.title = "second"
	with pytest.raises(frappe.TimestampMismatchError):
		second.save()
	assert frappe.db.get_value(bill, "b", "title") == "first"


@pytest.mark.parametrize(
	("stored", "wanted", "error"),
	[
		(0, 2, frappe.DocstatusTransitionError),
		(1, 0, frappe.DocstatusTransitionError),
		(0, 5, frappe.ValidationError),
		(2, 1, frappe.ValidationError),
	],
)
def test_forbidden_changes_of_status(bill, stored, wanted, error):
	frappe.get_doc({"doctype": bill, "name": "b", "docstatus": min(stored, 1)}).insert()
	if stored == 2:
		frappe.get_doc(bill, "b").cancel()
	doc = frappe.get_doc(bill, "b")
	doc.docstatus = wanted
	with pytest.raises(error):
		doc.save()


def test_only_marked_fields_change_after_submission(bill):
	doc = frappe.get_doc({"doctype": bill, "name": "b", "title": "t", "rows": [{"item": "a"}]}).insert()
	doc.submit()
	doc.free = "ok"
	doc.rows[0].memo = "ok"
	doc.append("open_rows", {"item": "late"})
	doc.save()
	assert frappe.get_doc(bill, "b").open_rows[0].docstatus == 1
	for change in (
		lambda doc: doc.set("title", "changed"),
		lambda doc: doc.rows[0].set("item", "changed"),
		lambda doc: doc.set("rows", []),
	):
		doc = frappe.get_doc(bill, "b")
		change(doc)
		with pytest.raises(frappe.UpdateAfterSubmitError):
			doc.save()


def test_submitting_needs_its_own_right(make_doctype, make_user, as_user):
	from tests.runtime.model.builders import permission

	rights = {"read": 1, "write": 1, "create": 1}
	doctype = make_doctype(
		[field("title")], is_submittable=1, permissions=[permission("System Manager", **rights)]
	)
	with as_user(make_user("System Manager")):
		doc = frappe.get_doc({"doctype": doctype, "name": "a"}).insert()
		with pytest.raises(frappe.PermissionError):
			doc.submit()
	assert frappe.db.get_value(doctype, "a", "docstatus") == 0
