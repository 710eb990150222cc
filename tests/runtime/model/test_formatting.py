import frappe

from tests.runtime.model.builders import field


def test_values_as_people_read_them(make_doctype):
	doctype = make_doctype([field("day", "Date"), field("amount", "Float", precision="2"), field("title")])
	doc = frappe.get_doc({"doctype": doctype, "name": "a", "day": "2024-02-29", "amount": -1.5, "title": "T"})
	assert "2024" in doc.get_formatted("day")
	assert doc.get_formatted("amount", absolute_value=True).startswith("1.5")
	assert doc.get_formatted("title") == "T"


def test_values_in_their_type(make_doctype):
	doctype = make_doctype([field("day", "Date"), field("number", "Int")])
	doc = frappe.get_doc({"doctype": doctype, "day": "2024-02-29", "number": "5"})
	assert doc.get_value("day") == frappe.utils.getdate("2024-02-29")
	assert doc.get_value("number") == 5
	assert doc.get_label_from_fieldname("number") == "Number"


def test_prints_leave_out_what_is_marked(make_doctype):
	doctype = make_doctype([field("a", print_hide=1), field("b", print_hide_if_no_value=1), field("c")])
	doc = frappe.get_doc({"doctype": doctype})
	assert [doc.is_print_hide(name) for name in "abc"] == [True, True, False]
	doc.b = "x"
	assert not doc.is_print_hide("b")
