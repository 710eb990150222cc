import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from crisis_intervention.access import roles
from crisis_intervention.access.reading import ReadLogged
from crisis_intervention.case_registry.concerns import users_of_concern
from crisis_intervention.governance.card_words import unfit_words
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.corrections import record_corrections
from crisis_intervention.records.lasting import Lasting

TEXTS = ("what_to_do", "what_to_avoid", "whom_to_call")
CHANGES = (*TEXTS, "readers", "valid_until", "in_use")
FIXED = ("student", "student_case", "audience", "written_by")
AUTHORS = frozenset((roles.PSYCHOLOGIST, roles.LEADER, roles.MEMBER))


class NeedToKnowCard(Lasting, ReadLogged, Document):
	"""What somebody outside the case must know in order to act rightly, and nothing more."""

	def autoname(self):
		self.name = new_code("Need To Know Card", "NK", 6, getdate().year)

	def before_insert(self):
		self.written_by = frappe.session.user

	def validate(self):
		self.keep_what_it_is_for()
		self.take_student()
		self.check_author()
		self.check_texts()
		self.check_readers()
		self.check_only_one()
		record_corrections(self, CHANGES, reason_needed=False)

	def keep_what_it_is_for(self):
		"""A card does not move to another case or other readers."""
		before = self.get_doc_before_save()
		for fieldname in FIXED if before else ():
			self.set(fieldname, before.get(fieldname))

	def take_student(self):
		if self.student_case:
			self.student = frappe.db.get_value("Student Case", self.student_case, "student")

	def check_author(self):
		"""Only who carries the case, or commands, writes for others about it."""
		if not self.student_case:
			return
		may_read = frappe.has_permission("Student Case", "read", doc=self.student_case)
		if not may_read or not AUTHORS & roles.roles_of(None):
			frappe.throw(
				_("The psychology teacher of the case or the team writes its cards."), frappe.PermissionError
			)

	def check_texts(self):
		"""Readers are to act rightly, not to know what is the matter."""
		for fieldname in TEXTS:
			found = unfit_words(self.get(fieldname))
			if found:
				message = _("{0}: a card tells no level and no diagnosis. Take out: {1}")
				frappe.throw(message.format(_(self.meta.get_label(fieldname)), ", ".join(found)))

	def check_readers(self):
		"""Readers are enabled persons, each once, none of concern."""
		barred, seen = users_of_concern(self.student), set()
		for row in list(self.readers or []):
			if not row.user or row.user in seen:
				self.remove(row)
				continue
			seen.add(row.user)
			if row.user in barred or not frappe.db.get_value("User", row.user, "enabled"):
				frappe.throw(_("Row {0}: this person cannot be given the card.").format(row.idx))

	def check_only_one(self):
		"""One card in use for each case and kind of reader, so that nobody acts by an old one."""
		same = {"student_case": self.student_case, "audience": self.audience, "in_use": 1}
		others = {**same, "name": ["!=", self.name or ""]}
		if self.in_use and self.student_case and frappe.db.exists("Need To Know Card", others):
			frappe.throw(
				_("There is a card in use for these readers. Change that one, or take it out of use.")
			)
