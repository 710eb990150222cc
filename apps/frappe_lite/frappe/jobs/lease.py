"""Named leases: of all processes of a site, one at a time does what may be done once only."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.jobs.job import clock
from frappe.jobs.owner import is_dead


def take(name: str, owner: str, seconds: float) -> bool:
	"""Take a lease or prolong one's own, and commit.

	Args:
		name: what is leased, such as "scheduler".
		owner: who asks, see `owner.new_owner`.
		seconds: how long the lease lasts unless prolonged.

	Returns whether `owner` holds the lease now.
	"""
	now = clock()
	held = read(name)
	if held and held.owner != owner and held.until > now and not is_dead(held.owner):
		return False
	if not held:
		_create(name)
	frappe.db.sql(
		"""update `__leases` set `owner` = %s, `until` = %s, `heartbeat` = %s
		where `name` = %s and (`owner` is null or `owner` = %s or `owner` = %s)""",
		(owner, now + seconds, now, name, owner, held.owner if held else owner),
	)
	taken = frappe.db.sql("select 1 from `__leases` where `name` = %s and `owner` = %s", (name, owner))
	frappe.db.commit()
	return bool(taken)


def _create(name: str) -> None:
	try:
		frappe.db.sql("insert into `__leases` (`name`) values (%s)", name)
	except Exception as error:
		if not frappe.db.is_duplicate_entry(error):
			raise


def give_back(name: str, owner: str) -> None:
	"""End one's own lease and commit, so that another process need not wait for its end."""
	frappe.db.sql(
		"update `__leases` set `owner` = null, `until` = 0 where `name` = %s and `owner` = %s", (name, owner)
	)
	frappe.db.commit()


def read(name: str) -> Any:
	"""Return {owner, until, heartbeat} of a lease in seconds since 1970, None when nobody ever took it."""
	rows = frappe.db.sql(
		"select `owner`, `until`, `heartbeat` from `__leases` where `name` = %s", name, as_dict=True
	)
	return rows[0] if rows else None
