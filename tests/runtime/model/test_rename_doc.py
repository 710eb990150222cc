import frappe
import pytest
from frappe.model.rename_doc import bulk_rename, update_document_title

from tests.runtime.model.builders import field, permission


@pytest.fixture
def coded(make_doctype):
	line = make_doctype([field("item")], istable=1)
	doctype = make_doctype(
		[field("code", unique=1), field("title"), field("lines", "Table", options=line)],
		autoname="field:code",
		allow_rename=1,
		title_field="title",
	)
	frappe.get_doc({"doctype": doctype, "code": "c1", "title": "T", "lines": [{"item": "x"}]}).insert()
	return doctype


def test_everything_follows_the_new_name(make_doctype, coded):
	ref = make_doctype(
		[
			field("to", "Link", options=coded),
			field("dt", "Link", options="DocType"),
			field("dn", "Dynamic Link", options="dt"),
		]
	)
	frappe.get_doc({"doctype": ref, "name": "r", "to": "c1", "dt": coded, "dn": "c1"}).insert()
	frappe.get_doc(coded, "c1").add_comment("Comment", "hello")
	assert frappe.rename_doc(coded, "c1", "c9") == "c9"
	doc = frappe.get_doc(coded, "c9")
	assert doc.code == "c9"
	assert [row.item for row in doc.lines] == ["x"]
	assert frappe.db.get_value(ref, "r", ["to", "dn"]) == ("c9", "c9")
	assert frappe.db.exists(
		"Comment", {"reference_doctype": coded, "reference_name": "c9", "comment_type": "Comment"}
	)
	assert not frappe.db.exists(coded, "c1")


def test_merging_moves_links_and_deletes_the_old(make_doctype, coded):
	frappe.get_doc({"doctype": coded, "code": "c2"}).insert()
	ref = make_doctype([field("to", "Link", options=coded)])
	frappe.get_doc({"doctype": ref, "name": "r", "to": "c1"}).insert()
	frappe.rename_doc(coded, "c1", "c2", merge=True)
	assert frappe.db.get_value(ref, "r", "to") == "c2"
	assert not frappe.db.exists(coded, "c1")


def test_what_is_refused(coded, make_doctype):
	frappe.get_doc({"doctype": coded, "code": "c2"}).insert()
	with pytest.raises(frappe.ValidationError, match="Another"):
		frappe.rename_doc(coded, "c1", "c2")
	with pytest.raises(frappe.ValidationError):
		frappe.rename_doc(coded, "c1", "c1")
	with pytest.raises(frappe.ValidationError):
		frappe.rename_doc(coded, "c1", "absent", merge=True)
	with pytest.raises(frappe.DoesNotExistError):
		frappe.rename_doc(coded, "absent", "c5")
	fixed = make_doctype([field("title")], allow_rename=0)
	frappe.get_doc({"doctype": fixed, "name": "a"}).insert()
	with pytest.raises(frappe.ValidationError, match="not allowed"):
		frappe.rename_doc(fixed, "a", "b")
	assert frappe.rename_doc(fixed, "a", "b", force=True) == "b"


def test_renaming_needs_the_right_to_write(make_doctype, make_user, as_user):
	doctype = make_doctype(
		[field("title")], allow_rename=1, permissions=[permission("System Manager", read=1)]
	)
	frappe.get_doc({"doctype": doctype, "name": "a"}).insert()
	with as_user(make_user("System Manager")), pytest.raises(frappe.PermissionError):
		frappe.rename_doc(doctype, "a", "b")
	assert frappe.db.exists(doctype, "a")


def test_title_and_name_at_once(coded):
	assert update_document_title(doctype=coded, docname="c1", title="New", name="c3") == "c3"
	assert frappe.db.get_value(coded, "c3", "title") == "New"


def test_a_list_of_names_goes_on_after_a_failure(coded, monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda *a, **k: None)
	monkeypatch.setattr(frappe.db, "rollback", lambda *a, **k: None)
	log = bulk_rename(coded, [["c1", "c1"], ["c1", "c4"]])
	assert frappe.db.exists(coded, "c4")
	assert len(log) == 2
