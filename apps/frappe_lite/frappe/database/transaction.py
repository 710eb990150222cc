"""Transaction control of a connection: begin, commit, rollback, savepoints and what runs around them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import frappe


class CallbackManager:
	"""Functions to run once at a moment of a transaction, in the order they were added."""

	__slots__ = ("_functions",)

	def __init__(self) -> None:
		self._functions: deque[Callable[[], Any]] = deque()

	def add(self, func: Callable[[], Any]) -> None:
		"""Have `func` called without arguments; the same function is called once only."""
		if func not in self._functions:
			self._functions.append(func)

	__call__ = add

	def run(self) -> None:
		"""Call and forget the functions, also those added meanwhile."""
		while self._functions:
			self._functions.popleft()()

	def reset(self) -> None:
		"""Forget the functions."""
		self._functions.clear()


class TransactionControl:
	"""What a Database offers around one transaction.

	A back end supplies `_begin(read_only)`, `_commit()`, `_rollback()`.
	"""

	def _init_transaction(self) -> None:
		self.transaction_writes = 0
		self.auto_commit_on_many_writes = 0
		self._disable_transaction_control = 0
		self.is_read_only = False
		self.before_commit = CallbackManager()
		self.after_commit = CallbackManager()
		self.before_rollback = CallbackManager()
		self.after_rollback = CallbackManager()

	def begin(self, *, read_only: bool = False) -> None:
		"""Start a transaction.

		Args:
			read_only: the transaction means to read only; a write in it starts it anew, as a writer.
		"""
		read_only = read_only or bool(frappe.flags.read_only)
		self._begin(read_only)
		self.is_read_only = read_only

	def commit(self) -> None:
		"""Commit the transaction; functions of `before_commit` run before, those of `after_commit` after."""
		if self._disable_transaction_control:
			return
		self.before_rollback.reset()
		self.after_rollback.reset()
		self.before_commit.run()
		self._commit()
		self._transaction_ended()
		self.after_commit.run()

	def rollback(self, *, save_point: str | None = None) -> None:
		"""Undo everything since the transaction began, or since a savepoint.

		Args:
			save_point: name given to `savepoint`.
		"""
		if save_point:
			self._rollback_to(save_point)
			return
		if self._disable_transaction_control:
			return
		self.before_commit.reset()
		self.after_commit.reset()
		self.before_rollback.run()
		self._rollback()
		self._transaction_ended()
		self.after_rollback.run()

	def _transaction_ended(self) -> None:
		self.transaction_writes = 0
		self.is_read_only = False
		self.value_cache.clear()

	def _rollback_to(self, save_point: str) -> None:
		self.sql(f"rollback to savepoint {self._savepoint_name(save_point)}")
		self.value_cache.clear()

	def savepoint(self, save_point: str) -> None:
		"""Mark a place in the transaction to which `rollback(save_point=...)` returns."""
		self.sql(f"savepoint {self._savepoint_name(save_point)}")

	def release_savepoint(self, save_point: str) -> None:
		"""Forget a savepoint; what was done since stays in the transaction."""
		self.sql(f"release savepoint {self._savepoint_name(save_point)}")

	@staticmethod
	def _savepoint_name(name: str) -> str:
		if not name.replace("_", "").isalnum():
			raise ValueError(f"Not a name of a savepoint: {name!r}")
		return f"`{name}`"

	def add_before_commit(self, method: str, args: dict | None = None, kwargs: dict | None = None) -> None:
		"""Have a dotted method called before the next commit (Frappe 13's form of `before_commit.add`)."""
		self.before_commit.add(lambda: frappe.call(method, *(args or ()), **(kwargs or {})))


@contextmanager
def savepoint(catch: type[BaseException] | tuple[type[BaseException], ...] = Exception) -> Iterator[None]:
	"""Undo what the block wrote when it raises one of `catch`, which then does not leave the block.

	Args:
		catch: error classes; others leave the block, the work stays for the caller to roll back.
	"""
	name = "".join(frappe.generate_hash(length=10))
	save_point = f"s_{name}"
	frappe.db.savepoint(save_point)
	try:
		yield
	except catch:
		frappe.db.rollback(save_point=save_point)
	else:
		frappe.db.release_savepoint(save_point)
