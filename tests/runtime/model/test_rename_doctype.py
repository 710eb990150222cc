import frappe

from tests.runtime.model.builders import field


def test_table_rows_and_links_follow(make_doctype):
	line = make_doctype([field("item")], istable=1)
	old = make_doctype([field("title"), field("lines", "Table", options=line)], allow_rename=1)
	ref = make_doctype([field("to", "Link", options=old)])
	frappe.get_doc({"doctype": old, "name": "a", "title": "x", "lines": [{"item": "y"}]}).insert()
	new = f"{old} New"
	frappe.rename_doc("DocType", old, new, force=True)
	doc = frappe.get_doc(new, "a")
	assert (doc.title, doc.lines[0].item, doc.lines[0].parenttype) == ("x", "y", new)
	assert frappe.get_meta(ref).get_field("to").options == new
	assert not frappe.db.exists("DocType", old)
