"""What the reviews of governance have in common: a time that lies behind, counts from the logs."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate


def check_period(doc: Any) -> None:
	"""Refuse a period that ends before it begins, or lies ahead.

	:raises frappe.ValidationError: for such a period
	"""
	if not (doc.from_date and doc.to_date):
		return
	if getdate(doc.from_date) > getdate(doc.to_date):
		frappe.throw(_("The period ends before it begins."))
	if getdate(doc.to_date) > getdate():
		frappe.throw(_("The period cannot end in the future."))


def within(doc: Any) -> list[Any]:
	"""Return the filter value of a datetime field for the whole days of a period."""
	return ["between", [f"{getdate(doc.from_date)} 00:00:00", f"{getdate(doc.to_date)} 23:59:59.999999"]]
