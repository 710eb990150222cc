"""Writing and transactions on SQLite and MariaDB."""

from __future__ import annotations

import json
import threading
from typing import Any

import frappe
import pytest
from frappe.database import get_db, savepoint


@pytest.fixture(autouse=True)
def _no_document_cache(monkeypatch: pytest.MonkeyPatch) -> None:
	monkeypatch.setattr(frappe, "clear_document_cache", lambda *_args: None, raising=False)


def test_set_value(things: Any) -> None:
	things.set_value("Thing", "T01", "title", "new")
	title, by, modified = things.get_value("Thing", "T01", ["title", "modified_by", "modified"])
	assert (title, by) == ("new", "Administrator")
	assert modified.year >= 2026
	assert modified != things.get_value("Thing", "T02", "modified")
	things.set_value("Thing", {"weight": ("<", 3)}, {"title": "low", "amount": 2}, update_modified=False)
	assert things.count("Thing", {"title": "low", "amount": 2}) == 3


def test_delete(things: Any) -> None:
	things.delete("Thing", {"weight": (">", 4)})
	assert things.count("Thing") == 5
	things.delete("Thing", "T01")
	assert not things.exists("Thing", "T01")
	things.delete("Thing")
	assert things.count("Thing") == 0
	things.rollback()
	assert things.count("Thing") == 20


def test_bulk_insert_and_update(things: Any) -> None:
	things.bulk_insert("Thing", ["name", "weight"], ((f"N{i}", i) for i in range(2500)), chunk_size=1000)
	assert things.count("Thing") == 2520
	things.bulk_insert("Thing", ["name", "weight"], [("N1", 77), ("N9999", 1)], ignore_duplicates=True)
	assert things.get_value("Thing", "N1", "weight") == 1
	things.bulk_update(
		"Thing", {"N1": {"title": "a"}, "N2": {"title": "b", "weight": 9}}, update_modified=False
	)
	assert things.get_value("Thing", "N1", ["title", "weight"]) == ("a", 1)
	assert things.get_value("Thing", "N2", ["title", "weight"]) == ("b", 9)
	assert things.get_value("Thing", "N3", "title") is None


def test_the_same_name_or_code_twice(things: Any) -> None:
	with pytest.raises(things.Error) as name:
		things.sql("insert into `tabThing` (name) values ('T01')")
	assert things.is_primary_key_violation(name.value)
	assert things.is_duplicate_entry(name.value)
	assert not things.is_unique_key_violation(name.value)
	with pytest.raises(things.Error) as code:
		things.sql("insert into `tabThing` (name, code) values ('new', 'C1')")
	assert things.is_unique_key_violation(code.value)
	things.sql("insert into `tabThing` (name, code) values ('one', null), ('two', null)")
	assert things.count("Thing", {"code": None}) == 2


def test_names_differ_by_more_than_case(things: Any) -> None:
	with pytest.raises(things.Error) as error:
		things.sql("insert into `tabThing` (name) values ('t01')")
	assert things.is_primary_key_violation(error.value)


def test_rollback_to_a_savepoint(things: Any) -> None:
	things.set_value("Thing", "T01", "title", "kept", update_modified=False)
	with savepoint(catch=ValueError):
		things.set_value("Thing", "T02", "title", "lost", update_modified=False)
		raise ValueError
	with savepoint():
		things.set_value("Thing", "T03", "title", "kept", update_modified=False)
	assert things.get_values("Thing", {"title": "kept"}, pluck=True, order_by="name asc") == ["T01", "T03"]
	assert things.get_value("Thing", "T02", "title") == "Thing 2"
	with pytest.raises(KeyError), savepoint(catch=ValueError):
		raise KeyError


def test_a_name_of_a_savepoint_is_checked(things: Any) -> None:
	with pytest.raises(ValueError, match="savepoint"):
		things.savepoint("x; drop table `tabThing`")


def test_callbacks_run_once_around_the_end_of_a_transaction(things: Any) -> None:
	seen: list[str] = []
	for moment in ("before_commit", "after_commit", "before_rollback", "after_rollback"):
		getattr(things, moment).add(lambda moment=moment: seen.append(moment))
	things.commit()
	assert seen == ["before_commit", "after_commit"]
	things.commit()
	things.rollback()
	assert seen == ["before_commit", "after_commit"]
	things.before_rollback.add(lambda: seen.append("undo"))
	things.after_commit.add(lambda: seen.append("never"))
	things.rollback()
	assert seen[-1] == "undo"
	things.commit()
	assert "never" not in seen


def test_what_is_not_committed_is_not_seen_elsewhere_and_undone_by_close(things: Any) -> None:
	other = get_db()
	try:
		things.set_value("Thing", "T01", "title", "secret", update_modified=False)
		assert other.get_value("Thing", "T01", "title") == "Thing 1"
		other.rollback()
		things.commit()
		assert other.get_value("Thing", "T01", "title") == "secret"
		other.set_value("Thing", "T02", "title", "lost", update_modified=False)
		other.close()
		assert things.get_value("Thing", "T02", "title") == "Thing 2"
	finally:
		other.close()


def test_a_reader_that_writes_sees_what_was_committed_meanwhile(things: Any) -> None:
	other = get_db()
	try:
		things.begin(read_only=True)
		assert things.is_read_only
		assert things.get_value("Thing", "T01", "weight") == 1
		other.sql("update `tabThing` set weight = weight + 1 where name = 'T01'")
		other.commit()
		things.sql("update `tabThing` set weight = weight + 1 where name = 'T01'")
		assert things.get_value("Thing", "T01", "weight") == 3
		things.commit()
		assert not things.is_read_only
	finally:
		other.close()


def test_no_write_of_concurrent_threads_is_lost(things: Any) -> None:
	site, sites_path = frappe.local.site, frappe.local.sites_path
	errors: list[BaseException] = []

	def count_up() -> None:
		try:
			frappe.init(site, sites_path=sites_path, force=True)
			frappe.local.db = get_db()
			for _round in range(25):
				frappe.db.begin()
				frappe.db.sql("update `tabThing` set weight = weight + 1 where name = 'T00'")
				frappe.db.commit()
			frappe.destroy()
		except BaseException as error:
			errors.append(error)

	threads = [threading.Thread(target=count_up) for _number in range(4)]
	for thread in threads:
		thread.start()
	for thread in threads:
		thread.join()
	assert errors == []
	things.rollback()
	assert things.get_value("Thing", "T00", "weight") == 100


def test_too_many_writes_are_refused(things: Any, monkeypatch: pytest.MonkeyPatch) -> None:
	monkeypatch.setattr(frappe.local.db, "MAX_WRITES_PER_TRANSACTION", 3)
	things.commit()
	with pytest.raises(frappe.TooManyWritesError):
		for _number in range(5):
			things.set_value("Thing", "T01", "weight", 5)


def test_upsert_and_ignore(things: Any) -> None:
	things.sql("insert into `tabSeries` (`name`, `current`) values ('A-', 1)")
	upsert = """insert into `tabSeries` (`name`, `current`) values (%s, 5)
		on duplicate key update `current` = values(`current`)"""
	things.sql(upsert, ("A-",))
	things.sql("insert ignore into `tabSeries` (`name`, `current`) values ('A-', 9)")
	assert things.sql("select current from `tabSeries` where name = 'A-'") == ((5,),)


def test_counters(things: Any) -> None:
	things.create_sequence("Thing")
	things.commit()
	assert [things.get_next_sequence_val("Thing") for _number in range(3)] == [1, 2, 3]
	things.set_next_sequence_val("Thing", 10)
	assert things.get_next_sequence_val("Thing") == 10
	things.set_next_sequence_val("Thing", 20, is_val_used=True)
	assert things.get_next_sequence_val("Thing") == 21


def test_values_of_every_kind_are_stored(things: Any) -> None:
	from datetime import time, timedelta
	from decimal import Decimal

	values = {
		"weight": True,
		"amount": Decimal("2.5"),
		"clock": timedelta(hours=25 - 2, seconds=1),
		"notes": json.dumps({"ü": 1}),
	}
	things.set_value("Thing", "T01", values, update_modified=False)
	row = things.get_value("Thing", "T01", list(values), as_dict=True)
	assert row == {
		"weight": 1,
		"amount": 2.5,
		"clock": timedelta(hours=23, seconds=1),
		"notes": '{"\\u00fc": 1}',
	}
	things.set_value("Thing", "T01", "clock", time(7, 30), update_modified=False)
	assert things.get_value("Thing", "T01", "clock") == timedelta(hours=7, minutes=30)
