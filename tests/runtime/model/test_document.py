import frappe
import pytest
from frappe.model.document import Document, get_doc

from tests.runtime.model.builders import field


@pytest.fixture
def order(make_doctype):
	line = make_doctype([field("item"), field("qty", "Int", default="1")], istable=1)
	return make_doctype([field("title"), field("lines", "Table", options=line)])


def test_all_forms_of_get_doc(order):
	doc = get_doc(doctype=order, name="a", title="x").insert()
	assert get_doc(doc) is doc
	assert get_doc(order, "a").title == "x"
	assert get_doc(order, {"title": "x"}).name == "a"
	assert get_doc({"doctype": order, "title": "y"}).is_new() is False
	assert get_doc("System Settings").name == "System Settings"
	for arguments in ((1,), ()):
		with pytest.raises(ValueError, match=r"doctype|argument"):
			get_doc(*arguments)
	with pytest.raises(frappe.DoesNotExistError):
		get_doc(order, "missing")


def test_events_run_in_frappes_order(make_doctype, monkeypatch):
	doctype = make_doctype([field("title")], is_submittable=1)
	seen = []
	run = Document.run_method
	monkeypatch.setattr(
		Document, "run_method", lambda self, m, *a, **k: (seen.append(m), run(self, m, *a, **k))[1]
	)
	doc = frappe.get_doc({"doctype": doctype, "name": "a"}).insert()
	assert [m for m in seen if not m.startswith("autoname")] == [
		"before_insert",
		"before_naming",
		"before_validate",
		"validate",
		"before_save",
		"after_insert",
		"on_update",
		"on_change",
	]
	seen.clear()
	doc.submit()
	assert seen == ["before_validate", "validate", "before_submit", "on_update", "on_submit", "on_change"]
	seen.clear()
	doc.save()
	assert seen == ["before_update_after_submit", "on_update_after_submit", "on_change"]
	seen.clear()
	doc.cancel()
	assert seen == ["before_cancel", "on_cancel", "on_change"]


def test_defaults_fill_only_new_rows(order):
	doc = frappe.get_doc({"doctype": order, "name": "a", "lines": [{"item": "x"}]}).insert()
	assert doc.lines[0].qty == 1
	doc = frappe.get_doc(order, "a")
	doc.set("lines", [{"name": doc.lines[0].name, "item": "y"}, {"item": "z"}])
	doc.save()
	assert [(row.item, row.qty) for row in frappe.get_doc(order, "a").lines] == [("y", 0), ("z", 1)]


def test_rows_that_are_gone_are_deleted(order):
	doc = frappe.get_doc({"doctype": order, "name": "a", "lines": [{"item": "x"}, {"item": "y"}]}).insert()
	doc.set("lines", doc.lines[1:])
	doc.save()
	assert [row.item for row in frappe.get_doc(order, "a").lines] == ["y"]
	doc.set("lines", [])
	doc.save()
	assert frappe.get_doc(order, "a").lines == []


def test_singles_keep_values_and_take_any_name(make_doctype):
	single = make_doctype(
		[field("title"), field("count_of", "Int", default="4"), field("kind", "Select", options="\nA\nB")],
		issingle=1,
	)
	assert frappe.get_doc(single).count_of == 4
	doc = frappe.get_doc(single)
	doc.update({"title": "S", "count_of": "9"})
	doc.save()
	stored = frappe.get_doc(single, "anything")
	assert (stored.name, stored.title, stored.count_of) == (single, "S", 9)
	stored.kind = "Z"
	with pytest.raises(frappe.ValidationError):
		stored.save()


def test_a_discarded_draft_is_cancelled_and_a_submitted_document_is_not(make_doctype):
	doctype = make_doctype([field("title")], is_submittable=1)
	draft = frappe.get_doc({"doctype": doctype, "name": "a"}).insert()
	draft.discard()
	assert frappe.db.get_value(doctype, "a", "docstatus") == 2
	submitted = frappe.get_doc({"doctype": doctype, "name": "b", "docstatus": 1}).insert()
	with pytest.raises(frappe.ValidationError):
		submitted.discard()


def test_who_and_when_are_set_whatever_is_posted(order, make_user, as_user):
	user = make_user("System Manager")
	with as_user(user):
		doc = frappe.get_doc(
			{"doctype": order, "name": "a", "owner": "Administrator", "creation": "2001-01-01 00:00:00"}
		).insert()
	assert doc.owner == doc.modified_by == user
	assert str(doc.creation) > "2020"


def test_insert_and_save_need_the_right(make_doctype, make_user, as_user):
	from tests.runtime.model.builders import permission

	doctype = make_doctype([field("title")], permissions=[permission("System Manager", read=1)])
	frappe.get_doc({"doctype": doctype, "name": "a"}).insert()
	reader = make_user("System Manager")
	with as_user(reader):
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc({"doctype": doctype, "name": "b"}).insert()
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc(doctype, "a").save()
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc(doctype, "a").delete()
	assert frappe.db.exists(doctype, "a")
