import frappe
from frappe.model.trim import trim_tables

from tests.runtime.model.builders import field


def test_columns_without_field_are_found_and_dropped(make_doctype):
	doctype = make_doctype([field("title")])
	frappe.db.sql_ddl(f"alter table `tab{doctype}` add column `old_one` varchar(140)")
	frappe.clear_cache()
	assert trim_tables(doctype, dry_run=True) == {doctype: ["old_one"]}
	trim_tables(doctype)
	frappe.clear_cache()
	assert "old_one" not in frappe.db.get_table_columns(doctype)
	assert trim_tables(doctype) == {}
