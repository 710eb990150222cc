import frappe
from frappe import _
from frappe.model.document import Document

from crisis_intervention.crisis_plan.dispatch.neutral import faults

TEXT_FIELDS = ("subject_zh", "body_zh", "subject_en", "body_en")


class CrisisMailTemplate(Document):
	"""A neutral text in two languages."""

	def validate(self) -> None:
		"""Refuse whatever could carry a name, a level, free text or an attachment."""
		told = [*labels_of_levels(), *names_in(" ".join(self.get(field) or "" for field in TEXT_FIELDS))]
		for field in TEXT_FIELDS:
			found = faults(self.get(field) or "", told)
			if found:
				frappe.throw(
					_("{0}: mails carry code, kind, deadline, count and link only. Not allowed: {1}").format(
						_(self.meta.get_label(field)), ", ".join(found)
					)
				)


def labels_of_levels() -> list[str]:
	"""List what the school calls its levels; a mail that says one tells the level."""
	rows = frappe.get_all("Risk Level", fields=["label", "label_en"])
	return [label for row in rows for label in (row.label, row.label_en) if label]


def names_in(text: str) -> list[str]:
	"""List the names of students and staff that a text holds.

	:param text: any text; a single word in Latin letters, or a single character, is no name for sure
	"""
	known = frappe.get_all(
		"Student Profile", pluck="student_name", distinct=True, order_by="student_name asc"
	)
	known += frappe.get_all("User", filters={"enabled": 1}, pluck="full_name", order_by="full_name asc")
	return sorted({name for name in known if name and _is_full_name(name) and name.lower() in text.lower()})


def _is_full_name(name: str) -> bool:
	return " " in name.strip() if name.isascii() else len(name.strip()) > 1
