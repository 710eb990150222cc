import frappe
import pytest
from frappe.model.db_query.expression import parse_item, render, split_list


def sql(text):
	return render(parse_item(text), lambda name: f"<{name.strip('`')}>")


@pytest.mark.parametrize(
	("text", "expected"),
	[
		("name", "<name>"),
		("count(name) as total", "count(<name>)"),
		("count(*)", "count(*)"),
		("count(distinct kind)", "count(distinct <kind>)"),
		("ifnull(qty, 0)", "ifnull(<qty>, 0)"),
		("qty - done", "<qty> - <done>"),
		("if(qty > 1, 'many', 'few')", "if(<qty> > 1, 'many', 'few')"),
		("`tabX Y`.`part`", "<tabX Y`.`part>"),
		("concat('%', title)", "concat('%%', <title>)"),
	],
)
def test_known_parts_are_rewritten(db, text, expected):
	assert " ".join(sql(text).split()) == expected


@pytest.mark.parametrize(
	"text",
	[
		"(select password from __Auth limit 1)",
		"name -- x",
		"name /* x */",
		"name; drop table tabUser",
		"kind having 1=1 union select 1",
		"sleep(1)",
		"load_file('/etc/passwd')",
		"name)",
		"((name)",
		"@@version",
		"'open",
		"a b",
		"1 2",
		"",
		"x" * 3000,
		"name as `a`, password",
		"count(name) as a; drop",
	],
)
def test_everything_else_is_refused(db, text):
	with pytest.raises(frappe.ValidationError):
		sql(text)


def test_commas_within_parentheses_do_not_separate():
	assert split_list("a, ifnull(b, 'x,y') as c ,d") == ["a", "ifnull(b, 'x,y') as c", "d"]
