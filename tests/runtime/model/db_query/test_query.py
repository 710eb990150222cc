import frappe
import pytest

from tests.runtime.model.builders import field


@pytest.fixture
def shop(make_doctype):
	city = make_doctype([field("country")])
	line = make_doctype([field("part"), field("num", "Int")], istable=1)
	item = make_doctype(
		[
			field("title"),
			field("qty", "Int"),
			field("kind"),
			field("city", "Link", options=city),
			field("lines", "Table", options=line),
		]
	)
	frappe.get_doc({"doctype": city, "name": "rome", "country": "IT"}).insert()
	for number, lines in ((1, ["p1", "p2"]), (2, ["p1"]), (3, [])):
		rows = [{"part": part, "num": idx} for idx, part in enumerate(lines, 1)]
		values = {"name": f"i{number}", "title": f"t{number}", "qty": number * 5, "kind": "AB"[number % 2]}
		frappe.get_doc(
			{"doctype": item, **values, "city": "rome" if number == 1 else None, "lines": rows}
		).insert()
	return frappe._dict(city=city, line=line, item=item)


def test_fields_aliases_and_rows(shop):
	assert frappe.get_all(shop.item, order_by="name") == [{"name": "i1"}, {"name": "i2"}, {"name": "i3"}]
	assert frappe.get_all(shop.item, fields=["name as n", "qty as q"], order_by="name", limit=1) == [
		{"n": "i1", "q": 5}
	]
	assert frappe.get_all(shop.item, fields="name, qty", order_by="name", limit=1) == [
		{"name": "i1", "qty": 5}
	]
	assert frappe.get_all(shop.item, fields=["name", "qty"], as_list=True, order_by="name")[0] == ("i1", 5)
	assert frappe.get_all(shop.item, pluck="qty", order_by="qty desc") == [15, 10, 5]
	whole = frappe.get_all(shop.item, fields=["*"], order_by="name", limit=1)[0]
	assert whole.title == "t1"
	assert whole.owner == "Administrator"


def test_paging_and_order(shop):
	assert frappe.get_all(shop.item, order_by="name", start=1, limit=1, pluck="name") == ["i2"]
	assert frappe.get_all(shop.item, order_by="kind asc, name desc", pluck="name") == ["i2", "i3", "i1"]
	with pytest.raises(frappe.ValidationError):
		frappe.get_all(shop.item, limit=-1)


def test_rows_of_tables(shop):
	part = f"`tab{shop.line}`.part"
	rows = frappe.get_all(
		shop.item,
		fields=["name", part, "lines.num"],
		filters=[["name", "in", ["i1", "i2"]]],
		order_by=f"`tab{shop.item}`.name asc, `tab{shop.line}`.idx asc",
	)
	assert [(row.name, row.part, row.num) for row in rows] == [
		("i1", "p1", 1),
		("i1", "p2", 2),
		("i2", "p1", 1),
	]
	filters = [[shop.line, "num", ">", 0]]
	assert frappe.get_all(shop.item, filters=filters, order_by="name", pluck="name") == ["i1", "i1", "i2"]
	assert frappe.get_all(shop.item, filters=filters, distinct=True, pluck="name", order_by="name") == [
		"i1",
		"i2",
	]
	assert frappe.get_all(shop.item, filters={"part": "p2"}, pluck="name") == ["i1"]


def test_values_of_linked_documents(shop):
	rows = frappe.get_all(shop.item, fields=["name", "city.country", "city.country as land"], order_by="name")
	assert [(row.country, row.land) for row in rows] == [("IT", "IT"), (None, None), (None, None)]
	assert frappe.get_all(shop.item, filters={"city.country": "IT"}, pluck="name") == ["i1"]


def test_groups(shop):
	fields = ["kind", "count(name) as n", "sum(qty) as s"]
	rows = frappe.get_all(shop.item, fields=fields, group_by="kind", order_by="n desc")
	assert [(row.kind, row.n, row.s) for row in rows] == [("B", 2, 20), ("A", 1, 10)]
	assert frappe.get_all(shop.item, fields=["max(qty) as m"]) == [{"m": 15}]
	assert frappe.get_all(shop.item, fields=["distinct kind"], order_by="kind") == [
		{"kind": "A"},
		{"kind": "B"},
	]
	assert frappe.get_all(shop.item, fields=[{"COUNT": "name", "as": "n"}]) == [{"n": 3}]


def test_alternatives(shop):
	names = frappe.get_all(
		shop.item, filters={"qty": (">", 5)}, or_filters={"kind": "A", "title": "t1"}, pluck="name"
	)
	assert names == ["i2"]


@pytest.mark.parametrize(
	"arguments",
	[
		{"fields": ["nope"]},
		{"fields": ["(select password from __Auth limit 1) as p"]},
		{"fields": ["sleep(1)"]},
		{"fields": ["name -- x"]},
		{"fields": ["`tabUser`.`email`"]},
		{"fields": ["title.country"]},
		{"order_by": "name; drop table tabUser"},
		{"order_by": "(select 1)"},
		{"order_by": "nope asc"},
		{"order_by": "1"},
		{"group_by": "kind having 1=1 union select 1"},
		{"filters": {"`tabUser`.email": "x"}},
		{"filters": "{broken"},
		{"fields": "[broken"},
	],
)
def test_what_is_refused(shop, arguments):
	with pytest.raises(frappe.ValidationError):
		frappe.get_all(shop.item, **arguments)


def test_single_doctypes_have_no_list(make_doctype):
	single = make_doctype([field("title")], issingle=1)
	with pytest.raises(frappe.ValidationError):
		frappe.get_all(single)


def test_an_unknown_doctype(db):
	with pytest.raises(frappe.DoesNotExistError):
		frappe.get_all("No Such Thing")
