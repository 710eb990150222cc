import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt, getdate, now_datetime

from crisis_intervention.access.reading import ReadLogged
from crisis_intervention.early_warning import psychological_files
from crisis_intervention.early_warning.screening import consents, coverage, reviews
from crisis_intervention.early_warning.screening.instruments import VALID, instrument_of
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.corrections import record_corrections
from crisis_intervention.records.lasting import Lasting

# What the questionnaire said; changing it afterwards is a correction and needs a reason.
RECORDED = ("tested_on", "critical_item", "validity", "score")
LINES = {"scores": ("part", "value")}


class ScreeningResult(Lasting, ReadLogged, Document):
	"""What a screening said about a student. It sets no level: a person decides what follows (art. 11)."""

	def autoname(self):
		self.name = new_code("Screening Result", "SR", 7, getdate().year)

	def before_insert(self):
		self.start()

	def validate(self):
		self.check_campaign()
		self.set_class()
		self.tidy()
		self.check_scores()
		record_corrections(self, RECORDED, lines=LINES)
		reviews.follow(self)

	def on_update(self):
		reviews.start_joint_follow_up(self)
		psychological_files.follow(self)
		if not self.flags.skip_counts:
			consents.mark_tested(self.campaign, [self.student])
			coverage.refresh(self.campaign)

	def start(self):
		"""A result begins without review: a person looks at it first."""
		for fieldname in reviews.DECIDED:
			self.set(fieldname, None)
		self.set("corrections", [])

	def check_campaign(self):
		"""Only with consent, only while the campaign is open, and once for each student."""
		if not self.is_new() or not (self.campaign and self.student):
			return
		if frappe.db.get_value("Screening Campaign", self.campaign, "status") != "Running":
			frappe.throw(_("This campaign is not open."))
		if consents.state_for(self.campaign, self.student) != consents.GIVEN:
			frappe.throw(_("Guardian and student have not both agreed."))
		if frappe.db.exists("Screening Result", {"campaign": self.campaign, "student": self.student}):
			frappe.throw(
				_("This student has a result in the campaign already."), frappe.UniqueValidationError
			)

	def set_class(self):
		before = self.get_doc_before_save()
		self.school_class = before.school_class if before else None
		if not self.school_class and self.student:
			self.school_class = frappe.db.get_value("Student Profile", self.student, "school_class")

	def tidy(self):
		"""Values as they are stored, so that a correction shows only what really changed."""
		self.score, self.critical_item = flt(self.score, 2), cint(self.critical_item)
		self.validity = self.validity or VALID
		self.tested_on = getdate(self.tested_on)
		before = self.get_doc_before_save()
		# Whether a result may be used follows from the consent alone.
		self.blocked = before.blocked if before else 0
		self.source = before.source if before else self.source

	def check_scores(self):
		"""Range, licence and critical items; nothing but a look by a person follows from a score."""
		instrument = self.instrument_in_use()
		if not instrument:
			return
		for row in self.scores or []:
			row.value = flt(row.value, 2)
			part = instrument.part(row.part)
			row.kind = part.kind if part else None
		values = {row.part: row.value for row in self.scores or []}
		# A stored zero below the range was never entered: some instruments have no total.
		score = None if not self.score and instrument.score_min > 0 else self.score
		for problem in instrument.problems(score, values):
			frappe.throw(problem)
		self.flagged = int(instrument.is_flagged(score))
		self.critical_item = int(self.critical_item or instrument.is_critical(values))

	def instrument_in_use(self):
		name = (
			frappe.db.get_value("Screening Campaign", self.campaign, "instrument") if self.campaign else None
		)
		return instrument_of(name) if name else None

	def reviewed_now(self):
		"""Stamp who decided and when."""
		self.reviewed_by, self.reviewed_at = frappe.session.user, now_datetime()


def on_doctype_update():
	"""One result for each student of a campaign, whatever way it comes in."""
	frappe.db.add_unique("Screening Result", ["campaign", "student"])
