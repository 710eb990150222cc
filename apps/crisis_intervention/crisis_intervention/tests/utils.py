"""The base class of the app's tests, on Frappe 15 and 16 alike."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from unittest.mock import patch

import frappe

try:
	from frappe.tests import IntegrationTestCase as HostTestCase
except ImportError:
	from frappe.tests.utils import FrappeTestCase as HostTestCase


TEST_DOMAIN = "crisis.example.com"


class CrisisTestCase(HostTestCase):
	"""A test that acts as users of the school and leaves the session as it was.

	The accounts a site already has, a demo school's for instance, are put aside meanwhile: a duty of a test
	falls to the test's people.
	"""

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		others = {
			"enabled": 1,
			"name": ("not in", ["Administrator", "Guest"]),
			"email": ("not like", f"%@{TEST_DOMAIN}"),
		}
		if frappe.get_all("User", filters=others, limit=1):
			frappe.db.set_value("User", others, "enabled", 0)

	def setUp(self) -> None:
		super().setUp()
		frappe.set_user("Administrator")
		self.undo_afterwards()

	def undo_afterwards(self) -> None:
		"""Undo what this test writes when it ends: a bench by itself undoes it after the whole class only."""
		open_savepoints = ["one_test"]
		frappe.db.savepoint(*open_savepoints)
		# Who commits or undoes everything has ended the savepoint as well.
		frappe.db.after_commit.add(open_savepoints.clear)
		frappe.db.after_rollback.add(open_savepoints.clear)

		def undo() -> None:
			if open_savepoints:
				frappe.db.rollback(save_point=open_savepoints[0])
				frappe.db.value_cache.clear()

		self.addCleanup(undo)

	def tearDown(self) -> None:
		frappe.set_user("Administrator")
		super().tearDown()

	@contextmanager
	def as_user(self, user: str) -> Iterator[None]:
		"""Act as a user inside the block.

		:param user: name of the user
		"""
		before = frappe.session.user
		frappe.set_user(user)
		try:
			yield
		finally:
			frappe.set_user(before)

	@contextmanager
	def speaking(self, language: str) -> Iterator[None]:
		"""Read in a language inside the block; signing in as a user brings his own.

		:param language: `zh` or `en`
		"""
		before = frappe.local.lang
		frappe.local.lang = language
		try:
			yield
		finally:
			frappe.local.lang = before

	def attempt(self, action) -> None:
		"""Run an attack that may also be passed over in silence: the caller looks at what is there.

		:param action: callable without arguments
		"""
		frappe.db.savepoint("attack")
		with suppress(frappe.ValidationError, frappe.PermissionError):
			action()
			frappe.clear_messages()
			return
		frappe.db.rollback(save_point="attack")
		frappe.clear_messages()

	def keep_tables(self) -> None:
		"""Customise without changing tables: MariaDB would commit with them what the test wrote."""
		unchanged = patch.object(frappe.db, "updatedb", lambda *args, **kwargs: None)
		unchanged.start()
		self.addCleanup(unchanged.stop)

	def assert_refused(self, action, *errors: type[Exception]) -> None:
		"""Assert that an action is refused, and undo what it wrote until then.

		:param action: callable without arguments
		:param errors: accepted kinds of refusal, any validation or permission error by default
		"""
		frappe.db.savepoint("refused")
		with self.assertRaises(errors or (frappe.ValidationError, frappe.PermissionError)):
			action()
		frappe.db.rollback(save_point="refused")
		frappe.clear_messages()
