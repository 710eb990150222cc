import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

IN_FORCE, SUPERSEDED = "In Force", "Superseded"


class CrisisPlan(Document):
	"""A version of the school's plan (art. 27)."""

	def validate(self) -> None:
		"""Check numbers and dates of the version."""
		self.check_articles()
		self.check_dates()

	def check_articles(self) -> None:
		"""Refuse an article number that stands twice."""
		numbers = [row.number for row in self.articles if row.number]
		double = {number for number in numbers if numbers.count(number) > 1}
		if double:
			frappe.throw(_("Article {0} stands more than once.").format(min(double)))

	def check_dates(self) -> None:
		"""Keep a version that duties cite: its date in force and its status stay."""
		if self.status == IN_FORCE and not self.in_force_from:
			frappe.throw(_("A plan in force needs its date."))
		if self.is_new() or not self.is_cited():
			return
		before = self.get_doc_before_save()
		if before and (
			self.status == "Draft" or getdate(before.in_force_from) != getdate(self.in_force_from)
		):
			frappe.throw(_("Duties cite this version: its date in force cannot change. Make a new version."))

	def on_update(self) -> None:
		"""Let a new version in force supersede the former ones."""
		if self.status != IN_FORCE:
			return
		former = frappe.get_all(
			"Crisis Plan",
			filters={
				"status": IN_FORCE,
				"name": ["!=", self.name],
				"in_force_from": ["<=", self.in_force_from],
			},
			pluck="name",
		)
		for name in former:
			frappe.db.set_value(
				"Crisis Plan", name, {"status": SUPERSEDED, "superseded_on": self.in_force_from}
			)

	def on_trash(self) -> None:
		"""Keep a version that duties cite."""
		if self.is_cited():
			frappe.throw(_("Duties cite this version of the plan. It cannot be deleted."))

	def is_cited(self) -> bool:
		"""Say whether any duty arose under this version."""
		return bool(frappe.db.exists("Duty", {"plan": self.name}))
