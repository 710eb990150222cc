import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from crisis_intervention.access.reading import ReadLogged
from crisis_intervention.access.roles import LEADER, PSYCHOLOGIST, roles_of
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.lasting import Lasting
from crisis_intervention.records.times import moment, refuse_future

OPEN, TALKED, DONE = "Open", "Talked", "Done"


class JointFollowUp(Lasting, ReadLogged, Document):
	"""A student whom class teacher and psychology teacher follow up together (art. 11)."""

	def autoname(self):
		self.name = new_code("Joint Follow Up", "JF", 6, getdate().year)

	def before_insert(self):
		self.psychology_teacher = self.psychology_teacher or frappe.session.user

	def validate(self):
		self.set_class()
		self.keep_beginning()
		self.check_talk()
		self.set_state()

	def set_class(self):
		if self.student:
			self.school_class = frappe.db.get_value("Student Profile", self.student, "school_class")

	def keep_beginning(self):
		"""The psychology teacher writes what is done; the class teacher adds what came of it."""
		before = self.get_doc_before_save()
		if not before:
			return
		for fieldname in ("psychology_teacher", "screening_result"):
			self.set(fieldname, before.get(fieldname))
		changed = (self.what or "") != (before.what or "")
		if changed and not {PSYCHOLOGIST, LEADER} & roles_of(frappe.session.user):
			frappe.throw(_("The psychology teacher writes what is done together."), frappe.PermissionError)

	def check_talk(self):
		if self.talked_at:
			self.talked_at = moment(self.talked_at)
			refuse_future(self.talked_at, _("When you talked"))

	def set_state(self):
		if not self.talked_at:
			self.state = OPEN
		else:
			self.state = DONE if (self.note or "").strip() else TALKED
