import datetime

import frappe
import pytest
from frappe.model.db_query.conditions import MAX_FILTERS, parse_filters

from tests.runtime.model.builders import field

COLUMNS = ("name", "title", "qty", "price", "day", "at", "kind", "city", "ok")
ROWS = (
	("i1", "Apple", 5, 1.5, "2024-01-10", None, "A", "rome", 1),
	("i2", "Banana 100%", 10, 2.5, "2024-02-10", None, "B", "oslo", 0),
	("i3", "cherry_x", None, None, "2024-03-10", "2024-03-10 12:00:00", "A", None, 0),
	("i4", "", -3, 9.99, None, None, "C", "milan", 1),
	("i5", "apple pie", 10, 0, "2023-12-31", None, "", None, 0),
)


@pytest.fixture
def item(make_doctype):
	city = make_doctype([field("country")])
	line = make_doctype([field("part"), field("num", "Int")], istable=1)
	doctype = make_doctype(
		[
			field("title"),
			field("qty", "Int"),
			field("price", "Float"),
			field("day", "Date"),
			field("at", "Datetime"),
			field("kind", "Select", options="\nA\nB\nC"),
			field("city", "Link", options=city),
			field("ok", "Check"),
			field("lines", "Table", options=line),
		]
	)
	for name in ("rome", "oslo", "milan"):
		frappe.get_doc({"doctype": city, "name": name, "country": "NO" if name == "oslo" else "IT"}).insert()
	for values in (
		{
			"name": "i1",
			"title": "Apple",
			"qty": 5,
			"price": 1.5,
			"day": "2024-01-10",
			"kind": "A",
			"city": "rome",
			"ok": 1,
		},
		{
			"name": "i2",
			"title": "Banana 100%",
			"qty": 10,
			"price": 2.5,
			"day": "2024-02-10",
			"kind": "B",
			"city": "oslo",
		},
		{"name": "i3", "title": "cherry_x", "day": "2024-03-10", "kind": "A", "at": "2024-03-10 12:00:00"},
		{"name": "i4", "title": "", "qty": -3, "price": 9.99, "kind": "C", "city": "milan", "ok": 1},
		{"name": "i5", "title": "apple pie", "qty": 10, "price": 0, "day": "2023-12-31"},
	):
		frappe.get_doc({"doctype": doctype, **values}).insert()
	return doctype


@pytest.mark.parametrize(
	("condition", "names"),
	[
		(["title", "=", "APPLE"], "i1"),
		(["title", "!=", "Apple"], "i2 i3 i4 i5"),
		(["title", "like", "%apple%"], "i1 i5"),
		(["title", "LIKE", "appl"], ""),
		(["title", "like", "%100\\%%"], ""),
		(["title", "not like", "%apple%"], "i2 i3 i4"),
		(["title", "in", "Apple,cherry_x"], "i1 i3"),
		(["title", "in", []], "i4"),
		(["title", "not in", ["Apple"]], "i2 i3 i4 i5"),
		(["title", "is", "set"], "i1 i2 i3 i5"),
		(["title", "is", "not set"], "i4"),
		(["city", "=", None], ""),
		(["city", "=", ""], "i3 i5"),
		(["city", "!=", "rome"], "i2 i3 i4 i5"),
		(["city", "in", [None, "rome"]], "i1 i3 i5"),
		(["city", "not in", ["rome", "oslo"]], "i3 i4 i5"),
		(["city", "not like", "%rome%"], "i2 i3 i4 i5"),
		(["qty", ">", "5"], "i2 i5"),
		(["qty", "<=", 0], "i3 i4"),
		(["qty", "is", "not set"], ""),
		(["price", "is", "set"], "i1 i2 i4"),
		(["ok", "=", True], "i1 i4"),
		(["day", "<", "2024-01-10"], "i4 i5"),
		(["day", ">", datetime.date(2000, 1, 1)], "i1 i2 i3 i5"),
		(["day", "=", ""], ""),
		(["day", "is", "not set"], "i4"),
		(["day", "between", ["2024-01-01", "2024-02-29"]], "i1 i2"),
		(["at", "between", ["2024-03-10", "2024-03-10"]], "i3"),
		(["at", ">=", "2024-03-10 12:00:00"], "i3"),
		(["name", "in", ["i1", "i9"]], "i1"),
		(["title", "=", "x' or '1'='1"], ""),
	],
)
def test_operators(item, condition, names):
	assert frappe.get_all(item, filters=[condition], order_by="name", pluck="name") == names.split()


@pytest.mark.parametrize(
	("condition", "error"),
	[
		(["qty", "~", 1], frappe.ValidationError),
		(["nope", "=", 1], frappe.DataError),
		(["name;drop", "=", 1], frappe.ValidationError),
		(["title", "is", "maybe"], frappe.ValidationError),
		(["qty", "between", [0, 5]], frappe.ValidationError),
		(["day", ">", "soon"], frappe.ValidationError),
		(["title", "=", ["a"]], frappe.ValidationError),
		(["title", "in", [{"a": 1}]], frappe.ValidationError),
		(["title", "=", {"a": 1}], frappe.ValidationError),
		(["city", "descendants of", "rome"], frappe.ValidationError),
		(["title"], frappe.ValidationError),
		("title = 'x'", frappe.ValidationError),
	],
)
def test_what_is_refused(item, condition, error):
	with pytest.raises(error):
		frappe.get_all(item, filters=[condition])


def test_all_forms_of_filters_mean_the_same():
	wanted = [("T", "kind", "=", "A")]
	for filters in (
		{"kind": "A"},
		{"kind": ["=", "A"]},
		[["kind", "=", "A"]],
		[["kind", "A"]],
		[["T", "kind", "=", "A"]],
		[["T", "kind", "=", "A", False]],
		[{"kind": "A"}],
		["kind", "=", "A"],
		'{"kind": "A"}',
	):
		assert parse_filters("T", filters) == wanted, filters
	assert parse_filters("T", None) == []
	assert parse_filters("T", {"kind": ["A", "B"]}) == [("T", "kind", "in", ["A", "B"])]


def test_trees(make_doctype):
	doctype = make_doctype([field("title")], is_tree=1)
	for name, parent in (("root", None), ("branch", "root"), ("leaf", "branch"), ("other", "root")):
		parent_field = frappe.get_meta(doctype).nsm_parent_field
		frappe.get_doc({"doctype": doctype, "name": name, "is_group": 1, parent_field: parent}).insert()

	def names(operator, of):
		return sorted(frappe.get_all(doctype, filters=[["name", operator, of]], pluck="name"))

	assert names("descendants of", "branch") == ["leaf"]
	assert names("descendants of (inclusive)", "branch") == ["branch", "leaf"]
	assert names("ancestors of", "leaf") == ["branch", "root"]
	assert names("not descendants of", "branch") == ["branch", "other", "root"]


def test_a_list_takes_only_so_many_filters(db):
	few = [["ToDo", "description", "=", "x"]] * MAX_FILTERS
	assert frappe.get_list("ToDo", filters=few) == []
	with pytest.raises(frappe.DataError):
		frappe.get_list("ToDo", filters=[*few, ["ToDo", "description", "=", "x"]])
	with pytest.raises(frappe.DataError):
		frappe.get_list("ToDo", or_filters=[*few, ["ToDo", "description", "=", "x"]])
