import frappe

from tests.runtime.model.builders import field


def test_defaults_of_fields(make_doctype):
	doctype = make_doctype(
		[
			field("qty", "Int", default="3"),
			field("flag", "Check", default="1"),
			field("kind", "Select", options="A\nB"),
			field("other", "Select", options="\nA"),
			field("day", "Date", default="Today"),
			field("moment", "Datetime", default="Now"),
			field("clock", "Time"),
			field("who", "Link", options="User", default="__user"),
			field("plain"),
			field("ratio", "Float"),
		]
	)
	values = frappe.new_doc(doctype, as_dict=True)
	assert (values.qty, values.flag, values.kind, values.other, values.ratio) == (3, 1, "A", "", 0.0)
	assert values.day == frappe.utils.nowdate()
	assert str(values.moment)[:10] == values.day
	assert ":" in values.clock
	assert values.who == "Administrator"
	assert "plain" not in values
	assert frappe.new_doc(doctype, qty=9).qty == 9


def test_a_single_user_permission_is_the_default(make_doctype, make_user, as_user):
	region = make_doctype([field("title")])
	case = make_doctype([field("region", "Link", options=region)])
	for name in ("north", "south"):
		frappe.get_doc({"doctype": region, "name": name}).insert()
	user = make_user("System Manager")
	frappe.get_doc(
		{
			"doctype": "User Permission",
			"user": user,
			"allow": region,
			"for_value": "south",
			"apply_to_all_doctypes": 1,
		}
	).insert()
	with as_user(user):
		assert frappe.new_doc(case).region == "south"
	assert frappe.new_doc(case).region is None


def test_user_defaults_fill_links(make_doctype):
	region = make_doctype([field("title")])
	case = make_doctype([field("tm_region", "Link", options=region)])
	frappe.get_doc({"doctype": region, "name": "north"}).insert()
	frappe.defaults.set_user_default("tm_region", "north")
	frappe.local.new_doc_templates = {}
	assert frappe.new_doc(case).tm_region == "north"


def test_a_row_takes_a_default_from_what_its_parent_names(make_doctype):
	account = make_doctype([field("currency")], name="Tm Account")
	frappe.get_doc({"doctype": account, "name": "acc", "currency": "EUR"}).insert()
	line = make_doctype([field("currency", default=":Tm Account")], istable=1)
	order = make_doctype(
		[field("tm_account", "Link", options=account), field("lines", "Table", options=line)]
	)
	doc = frappe.get_doc({"doctype": order, "name": "o", "tm_account": "acc", "lines": [{}]}).insert()
	assert doc.lines[0].currency == "EUR"
