import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from crisis_intervention.case_registry.states import CLOSED_STATES

# What a level means for the cases on it: another meaning would be a change of level without its two persons.
MEANING = ("severity", "branch", "urgency", "requires_registry")


class RiskLevel(Document):
	"""A level of response."""

	def validate(self):
		self.check_severity()
		self.check_cases_on_it()
		self.check_order_of_cases()
		self.check_review()
		self.check_measures()

	def on_trash(self):
		if frappe.db.exists("Level Change", {"to_level": self.name}):
			frappe.throw(_("This level stands on cases. Take it out of use instead."))

	def check_severity(self):
		"""Two levels in use are never equally severe, or lowering could not be told from raising."""
		filters = {"severity": cint(self.severity), "enabled": 1, "name": ["!=", self.name]}
		if self.enabled and frappe.db.exists("Risk Level", filters):
			frappe.throw(_("Another level in use has the same severity."))

	def check_cases_on_it(self):
		"""Open cases are not lowered, nor taken off the watch, by another meaning of their level."""
		before = self.get_doc_before_save()
		changed = before and any(str(before.get(field)) != str(self.get(field)) for field in MEANING)
		if changed and self.name in levels_of_open_cases():
			frappe.throw(
				_("Open cases stand on this level. Make a new level, assess them anew, disable this one.")
			)

	def check_order_of_cases(self):
		"""A level does not pass by one with open cases: going there would be no lowering any more."""
		before = self.get_doc_before_save()
		if not before or cint(before.severity) == cint(self.severity):
			return
		low, high = sorted((cint(before.severity), cint(self.severity)))
		for level in levels_of_open_cases() - {self.name}:
			if low <= cint(frappe.db.get_value("Risk Level", level, "severity")) <= high:
				frappe.throw(_("The order of levels with open cases does not change."))

	def check_review(self):
		"""A case of the registry is looked at again (art. 23)."""
		if cint(self.requires_registry) and cint(self.review_days) < 1:
			frappe.throw(_("Say after how many days a case of this level is reviewed."))

	def check_measures(self):
		seen = [row.measure_type for row in self.get("measures") or []]
		if len(seen) != len(set(seen)):
			frappe.throw(_("A measure is listed once."))


def levels_of_open_cases() -> set[str]:
	"""Return the levels on which open cases stand."""
	return set(
		frappe.get_all(
			"Student Case",
			filters={"workflow_state": ["not in", CLOSED_STATES], "current_level": ["is", "set"]},
			pluck="current_level",
			distinct=True,
		)
	)
