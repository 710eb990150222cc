"""Counters for names by autoincrement."""

from __future__ import annotations

from frappe.database.utils import quote_name


class Sequences:
	"""The sequence methods of a Database; kept in `tabSeries`, where MariaDB has sequences of its own."""

	def create_sequence(
		self,
		doctype_name: str,
		*,
		slug: str = "_id_seq",
		start_value: int = 0,
		check_not_exists: bool = False,
	) -> str:
		"""Create the counter of a DocType and return its name."""
		name = self._sequence_name(doctype_name, slug)
		if not self.sql("select 1 from `tabSeries` where `name` = %s", (name,)):
			self.sql(
				"insert into `tabSeries` (`name`, `current`) values (%s, %s)", (name, max(start_value - 1, 0))
			)
		return name

	def get_next_sequence_val(self, doctype_name: str, slug: str = "_id_seq") -> int:
		"""Return the next number of a DocType's counter."""
		name = self._sequence_name(doctype_name, slug)
		self.sql("update `tabSeries` set `current` = `current` + 1 where `name` = %s", (name,))
		rows = self.sql("select `current` from `tabSeries` where `name` = %s", (name,))
		if not rows:
			self.sql("insert into `tabSeries` (`name`, `current`) values (%s, 1)", (name,))
		return rows[0][0] if rows else 1

	def set_next_sequence_val(
		self, doctype_name: str, next_val: int, *, slug: str = "_id_seq", is_val_used: bool = False
	) -> None:
		"""Set what the counter gives next; `is_val_used` goes on after it."""
		name = self.create_sequence(doctype_name, slug=slug)
		current = next_val if is_val_used else next_val - 1
		self.sql("update `tabSeries` set `current` = %s where `name` = %s", (current, name))

	def drop_sequence(self, doctype_name: str, slug: str = "_id_seq") -> None:
		"""Forget a DocType's counter."""
		self.sql("delete from `tabSeries` where `name` = %s", (self._sequence_name(doctype_name, slug),))

	@staticmethod
	def _sequence_name(doctype: str, slug: str) -> str:
		from frappe.utils import scrub

		name = scrub(doctype + slug)
		quote_name(name)
		return name


def create_sequence(doctype_name: str, **options: object) -> str:
	"""Create the counter of a DocType, see `Sequences.create_sequence`."""
	import frappe

	return frappe.db.create_sequence(doctype_name, **options)


def get_next_val(doctype_name: str, slug: str = "_id_seq") -> int:
	"""Return the next number of a DocType's counter."""
	import frappe

	return frappe.db.get_next_sequence_val(doctype_name, slug)


def set_next_val(doctype_name: str, next_val: int, **options: object) -> None:
	"""Set what a DocType's counter gives next."""
	import frappe

	frappe.db.set_next_sequence_val(doctype_name, next_val, **options)
