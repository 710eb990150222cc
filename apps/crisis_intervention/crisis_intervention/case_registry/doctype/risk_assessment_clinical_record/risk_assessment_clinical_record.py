import frappe
from frappe import _
from frappe.model.document import Document

from crisis_intervention.access.reading import ReadLogged
from crisis_intervention.records.corrections import record_corrections
from crisis_intervention.records.lasting import Lasting

CLINICAL = (
	"ideation",
	"intent",
	"means_within_reach",
	"plan",
	"means",
	"precipitant",
	"risk_factors",
	"protective_factors",
	"own_words",
	"harm_to_others",
	"named_target",
)


class RiskAssessmentClinicalRecord(Lasting, ReadLogged, Document):
	"""The clinical part of an assessment."""

	def before_insert(self):
		self.check_assessor()
		self.recorded_by = frappe.session.user

	def validate(self):
		before = self.get_doc_before_save()
		if before:
			self.recorded_by = before.recorded_by
		record_corrections(self, CLINICAL, reason_needed=self.is_settled())

	def check_assessor(self):
		"""Only who assesses writes the clinical part."""
		assessor = frappe.db.get_value("Risk Assessment", self.risk_assessment, "assessed_by")
		if assessor != frappe.session.user:
			frappe.throw(_("The person who assesses writes the clinical part."), frappe.PermissionError)

	def is_settled(self):
		"""Once the assessment is submitted, a change is a correction with a reason."""
		return frappe.db.get_value("Risk Assessment", self.risk_assessment, "docstatus") != 0
