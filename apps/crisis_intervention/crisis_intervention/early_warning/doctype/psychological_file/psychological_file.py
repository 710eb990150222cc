import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import nowdate

from crisis_intervention.access.reading import ReadLogged
from crisis_intervention.case_registry.concerns import users_of_concern
from crisis_intervention.case_registry.entry import person_in_charge
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.corrections import record_corrections
from crisis_intervention.records.lasting import Lasting

RECORDED = ("follow_up_owner", "on_follow_up_list", "follow_up")


class PsychologicalFile(Lasting, ReadLogged, Document):
	"""The psychological file of a student: who follows up, and what is done together (art. 11)."""

	def autoname(self):
		self.name = new_code("Psychological File", "PF", 7)

	def before_insert(self):
		self.opened_on = nowdate()

	def validate(self):
		self.keep_opening()
		self.refuse_second()
		self.name_owner()
		self.refuse_person_of_concern()
		record_corrections(self, RECORDED)

	def keep_opening(self):
		before = self.get_doc_before_save()
		if before:
			self.opened_on = before.opened_on

	def refuse_second(self):
		"""A student has one file.

		:raises frappe.ValidationError: naming the code of the file there is
		"""
		if not self.is_new() or not self.student:
			return
		there = frappe.db.get_value("Psychological File", {"student": self.student})
		if there:
			frappe.throw(_("This student has a file already: {0}.").format(there))

	def name_owner(self):
		"""The psychology teacher of the class follows up unless somebody else is named."""
		if not self.follow_up_owner and self.school_class:
			self.follow_up_owner = person_in_charge(self.student, self.school_class, None)

	def refuse_person_of_concern(self):
		"""Whoever must not hear of the student follows nothing up.

		:raises frappe.ValidationError: naming nobody
		"""
		if not self.follow_up_owner or not self.has_value_changed("follow_up_owner"):
			return
		if self.follow_up_owner in users_of_concern(self.student):
			frappe.throw(_("This person must not hear of the matter. Choose the next one."))
