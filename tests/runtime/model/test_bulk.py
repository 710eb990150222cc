import frappe

from tests.runtime.model.builders import field


def test_many_documents_with_rows_at_once(make_doctype):
	line = make_doctype([field("item")], istable=1)
	order = make_doctype([field("title"), field("lines", "Table", options=line)])
	lines = [{"item": "x"}, {"item": "y"}]
	documents = (
		frappe.get_doc({"doctype": order, "name": f"o{n}", "title": str(n), "lines": lines})
		for n in range(25)
	)
	frappe.model.document.bulk_insert(order, documents, chunk_size=10)
	assert frappe.db.count(order) == 25
	assert [row.item for row in frappe.get_doc(order, "o7").lines] == ["x", "y"]
	assert frappe.get_doc(order, "o7").owner == "Administrator"


def test_taken_names_are_left_out(make_doctype):
	doctype = make_doctype([field("title")])
	frappe.get_doc({"doctype": doctype, "name": "a", "title": "old"}).insert()
	documents = [frappe.get_doc({"doctype": doctype, "name": name, "title": "new"}) for name in ("a", "b")]
	frappe.model.document.bulk_insert(doctype, documents, ignore_duplicates=True)
	assert frappe.get_all(doctype, fields=["name", "title"], order_by="name", as_list=True) == (
		("a", "old"),
		("b", "new"),
	)
