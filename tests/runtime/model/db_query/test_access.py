import frappe
import pytest

from tests.runtime.model.builders import field, permission


@pytest.fixture
def case(make_doctype):
	region = make_doctype([field("secret_note")])
	line = make_doctype([field("part"), field("cost", "Float", permlevel=1)], istable=1)
	case = make_doctype(
		[
			field("title"),
			field("salary", "Currency", permlevel=1),
			field("region", "Link", options=region),
			field("lines", "Table", options=line),
		],
		permissions=[permission("System Manager", read=1, write=1, create=1)],
	)
	for name in ("north", "south"):
		frappe.get_doc({"doctype": region, "name": name, "secret_note": name.upper()}).insert()
	for name, where in (("c1", "north"), ("c2", "south")):
		frappe.get_doc(
			{
				"doctype": case,
				"name": name,
				"region": where,
				"salary": 9,
				"lines": [{"part": name, "cost": 1}],
			}
		).insert()
	return frappe._dict(case=case, line=line, region=region)


@pytest.fixture
def reader(make_user):
	return make_user("System Manager")


def test_without_a_role_there_is_no_list(case, make_user, as_user):
	with as_user(make_user()), pytest.raises(frappe.PermissionError):
		frappe.get_list(case.case)
	assert len(frappe.get_list(case.case)) == 2


def test_fields_above_the_level_vanish_from_lists(case, reader, as_user):
	with as_user(reader):
		rows = frappe.get_list(case.case, fields=["name", "salary"], order_by="name")
		assert rows == [{"name": "c1"}, {"name": "c2"}]
		assert "salary" not in frappe.get_list(case.case, fields=["*"])[0]


@pytest.mark.parametrize(
	"arguments",
	[
		{"filters": {"salary": (">", 1)}},
		{"or_filters": {"salary": (">", 1)}},
		{"order_by": "salary desc"},
		{"group_by": "salary"},
		{"fields": ["sum(salary) as s"]},
		{"fields": ["lines.cost"]},
		{"filters": [["lines.cost", ">", 0]]},
	],
)
def test_fields_above_the_level_cannot_be_guessed(case, reader, as_user, arguments):
	with as_user(reader), pytest.raises(frappe.DataError):
		frappe.get_list(case.case, **arguments)
	assert frappe.get_list(case.case, **arguments) is not None


def test_linked_documents_ask_for_their_own_permission(case, make_user, as_user, reader):
	fields = ["name", "region.secret_note"]
	restricted = make_user("System Manager")
	frappe.get_doc(
		{
			"doctype": "User Permission",
			"user": restricted,
			"allow": case.region,
			"for_value": "north",
			"applicable_for": case.region,
			"apply_to_all_doctypes": 0,
		}
	).insert()
	with as_user(restricted):
		rows = frappe.get_list(case.case, fields=fields, order_by="name")
	assert [row.secret_note for row in rows] == ["NORTH", None]
	frappe.db.sql("delete from `tabDocPerm` where `parent` = %s", case.region)
	frappe.clear_cache()
	with as_user(reader), pytest.raises(frappe.PermissionError):
		frappe.get_list(case.case, fields=fields)


def test_child_rows_are_listed_only_under_a_parent_one_may_read(case, reader, make_user, as_user):
	with as_user(reader):
		with pytest.raises(frappe.PermissionError):
			frappe.get_list(case.line)
		with pytest.raises(frappe.PermissionError):
			frappe.get_list(case.line, parent_doctype="ToDo")
		assert len(frappe.get_list(case.line, parent_doctype=case.case)) == 2
	restricted = make_user("System Manager")
	frappe.get_doc(
		{
			"doctype": "User Permission",
			"user": restricted,
			"allow": case.region,
			"for_value": "north",
			"apply_to_all_doctypes": 1,
		}
	).insert()
	with as_user(restricted):
		assert frappe.get_list(case.case, pluck="name") == ["c1"]
		assert frappe.get_list(case.line, parent_doctype=case.case, pluck="part") == ["c1"]


def test_select_rights_show_names_only(make_doctype, make_user, as_user):
	doctype = make_doctype(
		[field("title"), field("body")],
		search_fields="title",
		permissions=[permission("System Manager", select=1)],
	)
	frappe.get_doc({"doctype": doctype, "name": "a", "title": "T", "body": "B"}).insert()
	with as_user(make_user("System Manager")):
		assert frappe.get_list(doctype, fields=["name", "title", "body"]) == [{"name": "a", "title": "T"}]
		with pytest.raises(frappe.DataError):
			frappe.get_list(doctype, filters={"body": "B"})


def test_columns_that_lost_their_field_are_for_trusted_code_only(case, reader, as_user):
	frappe.db.sql(
		f"update `tabDocField` set `fieldname` = 'other' where `parent` = '{case.case}' and `idx` = 2"
	)
	frappe.clear_cache()
	assert frappe.get_all(case.case, fields=["salary"])[0].salary == 9
	with as_user(reader), pytest.raises(frappe.DataError):
		frappe.get_list(case.case, fields=["salary"])
