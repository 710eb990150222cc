"""Base classes and helpers for tests of apps; the same names as on a Frappe bench."""

from __future__ import annotations

import contextlib
import datetime
import signal
import unittest
from collections.abc import Iterator, Sequence
from functools import wraps
from typing import Any

import frappe
from frappe.tests.clock import freeze_time

__all__ = ["FrappeTestCase", "UnitTestCase", "change_settings", "freeze_time", "make_test_objects", "timeout"]

SAVEPOINT = "frappe_test"


class UnitTestCase(unittest.TestCase):
	"""Assertions on documents; no database is needed."""

	maxDiff = 10_000

	def assertDocumentEqual(self, expected: Any, actual: Any) -> None:
		"""Compare a document with what is expected of it, field by field; numbers to their precision.

		Args:
			expected: a document or a dict; fields it does not name are not compared.
			actual: a document.
		"""
		if hasattr(expected, "as_dict"):
			expected = expected.as_dict()
		for field, value in expected.items():
			if isinstance(value, list):
				self._assert_rows_equal(field, value, actual.get(field))
			else:
				self._assert_value_equal(value, actual.get(field), actual, field)

	def _assert_rows_equal(self, field: str, expected: Sequence[Any], actual: Sequence[Any]) -> None:
		self.assertEqual(len(expected), len(actual), f"{field} should have same number of rows")
		for expected_row, actual_row in zip(expected, actual, strict=True):
			self.assertDocumentEqual(expected_row, actual_row)

	def _assert_value_equal(self, expected: Any, actual: Any, doc: Any, field: str) -> None:
		if isinstance(expected, float):
			precision = doc.precision(field) if hasattr(doc, "precision") else None
			self.assertAlmostEqual(expected, actual, places=precision or 6, msg=f"{field} should be same.")
		elif isinstance(expected, bool | int) or isinstance(actual, bool | int):
			self.assertEqual(frappe.cint(expected), frappe.cint(actual), f"{field} should be same.")
		elif isinstance(expected, datetime.date | datetime.timedelta):
			self.assertEqual(str(expected), str(actual), f"{field} should be same.")
		else:
			self.assertEqual(expected, actual, f"{field} should be same.")

	def assertSequenceSubset(
		self, larger: Sequence[Any], smaller: Sequence[Any], msg: str | None = None
	) -> None:
		"""Assert that every item of `smaller` is in `larger`."""
		self.assertTrue(set(smaller).issubset(set(larger)), msg)

	@contextlib.contextmanager
	def freeze_time(
		self, time_to_freeze: Any, is_utc: bool = False, *args: Any, **kwargs: Any
	) -> Iterator[None]:
		"""Stop the clock; see frappe.tests.clock.freeze_time."""
		with freeze_time(time_to_freeze, is_utc):
			yield

	@contextlib.contextmanager
	def set_user(self, user: str) -> Iterator[None]:
		"""Act as a user inside the block."""
		before = frappe.session.user
		frappe.set_user(user)
		try:
			yield
		finally:
			frappe.set_user(before)

	@contextlib.contextmanager
	def switch_site(self, site: str) -> Iterator[None]:
		"""Work on another site inside the block."""
		before, sites_path = frappe.local.site, frappe.local.sites_path
		frappe.init(site, sites_path=sites_path, force=True)
		frappe.connect()
		try:
			yield
		finally:
			frappe.db.rollback()
			frappe.destroy()
			frappe.init(before, sites_path=sites_path, force=True)
			frappe.connect()


class FrappeTestCase(UnitTestCase):
	"""A test on the site of the context. What a test writes is undone after it, what its class writes
	after the class.
	"""

	TEST_SITE = "test_site"

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.TEST_SITE = getattr(frappe.local, "site", None) or cls.TEST_SITE
		frappe.db.rollback()
		frappe.flags.in_test = True
		cls._primary_connection = frappe.local.db
		cls.addClassCleanup(_undo_class)

	@property
	def primary_connection(self) -> Any:
		"""The connection of the test."""
		return self._primary_connection

	def run(self, result: Any = None) -> Any:
		"""Run the test and undo what it wrote, also when it committed nothing and forgot its clean-up."""
		frappe.db.savepoint(SAVEPOINT)
		frappe.flags.in_test = True
		try:
			return super().run(result)
		finally:
			_undo_test()

	@contextlib.contextmanager
	def assertQueryCount(self, count: int) -> Iterator[None]:
		"""Assert that the block runs at most `count` statements."""
		statements: list[str] = []
		original = frappe.db.sql

		def counting(query: Any, *args: Any, **kwargs: Any) -> Any:
			statements.append(str(query))
			return original(query, *args, **kwargs)

		frappe.db.sql = counting
		try:
			yield
		finally:
			del frappe.db.sql
		self.assertLessEqual(len(statements), count, "\n" + "\n".join(statements))

	@contextlib.contextmanager
	def change_settings(
		self, doctype: str, settings_dict: dict | None = None, **settings: Any
	) -> Iterator[None]:
		"""Set values of a Single inside the block."""
		with change_settings(doctype, settings_dict, **settings):
			yield


def _undo_test() -> None:
	"""Return to where the class left the database.

	A test that committed ended the savepoint: then nothing is left to undo but what followed the commit.
	"""
	frappe.set_user("Administrator")
	try:
		frappe.db.rollback(save_point=SAVEPOINT)
		frappe.db.release_savepoint(SAVEPOINT)
	except frappe.db.Error:
		frappe.db.rollback()
	_forget()


def _undo_class() -> None:
	frappe.set_user("Administrator")
	frappe.db.rollback()
	_forget()


def _forget() -> None:
	"""Drop what the context remembers of undone writes."""
	from frappe.kernel.cache import forget_uncommitted

	forget_uncommitted()
	local = frappe.local
	for kept in ("document_cache", "request_cache", "role_permissions"):
		getattr(local, kept).clear()
	local.message_log = []


@contextlib.contextmanager
def change_settings(
	doctype: str, settings_dict: dict | None = None, /, commit: bool = False, **settings: Any
):
	"""Set values of a Single inside the block, and put the old ones back.

	Args:
		doctype: a Single.
		settings_dict, settings: fieldname → value.
		commit: commit both changes.
	"""
	values = {**(settings_dict or {}), **settings}
	before = {key: frappe.get_single(doctype).get(key) for key in values}
	_write_single(doctype, values, commit)
	try:
		yield
	finally:
		_write_single(doctype, before, commit)


def _write_single(doctype: str, values: dict[str, Any], commit: bool) -> None:
	single = frappe.get_doc(doctype)
	single.update(values)
	single.flags.update(ignore_permissions=True, ignore_version=True)
	single.save()
	if commit:
		frappe.db.commit()


def timeout(seconds: Any = 30, error_message: str = "Test timed out.") -> Any:
	"""Decorate a test that must end within so many seconds."""
	limit = seconds if isinstance(seconds, int | float) else 30

	def decorate(function: Any) -> Any:
		@wraps(function)
		def wrapper(*args: Any, **kwargs: Any) -> Any:
			def stop(_signal: int, _frame: Any) -> None:
				raise TimeoutError(error_message)

			before = signal.signal(signal.SIGALRM, stop)
			signal.setitimer(signal.ITIMER_REAL, limit)
			try:
				return function(*args, **kwargs)
			finally:
				signal.setitimer(signal.ITIMER_REAL, 0)
				signal.signal(signal.SIGALRM, before)

		return wrapper

	return decorate(seconds) if callable(seconds) else decorate


def make_test_objects(
	doctype: str, test_records: Any = None, verbose: bool = False, reset: bool = False
) -> list[str]:
	"""Insert documents for tests, unless documents of that name exist.

	Args:
		doctype: DocType of records that do not name theirs.
		test_records: list of dicts; those of the DocType's test_records.json unless given.
		verbose, reset: kept for Frappe's signature.

	Returns:
		names of the documents.
	"""
	records = get_test_records(doctype) if test_records is None else test_records
	return [_make(doctype, dict(record)) for record in records]


def _make(doctype: str, record: dict[str, Any]) -> str:
	doc = frappe.get_doc({"doctype": doctype, **record})
	name = record.get("name")
	if name and frappe.db.exists(doc.doctype, name):
		return name
	is_submitted = doc.docstatus == 1
	doc.docstatus = 0
	doc.flags.ignore_permissions = True
	try:
		doc.insert(set_name=name)
	except (frappe.NameError, frappe.DuplicateEntryError):
		frappe.clear_messages()
		return doc.name
	if is_submitted:
		doc.submit()
	return doc.name


def get_test_records(doctype: str) -> list[dict[str, Any]]:
	"""Return the records of a DocType's test_records.json, [] when it has none."""
	import os

	from frappe.modules.utils import get_module_path

	module = frappe.get_meta(doctype).module
	path = os.path.join(get_module_path(module), "doctype", frappe.scrub(doctype), "test_records.json")
	return frappe.get_file_json(path) if os.path.exists(path) else []
