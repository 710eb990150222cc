import frappe
from frappe import _
from frappe.model.document import Document

# Words of treatment: school counsellors do not treat (精神卫生法 23), so such a measure is a referral.
TREATMENT = ("治疗", "therapy", "treatment", "medication", "药物", "诊治")


class MeasureType(Document):
	"""A type of measure with its phase (art. 6) and kind (art. 15)."""

	def validate(self):
		self.refer_treatment()

	def on_trash(self):
		if frappe.db.exists("Risk Level Measure", {"measure_type": self.name}):
			frappe.throw(_("Levels require this measure. Take it out of use instead."))

	def refer_treatment(self):
		"""Treatment is never a measure of the school itself."""
		words = f"{self.label or ''} {self.label_en or ''}".lower()
		if not self.by_referral and any(word in words for word in TREATMENT):
			frappe.throw(_("School counsellors do not treat. Mark this measure as done by referral only."))
