import frappe
from frappe.model.dynamic_links import get_dynamic_link_map, get_link_fields

from tests.runtime.model.builders import field


def test_link_fields_include_custom_ones(make_doctype):
	target, source = make_doctype([field("title")]), make_doctype([field("title")])
	values = {"dt": source, "fieldname": "to", "label": "To", "fieldtype": "Link", "options": target}
	frappe.get_doc({"doctype": "Custom Field", **values}).insert()
	assert [(df.parent, df.fieldname, df.issingle) for df in get_link_fields(target)] == [(source, "to", 0)]


def test_the_map_names_what_is_linked(make_doctype):
	target = make_doctype([field("title")])
	source = make_doctype([field("dt", "Link", options="DocType"), field("dn", "Dynamic Link", options="dt")])
	frappe.get_doc({"doctype": target, "name": "t"}).insert()
	frappe.get_doc({"doctype": source, "name": "s", "dt": target, "dn": "t"}).insert()
	assert [df.parent for df in get_dynamic_link_map()[target]] == [source]
