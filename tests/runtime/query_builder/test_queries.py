"""`frappe.qb`: what is built, and what it answers on SQLite and MariaDB."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import frappe
import pytest
from frappe.query_builder import Case, Criterion, DocType, Interval, JoinType, Order
from frappe.query_builder.custom import ConstantColumn
from frappe.query_builder.functions import (
	Avg,
	Cast_,
	Coalesce,
	CombineDatetime,
	Concat_ws,
	Count,
	DateFormat,
	Extract,
	GroupConcat,
	IfNull,
	Locate,
	Max,
	Min,
	Now,
	Round,
	Sum,
	Timestamp,
	UnixTimestamp,
)
from frappe.query_builder.terms import SubQuery

T = DocType("Thing")


def test_values_never_stand_in_the_statement(things: Any) -> None:
	evil = "x'; drop table `tabThing`; --"
	query = (
		frappe.qb.from_(T)
		.select(T.name, IfNull(T.notes, evil), ConstantColumn(evil).as_("k"))
		.where(Case().when(T.title == evil, evil).else_("ok") == "ok")
		.where(T.title.isin([evil, "Thing 1"]) & T.weight[0:5])
	)
	statement, values = query.walk()
	assert "drop" not in statement
	assert list(values.values()).count(evil) == 5
	assert query.run() == (("T01", evil, evil),)
	assert things.count("Thing") == 20


def test_text_of_a_query_is_a_statement_too(things: Any) -> None:
	query = (
		frappe.qb.from_(T)
		.select(T.name)
		.where((T.title == "it's \\ 5%") | (T.starts == datetime(2026, 11, 3, 8, 30)))
	)
	assert things.sql(str(query)) == (("T02",),)


def test_select_in_all_its_parts(things: Any) -> None:
	other = DocType("Thing").as_("other")
	rows = (
		frappe.qb.from_(T)
		.join(other, JoinType.left)
		.on((other.weight == T.weight + 1) & (other.kind == "A"))
		.select(T.name, other.name.as_("next"), (T.amount * 2).as_("twice"))
		.where(Criterion.all([T.weight > 2, T.weight <= 6, T.title.like("thing%")]))
		.where(Criterion.any([T.weight == 3, T.code.isin(["C5"])]))
		.orderby(T.name, order=Order.desc)
		.limit(5)
		.run(as_dict=True)
	)
	assert rows == [
		{"name": "T05", "next": "T06", "twice": 15.0},
		{"name": "T03", "next": "T04", "twice": 9.0},
	]


def test_aggregates(things: Any) -> None:
	row = (
		frappe.qb.from_("Thing")
		.select(
			Count("*").as_("n"),
			Sum(T.weight).as_("sum"),
			Min(T.due).as_("first"),
			Max(T.starts).as_("last"),
			Avg(T.weight).as_("mean"),
			Count(T.kind).distinct().as_("kinds"),
		)
		.run(as_dict=True)[0]
	)
	assert row == {
		"n": 20,
		"sum": 190,
		"first": date(2026, 11, 1),
		"last": datetime(2026, 11, 20, 8, 30),
		"mean": 9.5,
		"kinds": 1,
	}
	rows = frappe.qb.from_(T).select(T.kind, Count(T.name)).groupby(T.kind).having(Count(T.name) > 3).run()
	assert rows == (("A", 20),)


def test_functions(things: Any) -> None:
	found = (
		frappe.qb.from_(T)
		.select(
			DateFormat(T.due, "%Y-%m"),
			CombineDatetime(T.due, T.clock),
			Extract("year", T.due),
			Cast_(T.weight, "varchar"),
			Concat_ws("-", T.name, T.weight),
			Coalesce(T.notes, T.title),
			Locate("ing", T.title),
			Round(T.amount, 1),
			Timestamp(T.due, T.clock),
		)
		.where(T.name == "T01")
		.run()
	)
	assert [str(value) for value in found[0]] == [
		"2026-11",
		"2026-11-02 09:05:00",
		"2026",
		"1",
		"T01-1",
		"Thing 1",
		"3",
		"1.5",
		"2026-11-02 09:05:00",
	]
	joined = frappe.qb.from_(T).select(GroupConcat(T.name)).where(T.weight < 3).run()
	assert sorted(joined[0][0].split(",")) == ["T00", "T01", "T02"]
	assert frappe.qb.from_(T).select(UnixTimestamp(T.due)).limit(1).run()[0][0] > 1.7e9


def test_intervals(things: Any) -> None:
	query = (
		frappe.qb.from_(T).select(T.name).where(T.starts >= Now() - Interval(years=100)).where(T.weight < 2)
	)
	assert sorted(query.run(pluck=True)) == ["T00", "T01"]


def test_subqueries_and_unions(things: Any) -> None:
	light = frappe.qb.from_(T).select(T.name).where(T.weight < 2)
	assert sorted(frappe.qb.from_(T).select(T.name).where(T.name.isin(light)).run(pluck=True)) == [
		"T00",
		"T01",
	]
	assert sorted(frappe.qb.from_(T).select(T.name).where(T.name.isin(SubQuery(light))).run(pluck=True)) == [
		"T00",
		"T01",
	]
	assert frappe.qb.from_(light).select(Count("*")).run()[0][0] == 2
	heavy = frappe.qb.from_(T).select(T.name).where(T.weight == 19)
	assert sorted((light + heavy).run(pluck=True)) == ["T00", "T01", "T19"]
	assert sorted((light * light).run(pluck=True)) == ["T00", "T00", "T01", "T01"]
	latest = frappe.qb.from_(T).select(Max(T.weight))
	assert frappe.qb.from_(T).select(T.name).where(T.weight == latest).run(pluck=True) == ["T19"]


def test_writing(things: Any) -> None:
	frappe.qb.update(T).set(T.title, "new").set("weight", T.weight + 100).where(T.name == "T01").run()
	assert things.get_value("Thing", "T01", ["title", "weight"]) == ("new", 101)
	frappe.qb.into("Thing").columns("name", "title").insert(("N1", "a"), ("N2", None)).run()
	assert things.get_value("Thing", "N2", ["title", "weight"]) == (None, 0)
	frappe.qb.from_(T).delete().where(T.name.like("N%")).run()
	assert things.count("Thing") == 20


# ------------------------------------------------------------------ get_query
def test_get_query(things: Any) -> None:
	def run(**options: Any) -> Any:
		return frappe.qb.get_query("Thing", **options).run(as_dict=True)

	assert run(filters="T01") == [{"name": "T01"}]
	assert run(fields=["title", "weight as w"], filters={"weight": ("<", 1)}) == [
		{"title": "Thing 0", "w": 0}
	]
	assert run(fields="name, weight", filters=[["weight", "in", [1, 2]]], order_by="weight")[0].name == "T02"
	assert run(
		fields=["count(name) as n", "max(`due`) as last"], filters={"weight": ("between", [0, 4])}
	) == [{"n": 5, "last": date(2026, 11, 5)}]
	assert run(fields=["kind", "sum(weight) as s"], group_by="kind") == [{"kind": "A", "s": 190}]
	assert len(run(limit=3, offset=2, order_by="name asc")) == 3
	assert run(filters={"notes": ("is", "set")}) == []
	assert run(filters=[{"weight": 3}, ["Thing", "kind", "=", "A"]]) == [{"name": "T03"}]
	assert run(filters=T.weight == 4) == [{"name": "T04"}]
	assert run(fields=["*"], filters="T01")[0].title == "Thing 1"
	assert run(fields=["`tabThing`.`name`", "count(distinct kind) as k"], filters="T01")[0].k == 1


def test_get_query_that_writes(things: Any) -> None:
	frappe.qb.get_query("Thing", update=True, filters={"weight": 3}).set("title", "x").run()
	assert things.get_value("Thing", "T03", "title") == "x"
	frappe.qb.get_query("Thing", delete=True, filters={"weight": (">", 3)}).run()
	assert things.count("Thing") == 4


@pytest.mark.parametrize(
	"options",
	[
		{"fields": ["sleep(5)"]},
		{"fields": ["(select password from __Auth)"]},
		{"fields": ["name; drop table x"]},
		{"fields": ["load_file('/etc/passwd') as x"]},
		{"filters": {"weight` = 1 --": 1}},
		{"filters": {"weight": ("; drop", 1)}},
		{"filters": {"weight": ("is", "perhaps")}},
		{"filters": {"weight": ("between", 5)}},
		{"order_by": "(select 1)"},
		{"group_by": "1; drop"},
	],
)
def test_get_query_refuses(things: Any, options: dict) -> None:
	with pytest.raises((frappe.ValidationError, things.Error)) as error:
		frappe.qb.get_query("Thing", **options).run()
	assert "syntax" not in str(error.value)


def test_get_query_joins_links_and_child_tables(db: Any) -> None:
	rows = frappe.qb.get_query(
		"User",
		fields=["name", "roles.role"],
		filters={"name": "Administrator", "roles.role": "System Manager"},
	).run(as_dict=True)
	assert rows == [{"name": "Administrator", "role": "System Manager"}]
	rows = frappe.qb.get_query(
		"DocField",
		fields=["parent", "options"],
		filters=[["DocField", "fieldname", "=", "roles"], ["parent", "=", "User"]],
	).run(as_dict=True)
	assert rows == [{"parent": "User", "options": "Has Role"}]
	found = frappe.db.get_value("User", {"roles.role": "System Manager", "name": "Administrator"}, "name")
	assert found == "Administrator"
	assert frappe.db.count("User", [["Has Role", "role", "=", "System Manager"]]) >= 1
	query = frappe.qb.get_query("DocType", fields=["name", "module.app_name"], filters={"name": "User"})
	assert query.run() == (("User", "frappe"),)
