"""What the weekly reports of class teachers and psychology teachers have in common (art. 12)."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from crisis_intervention.access import roles
from crisis_intervention.crisis_plan.duties.states import UNFULFILLED
from crisis_intervention.early_warning.periodic.report import PeriodicReport
from crisis_intervention.records.corrections import record_corrections


class WeeklyReport(PeriodicReport):
	"""Students of note as lines, or nothing to report; the team leader gives a receipt."""

	line_fields = ("change", "event_date", "done")

	def check_says_something(self) -> None:
		"""A report names a student, says how things are, or says that there is nothing.

		:raises frappe.ValidationError: for an empty one
		"""
		if self.entries or (self.overview or "").strip():
			self.zero_report = 0
		elif not self.zero_report:
			frappe.throw(_("Name a student of note, or tick that there is nothing to report."))

	def keep_lines(self) -> None:
		"""Lines are added at any time; what a filed line says changes only with a reason.

		:raises frappe.ValidationError: for a line taken out, or changed without a reason
		"""
		before = self.get_doc_before_save()
		stored = {row.name: row for row in before.entries} if before else {}
		if set(stored) - {row.name for row in self.entries}:
			frappe.throw(_("A line of a filed report is not taken out. Correct it and say why."))
		for row in self.entries:
			self.keep_line(row, stored.get(row.name))
		record_corrections(self, ("overview",), lines={"entries": self.line_fields})

	def keep_line(self, row, former) -> None:
		"""Stamp a new line; keep student and entry time of a stored one."""
		if not former:
			row.entered_at = now_datetime().replace(microsecond=0)
			return
		row.student, row.entered_at = former.student, former.entered_at

	def count_students(self) -> None:
		self.students_of_note = len({row.student for row in self.entries if row.student})

	@frappe.whitelist(methods=["POST"])
	def mark_read(self) -> str:
		"""Give the receipt: the team leader has read the report.

		:returns: moment of the receipt
		:raises frappe.PermissionError: for anybody else
		"""
		self.check_permission("read")
		if not self.may_mark_read():
			frappe.throw(_("The team leader confirms that a report was read."), frappe.PermissionError)
		stored = frappe.get_doc(self.doctype, self.name)
		stored.acknowledged_by, stored.acknowledged_at = frappe.session.user, now_datetime()
		stored.flags.receipt = True
		# The team leader reads reports and does not write them; nothing but the receipt changes.
		stored.save(ignore_permissions=True)
		return str(stored.acknowledged_at)

	def may_mark_read(self) -> bool:
		"""Say whether the user is team leader, or was given the duty to read this report."""
		user = frappe.session.user
		if roles.LEADER in roles.roles_of(user):
			return True
		mine = {"reference_name": self.name, "responsible": user, "state": ["in", UNFULFILLED]}
		return bool(frappe.db.exists("Duty", mine))
