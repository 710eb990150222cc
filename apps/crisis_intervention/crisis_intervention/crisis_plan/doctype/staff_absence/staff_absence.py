import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime

from crisis_intervention.crisis_plan.people.stand_ins import follow_absence

MAY_ENTER_FOR_OTHERS = frozenset(("Crisis Team Leader", "Moral Education Officer", "Crisis Administrator"))


class StaffAbsence(Document):
	"""An absence with its substitute."""

	def validate(self) -> None:
		"""Check hours, substitute and who enters it."""
		self.check_hours()
		if self.substitute and self.substitute == self.user:
			frappe.throw(_("Nobody stands in for himself."))
		self.check_author()

	def on_update(self) -> None:
		"""Give what cannot wait to the substitute at once; a later absence does so when it begins."""
		follow_absence(self)

	def check_hours(self) -> None:
		"""Refuse an absence that ends before it begins."""
		if self.from_time and self.to_time and get_datetime(self.to_time) <= get_datetime(self.from_time):
			frappe.throw(_("The absence must end after it begins."))

	def check_author(self) -> None:
		"""Refuse absences that somebody without the office enters for another person.

		Else duties could be led away from the person they belong to.
		"""
		author = frappe.session.user
		if author in (self.user, "Administrator") or MAY_ENTER_FOR_OTHERS & set(frappe.get_roles(author)):
			return
		frappe.throw(_("You can enter your own absence only."), frappe.PermissionError)
