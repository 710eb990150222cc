"""Records that tests share, and a copy of the bench for tests that commit.

On MariaDB a new table commits what came before it, and copies of a bench share their database; so what tests
make there is made once, and what they find there is removed first.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import frappe
from frappe.jobs.runner import site_context

COMMITTED = (
	"ToDo",
	"Error Log",
	"Email Account",
	"Email Queue Recipient",
	"Email Queue",
	"Scheduled Job Log",
)


def ensure(doctype: str, name: str, /, **values: Any) -> None:
	"""Insert a record unless there is one of that name."""
	if not frappe.db.exists(doctype, name):
		frappe.get_doc({"doctype": doctype, **values}).insert()


def copy_bench(bench_path: Path, target: Path, site: str) -> str:
	"""Copy a bench, empty what tests commit, and return the copy's sites folder."""
	shutil.copytree(bench_path, target)
	sites_path = str(target / "sites")
	with site_context(site, sites_path):
		empty_tables()
		frappe.db.commit()
	return sites_path


def empty_tables() -> None:
	"""Delete the records that tests commit, without events."""
	for doctype in COMMITTED:
		frappe.db.delete(doctype)
	frappe.db.sql("delete from `__jobs`")
	frappe.db.sql("delete from `__leases`")
