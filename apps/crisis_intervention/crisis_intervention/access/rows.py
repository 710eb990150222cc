"""Row rules: one SQL condition per DocType and user answers lists and single records alike.

`has_permission` asks the database with the very condition that filters lists, so the two cannot differ.
"""

from dataclasses import dataclass
from typing import Any

import frappe
from frappe.utils import now_datetime, nowdate

from crisis_intervention.access.roles import roles_of

READING = frozenset(("read", "select", "report", "print", "export", "email", "share"))
NOTHING = "1 = 0"


@dataclass(frozen=True)
class Clause:
	"""Some rows for some roles, or for every role; `{table}`, `{user}`, `{today}`, `{now}` are filled in."""

	condition: str
	roles: frozenset[str] = frozenset()
	reading_only: bool = False

	def applies(self, roles: frozenset[str], reading: bool = True) -> bool:
		"""Say whether the clause is meant for somebody with these roles and for this kind of access."""
		return (reading or not self.reading_only) and (not self.roles or bool(self.roles & roles))


@dataclass(frozen=True)
class RowRule:
	"""Which rows of a DocType a user may read or change.

	:param doctype: the DocType
	:param all_rows: roles that see every row
	:param clauses: rows for others
	:param writing: clauses for changing, the same as for reading when None
	:param all_written: roles that may change every row they see, `all_rows` when None
	:param barred: condition with the rows that persons of concern are shut out of, empty when none
	"""

	doctype: str
	all_rows: frozenset[str]
	clauses: tuple[Clause, ...] = ()
	writing: tuple[Clause, ...] | None = None
	all_written: frozenset[str] | None = None
	barred: str = ""

	def query_conditions(self, user: str | None = None, doctype: str | None = None) -> str:
		"""Return the SQL condition of a list; Frappe's hook `permission_query_conditions`.

		:param user: the user of the session by default
		:returns: empty for Administrator only
		"""
		user = user or frappe.session.user
		return "" if user == "Administrator" else self.condition(user, "read")

	def has_permission(
		self, doc: Any, ptype: str | None = None, user: str | None = None, debug: bool = False
	) -> bool:
		"""Answer for one record; Frappe's hook `has_permission`, which can only deny.

		:param doc: document; a new one is judged by the role alone
		:param ptype: kind of access, reading when empty
		"""
		user = user or frappe.session.user
		if user == "Administrator" or ptype == "create" or _is_new(doc):
			return True
		found = frappe.db.sql(
			f"select 1 from `tab{self.doctype}` where `tab{self.doctype}`.name = {frappe.db.escape(doc.name)}"
			f" and ({self.condition(user, ptype or 'read')}) limit 1"
		)
		return bool(found)

	def condition(self, user: str, ptype: str) -> str:
		"""Return the condition for a user and a kind of access; `1 = 0` when there are no rows."""
		reading = ptype in READING
		allowed = self._allowed(roles_of(user), reading)
		if not allowed:
			return NOTHING
		parts = [*allowed, self.barred] if self.barred else allowed
		values = {
			"table": f"`tab{self.doctype}`",
			"user": frappe.db.escape(user),
			"today": frappe.db.escape(nowdate()),
			"now": frappe.db.escape(f"{now_datetime():%Y-%m-%d %H:%M:%S.%f}"),
		}
		return " and ".join(f"({part.format(**values)})" for part in parts)

	def _allowed(self, roles: frozenset[str], reading: bool) -> list[str]:
		"""Return the condition of the roles as a list of one, an empty one for no rows."""
		everything = self.all_rows if reading or self.all_written is None else self.all_written
		if everything & roles:
			return ["1 = 1"]
		clauses = self.clauses if reading or self.writing is None else self.writing
		conditions = [f"({clause.condition})" for clause in clauses if clause.applies(roles, reading)]
		return [" or ".join(conditions)] if conditions else []


def _is_new(doc: Any) -> bool:
	return bool(doc.is_new()) if hasattr(doc, "is_new") else False
