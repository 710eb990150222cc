"""SQL that apps write for MariaDB gives the same answers on SQLite."""

from __future__ import annotations

from typing import Any

import pytest
from frappe.database.sqlite.translate import spread_sequences, translate

AT = "'2026-01-31 13:05:09'"

EXPRESSIONS = [
	("ifnull(null, 'x')", "x"),
	("coalesce(null, null, 3)", 3),
	("concat('a', 'b', 1)", "ab1"),
	("concat('a', null)", None),
	("concat_ws('-', 'a', null, 'b')", "a-b"),
	("if(1 > 2, 'yes', 'no')", "no"),
	("locate('b', 'aBc')", 2),
	("'Abc' regexp '^a'", 1),
	("'abc' rlike 'z'", 0),
	("greatest(1, 3, 2)", 3),
	("least(4, 2)", 2),
	("left('abcd', 2)", "ab"),
	("right('abcd', 2)", "cd"),
	("substring_index('a.b.c', '.', 2)", "a.b"),
	("lpad('7', 3, '0')", "007"),
	("field('b', 'a', 'b')", 2),
	("find_in_set('b', 'a,b')", 2),
	("char_length('日本')", 2),
	(f"year({AT})", 2026),
	(f"month({AT})", 1),
	(f"day({AT})", 31),
	(f"hour({AT})", 13),
	(f"quarter({AT})", 1),
	(f"weekday({AT})", 5),
	(f"dayofweek({AT})", 7),
	(f"monthname({AT})", "January"),
	(f"date_format({AT}, '%Y/%m/%d %H:%i:%s')", "2026/01/31 13:05:09"),
	(f"date_format({AT}, '%e.%c. %M')", "31.1. January"),
	(f"extract(year from {AT})", 2026),
	(f"datediff({AT}, '2026-01-01 23:00:00')", 30),
	("timestampdiff(month, '2026-01-31', '2026-02-28')", 0),
	("timestampdiff(hour, '2026-01-31 10:00:00', '2026-01-31 12:59:00')", 2),
	("timestampdiff(year, '2000-05-05', '2026-05-04')", 25),
	("'2026-01-31' + interval 0 day = '2026-01-31'", 1),
	("date_add('2026-01-31', interval 1 month) = '2026-02-28'", 1),
	("date_sub('2026-03-01', interval 1 day) = '2026-02-28'", 1),
	("cast('12' as signed) + 1", 13),
	("cast(5 as char)", "5"),
	("cast(1.5 as decimal(5, 2))", 1.5),
	("cast(null as decimal(5, 2))", None),
	("convert('7', unsigned)", 7),
	("json_value('{\"a\": [1, 2]}', '$.a[1]')", "2"),
	("json_unquote(json_extract('{\"a\": \"x\"}', '$.a'))", "x"),
	("null <=> null", 1),
	("ifnull(null, 'ABC') = 'abc'", 1),
	("'abc' = 'ABC' collate utf8mb4_general_ci", 1),
	('"it\'s"', "it's"),
	("'a''b'", "a'b"),
	("'100%'", "100%"),
]


@pytest.mark.parametrize(("expression", "expected"), EXPRESSIONS, ids=[text for text, _value in EXPRESSIONS])
def test_expression(bare_db: Any, expression: str, expected: Any) -> None:
	found = bare_db.sql(f"select {expression}")[0][0]
	assert str(found) == str(expected) if expected is not None else found is None


def test_group_concat(things: Any) -> None:
	query = "select group_concat(name order by name separator '; ') from `tabThing` where weight < 3"
	assert things.sql(query)[0][0] == "T00; T01; T02"
	query = "select group_concat(distinct kind separator '; ') from `tabThing`"
	assert things.sql(query)[0][0] == "A"
	assert things.sql("select kind, count(*) as n from `tabThing` group by kind having n > 3") == (("A", 20),)


def test_intervals_on_columns(things: Any) -> None:
	query = "select name from `tabThing` where `due` >= date('2026-11-23') - interval %s day order by name"
	assert things.sql(query, 4, pluck=True) == ["T18", "T19"]
	query = "select name from `tabThing` where date_add(`due`, interval `weight` day) = '2026-11-09'"
	assert things.sql(query, pluck=True) == ["T04"]


def test_locks_and_hints_are_left_out_where_they_mean_nothing(things: Any) -> None:
	assert things.sql("select name from `tabThing` where name = 'T01' for update") == (("T01",),)
	assert things.sql("select name from `tabThing` force index (`weight`) where weight = 1") == (("T01",),)
	assert things.get_value("Thing", "T01", for_update=True) == "T01"
	assert things.get_values("Thing", {"weight": 1}, for_update=True, skip_locked=True, pluck=True) == ["T01"]


def test_now_is_the_sites_time(bare_db: Any) -> None:
	from datetime import datetime

	found = bare_db.sql("select now()")[0][0]
	assert isinstance(found, datetime)


def test_placeholders_in_quotes_are_text() -> None:
	statement = translate("select '%s', `a%%b` from t where x = %s and y like '%%z'", tuple)
	assert statement.sql == "select '%s', `a%b` from t where x = ? and y like '%z' escape '\\'"
	statement = translate("select '%(a)s' from t where x = %(a)s", dict)
	assert statement.sql == "select '%(a)s' from t where x = :a"


def test_keywords_in_quotes_are_text() -> None:
	statement = translate("select 'if(1) interval 1 day for update', `if(`", None)
	assert statement.sql == "select 'if(1) interval 1 day for update', `if(`"


def test_sequences_are_spread() -> None:
	assert spread_sequences("a in %s and b = %s", (["x", "y"], 1)) == (
		"a in (%s, %s) and b = %s",
		("x", "y", 1),
	)
	query, values = spread_sequences("a in %(n)s or b = %(m)s", {"n": ("x", "y"), "m": 1})
	assert query == "a in (%(n__0)s, %(n__1)s) or b = %(m)s"
	assert values == {"n__0": "x", "n__1": "y", "m": 1}
	assert spread_sequences("a in %s", ([],)) == ("a in ()", ())
