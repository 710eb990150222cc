"""What the controllers of periodic reports have in common."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import format_datetime, get_fullname, getdate, now_datetime

from crisis_intervention.access.reading import ReadLogged
from crisis_intervention.early_warning.periodic.periods import due_of_period, reporting_period
from crisis_intervention.records.lasting import Lasting
from crisis_intervention.records.times import moment

FILING = ("filed_by", "entry_time", "late", "period", "period_start", "period_end", "filing_key")
RECEIPT = ("acknowledged_by", "acknowledged_at")


class PeriodicReport(Lasting, ReadLogged):
	"""A report on a class or a person, of one period; saving it files it, nothing takes it back.

	It is not submittable: one tap files it, what comes later is added or corrected with a reason, and the
	duty of its own period is closed by it however late it is.
	"""

	subject_doctype = "School Class"
	subject_field = "school_class"

	def stamp(self) -> None:
		"""Who files and when is known to the server, not to the form."""
		self.filed_by = frappe.session.user
		self.entry_time = now_datetime().replace(microsecond=0)
		for fieldname in RECEIPT:
			self.set(fieldname, None)

	def set_period(self, day: Any = None) -> None:
		"""Set the period that contains a day, and whether the report comes after its due time.

		:param day: any day of the period, today when empty
		:raises frappe.ValidationError: for a period that has not begun
		"""
		period = reporting_period(self.doctype, self.subject(), moment(day).date())
		if period.first > getdate():
			frappe.throw(_("This period has not begun yet."))
		due = due_of_period(self.doctype, period)
		self.period, self.period_start, self.period_end = period.key, period.first, period.last
		self.late = int(bool(due and self.entry_time > due))

	def subject(self) -> Any:
		"""Return the class or person that is reported on, or None as long as the form is empty."""
		name = self.get(self.subject_field)
		return frappe.get_cached_doc(self.subject_doctype, name) if name else None

	def keep_filing(self) -> None:
		"""Put back what was filed: whose report, of which period, by whom and when."""
		before = self.get_doc_before_save()
		for fieldname in (self.subject_field, *FILING):
			if self.meta.has_field(fieldname):
				self.set(fieldname, before.get(fieldname))
		if not self.flags.receipt:
			for fieldname in RECEIPT:
				self.set(fieldname, before.get(fieldname))

	def refuse_double(self) -> None:
		"""One report per class or person and period; whoever is second hears who was first.

		:raises frappe.ValidationError: naming who filed and when
		"""
		self.filing_key = f"{self.get(self.subject_field)}|{self.period}"
		refuse_filed(self.doctype, {"filing_key": self.filing_key})

	def refuse_other(self, allowed: list[str], message: str) -> None:
		"""Refuse a report on a class or person that is not the user's.

		:param allowed: codes for which the user may report
		:param message: translated refusal
		:raises frappe.PermissionError: with the message
		"""
		if self.get(self.subject_field) and self.get(self.subject_field) not in allowed:
			frappe.throw(message, frappe.PermissionError)


def refuse_filed(doctype: str, filters: dict[str, Any]) -> None:
	"""Refuse what was filed before.

	:param filters: which records count as the same
	:raises frappe.ValidationError: naming who filed and when
	"""
	first = frappe.db.get_value(doctype, filters, ["filed_by", "entry_time"], as_dict=True)
	if first:
		who, when = get_fullname(first.filed_by), format_datetime(first.entry_time)
		frappe.throw(_("{0} filed this on {1}.").format(who, when), title=_("Filed already"))


def check_classmates(doc: Any, table: str) -> None:
	"""Every student of a new line belongs to the class that is reported on.

	:param table: table with a field `student`
	:raises frappe.ValidationError: naming the row
	"""
	students = [row.student for row in doc.get(table) if row.get("student") and row.is_new()]
	found = frappe.get_all(
		"Student Profile",
		filters={"name": ["in", students or [""]], "school_class": doc.school_class or ""},
		pluck="name",
	)
	for row in doc.get(table):
		if row.get("student") in set(students) - set(found):
			frappe.throw(_("Row {0}: this student is not in the class.").format(row.idx))
