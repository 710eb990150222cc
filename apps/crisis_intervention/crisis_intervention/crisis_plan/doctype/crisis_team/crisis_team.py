import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from crisis_intervention.access import roles

CHECKERS = frozenset((roles.SCHOOL_LEADER, roles.LEADER))


class CrisisTeam(Document):
	"""The standing crisis team of the school (art. 7 and 8)."""

	def validate(self) -> None:
		"""Check dates and deputies of the team and its members."""
		self.check_dates(self)
		for member in self.members:
			self.check_dates(member)
			if member.deputy and member.deputy == member.user:
				frappe.throw(_("Row {0}: nobody is his own deputy.").format(member.idx))
		self.keep_check()

	def onload(self) -> None:
		"""Tell the form whether the reader may record the check."""
		self.set_onload("may_check", bool(CHECKERS & roles.roles_of(None)))

	def check_dates(self, row) -> None:
		"""Refuse a range that ends before it begins."""
		if row.from_date and row.to_date and getdate(row.to_date) < getdate(row.from_date):
			frappe.throw(_("The end date lies before the start date."))

	def keep_check(self) -> None:
		"""Who checked the team and when is recorded by `check` alone."""
		if self.flags.checking:
			return
		before = self.get_doc_before_save()
		for fieldname in ("checked_at", "checked_by"):
			self.set(fieldname, before.get(fieldname) if before else None)

	@frappe.whitelist(methods=["POST"])
	def check(self) -> None:
		"""Record that members, deputies and dates of the team were gone through; what proves 07-TEAM.

		:raises frappe.PermissionError: for anybody but the school leader and the team leader
		"""
		if not CHECKERS & roles.roles_of(None):
			frappe.throw(_("The school leader or the team leader checks the team."), frappe.PermissionError)
		team = frappe.get_doc(self.doctype, self.name)
		team.checked_at, team.checked_by = now_datetime(), frappe.session.user
		team.flags.checking = True
		team.save()
