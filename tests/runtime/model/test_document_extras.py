import frappe
import pytest
from werkzeug.exceptions import NotFound

from tests.runtime.model.builders import field


@pytest.fixture
def doc(make_doctype):
	line = make_doctype([field("item")], istable=1)
	doctype = make_doctype(
		[field("title"), field("start", "Date"), field("end", "Date"), field("lines", "Table", options=line)],
		track_seen=1,
	)
	return frappe.get_doc({"doctype": doctype, "name": "a", "title": "T"}).insert()


def test_title_and_address(doc):
	assert doc.get_title() == "T"
	assert doc.get_url().endswith(f"/{doc.doctype.lower().replace(' ', '-')}/a")


def test_a_comment_points_to_the_document(doc):
	comment = doc.add_comment("Info", "looked at")
	assert (comment.reference_doctype, comment.reference_name) == (doc.doctype, "a")
	assert frappe.db.exists("Comment", comment.name)


def test_onload_values_reach_the_form_only(doc):
	doc.set_onload("extra", {"a": 1})
	assert doc.get_onload("extra") == {"a": 1}
	assert doc.as_dict()["__onload"] == {"extra": {"a": 1}}
	assert doc.get_onload().extra == {"a": 1}


def test_seen_by(doc):
	doc.add_seen("Guest")
	assert frappe.parse_json(frappe.db.get_value(doc.doctype, "a", "_seen")) == ["Guest"]


def test_conditions_on_values(doc):
	doc.validate_value("title", "in", ["T", "U"])
	with pytest.raises(frappe.ValidationError):
		doc.validate_value("title", "=", "X")
	with pytest.raises(frappe.EmptyTableError):
		doc.validate_table_has_rows("lines")
	doc.update({"start": "2024-02-01", "end": "2024-01-01"})
	with pytest.raises(frappe.InvalidDates):
		doc.validate_from_to_dates("start", "end")


def test_only_whitelisted_methods_are_for_clients(doc):
	doc.is_whitelisted("submit")
	with pytest.raises(frappe.PermissionError):
		doc.is_whitelisted("db_insert")
	with pytest.raises(NotFound):
		doc.is_whitelisted("no_such_method")


def test_a_queued_action_locks_the_document(doc):
	doc.lock()
	try:
		with pytest.raises(frappe.ValidationError, match="locked"):
			doc.queue_action("submit")
	finally:
		doc.unlock()
