"""The only writer of Duty and Duty Log.

The engine writes on behalf of the plan, not of the user whose document called the obligation: that user may
not even read the ledger. So these records are written without a permission check, here and nowhere else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import frappe
from frappe.utils import now_datetime

# A hidden reporter's document raises duties in his session: owner and history of the ledger name nobody.
NEUTRAL_OWNER = "Administrator"


def write(doc: Any) -> Any:
	"""Insert a record of the ledger.

	:param doc: unsaved Duty, Duty Log or Dispatch Log document
	:returns: the inserted document
	"""
	doc.flags.from_engine = True
	doc.flags.ignore_links = True
	return doc.insert(ignore_permissions=True)


def change(duty: str, **values: Any) -> None:
	"""Change fields of a duty.

	:param duty: code of the duty
	:param values: fieldnames and new values
	"""
	frappe.db.set_value("Duty", duty, values, modified_by=NEUTRAL_OWNER)


def neutralise(doc: Any) -> None:
	"""Put the neutral owner on a record of the ledger before it is written."""
	doc.owner = doc.modified_by = NEUTRAL_OWNER


@contextmanager
def nobody() -> Iterator[None]:
	"""Let what the engine queues carry no person: jobs remember the user who queued them."""
	user = frappe.session.user
	frappe.session.user = NEUTRAL_OWNER
	try:
		yield
	finally:
		frappe.session.user = user


def log(duty: Any, step: str, at: datetime | None = None, **details: Any) -> Any:
	"""Add a line to the log of a duty.

	:param duty: Duty document or row with name and article
	:param step: an option of Duty Log
	:param at: moment of the step, now by default
	:param details: further fields of Duty Log, codes only
	"""
	return write(
		frappe.get_doc(
			{
				"doctype": "Duty Log",
				"duty": duty.name,
				"article": duty.get("article"),
				"step": step,
				"at": at or now_datetime(),
				**details,
			}
		)
	)
