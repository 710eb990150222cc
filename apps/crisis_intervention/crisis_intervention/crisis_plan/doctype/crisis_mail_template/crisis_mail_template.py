import frappe
from frappe import _
from frappe.model.document import Document

from crisis_intervention.crisis_plan.dispatch.neutral import faults

TEXT_FIELDS = ("subject_zh", "body_zh", "subject_en", "body_en")


class CrisisMailTemplate(Document):
	"""A neutral text in two languages."""

	def validate(self) -> None:
		"""Refuse whatever could carry a name, a level, free text or an attachment."""
		for field in TEXT_FIELDS:
			found = faults(self.get(field) or "")
			if found:
				frappe.throw(
					_("{0}: mails carry code, kind, deadline, count and link only. Not allowed: {1}").format(
						_(self.meta.get_label(field)), ", ".join(found)
					)
				)
