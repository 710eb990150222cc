"""No record of a case goes over to another student, another case or another report (art. 24.4)."""

from collections.abc import Callable
from typing import Any

import frappe
from frappe.client import save as client_save
from frappe.client import set_value
from frappe.custom.doctype.property_setter.property_setter import make_property_setter

from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import (
	make_case_feedback,
	make_risk_assessment,
	make_risk_assessment_clinical_record,
	make_warning_report,
	person,
)
from crisis_intervention.tests.factories_governance import make_need_to_know_card
from crisis_intervention.tests.factories_registry import (
	make_case_handover,
	make_case_review,
	make_guardian_contact,
	make_safety_plan,
	make_special_watch,
	make_student_with_family,
)
from crisis_intervention.tests.scenarios.attacks import FLAGS, AttackTestCase

# What ties a record to a student; a report that was filed under the wrong one is corrected with a reason.
TIES = ("student", "student_case", "school_class", "risk_assessment", "amended_from")


class TestNothingMoves(AttackTestCase):
	def setUp(self):
		super().setUp()
		for key in ("psychologist2", "leader", "class_teacher"):
			person(key)
		with self.freeze_time(self.at("09:00")):
			self.records, self.others = self.records_of("09:00"), self.records_of("09:00")
		self.addCleanup(frappe.clear_cache)
		for doc in self.records.values():
			for field in self.ties_of(doc):
				for name in ("read_only", "set_only_once"):
					make_property_setter(doc.doctype, field, name, 0, "Check")

	def records_of(self, clock: str) -> dict[str, Any]:
		"""One record of each kind about a student of his own."""
		student = make_student_with_family()
		report = make_warning_report(student=student.name, signals=("S102",), event_time=self.at("08:30"))
		draft = make_risk_assessment(student=student.name, level="L2", submit=False)
		clinical = make_risk_assessment_clinical_record(draft)
		draft.reload()
		assessment = make_risk_assessment(student=student.name, warning_report=report.name, level="L2")
		case = frappe.get_doc("Student Case", assessment.student_case)
		found = [report, clinical, assessment, case, make_case_feedback(assessment), make_safety_plan(case)]
		found += [make_case_review(case), make_case_handover(case), make_need_to_know_card(case)]
		found += [make_special_watch(student=student.name), make_guardian_contact(student)]
		return {doc.doctype: doc.reload() for doc in found}

	def ties_of(self, doc: Any) -> list[str]:
		return [field for field in TIES if doc.meta.has_field(field)]

	def test_no_tie_of_a_record_is_changed_by_a_client(self):
		for doctype, doc in self.records.items():
			for field in self.ties_of(doc):
				before, other = doc.get(field), self.other(doctype, field)
				if not before or not other:
					continue
				for key in ("psychologist", "class_teacher", "leader"):
					for number, attack in enumerate(self.ways(doc, field, other)):
						with (
							self.subTest(doctype=doctype, field=field, key=key, way=number),
							self.acting(key, "10:00"),
						):
							self.attempt(attack)
							self.assertEqual(frappe.db.get_value(doctype, doc.name, field), before)
		assert_nothing_leaks(self)

	def other(self, doctype: str, field: str) -> str | None:
		"""The same of the other student; an assessment that nothing hangs on yet."""
		if field == "risk_assessment":
			return self.others["Risk Assessment"].name
		return self.others[doctype].get(field)

	def ways(self, doc: Any, field: str, other: str) -> tuple[Callable[[], Any], ...]:
		return (
			lambda: set_value(doc.doctype, doc.name, field, other),
			lambda: client_save(self.sent(doc.doctype, doc.name, flags=FLAGS, **{field: other})),
			lambda: frappe.get_doc(doc.doctype, doc.name).update({field: other}).save(),
		)
