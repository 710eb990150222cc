"""What a link field offers for what was typed."""

import frappe
import pytest
from frappe.desk.search import search_link


@pytest.fixture
def signals(db):
	doctype = frappe.get_doc(
		{
			"doctype": "DocType",
			"name": "Tx Signal",
			"module": "Custom",
			"custom": 1,
			"title_field": "label",
			"show_title_field_in_link": 1,
			"translated_doctype": 1,
			"fields": [{"fieldname": "label", "fieldtype": "Data", "label": "Label"}],
			"permissions": [{"role": "System Manager", "read": 1, "create": 1}],
		}
	)
	doctype.insert()
	frappe.get_doc({"doctype": "Tx Signal", "label": "情绪低落"}).insert()
	frappe.get_doc(
		{
			"doctype": "Translation",
			"language": "en",
			"source_text": "情绪低落",
			"translated_text": "Low in spirits",
		}
	).insert()
	frappe.local.lang = "en"


@pytest.mark.parametrize("typed", ["", "spirits", "低落"])
def test_titles_of_a_translated_doctype_are_found_and_shown_in_the_users_language(signals, typed):
	(found,) = search_link("Tx Signal", typed)
	assert found["label"] == "Low in spirits"


def test_what_fits_in_no_language_is_not_found(signals):
	assert search_link("Tx Signal", "喜悦") == []
