"""Submitted assessments attacked: reasons are needed, nothing is rewritten, no score decides (art. 13)."""

import json
from typing import Any
from unittest.mock import patch

import frappe
from frappe.client import cancel, set_value, submit
from frappe.client import save as client_save
from frappe.custom.doctype.property_setter.property_setter import make_property_setter
from frappe.desk.form.save import savedocs

from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import person
from crisis_intervention.tests.factories_screening import make_screening_result
from crisis_intervention.tests.scenarios.attacks import FLAGS, AssessedAttackTestCase

CASE, ASSESSMENT = "Student Case", "Risk Assessment"


class TestAssessmentAttacked(AssessedAttackTestCase):
	def values(self, **fields: Any) -> dict[str, Any]:
		return {"doctype": ASSESSMENT, "student": self.student.name, "level": "L4", **fields}

	def test_level_without_reasons_is_submitted_on_no_way(self):
		for field in ("level_reasons", "level", "immediate_measures"):
			make_property_setter(ASSESSMENT, field, "reqd", 0, "Check")
		self.addCleanup(frappe.clear_cache, doctype=ASSESSMENT)
		local = {**self.values(level_reasons=" "), "__islocal": 1, "name": "new-risk-assessment-1"}
		for way, attack in {
			"form": lambda: savedocs(json.dumps(local), "Submit"),
			"form with flags": lambda: savedocs(json.dumps({**local, "flags": FLAGS}), "Submit"),
			"client": lambda: submit(self.values(level_reasons="")),
			"import": lambda: self.imported(self.values(docstatus=1)),
			"no level": lambda: submit(self.values(level=None, level_reasons="两周稳定")),
		}.items():
			with self.subTest(way=way), self.acting("psychologist", "10:00"):
				self.assert_refused(attack)
		self.assertEqual(frappe.db.count(ASSESSMENT, {"student": self.student.name}), 1)
		assert_nothing_leaks(self)

	def imported(self, values: dict[str, Any]) -> None:
		"""Store a row as the host's Data Import does."""
		with patch.dict(frappe.flags, {"in_import": True}):
			doc = frappe.get_doc(values).insert()
			doc.submit()

	def test_import_names_the_person_who_imports_and_lowers_nothing(self):
		row = self.values(level_reasons="表格导入", assessed_by=person("psychologist2"))
		with self.acting("psychologist", "10:00"):
			self.imported(row)
		latest = frappe.get_last_doc(ASSESSMENT, {"student": self.student.name, "level": "L4"})
		self.assertEqual((latest.assessed_by, latest.student_case), (person("psychologist"), self.case))
		self.assertEqual(self.of_case("current_level", "urgency"), ("L2", "Orange"))
		assert_nothing_leaks(self, names=["表格导入"])

	def test_submitted_decision_changes_through_no_customisation(self):
		for field in ("level", "level_reasons", "student"):
			make_property_setter(ASSESSMENT, field, "allow_on_submit", 1, "Check")
		self.addCleanup(frappe.clear_cache, doctype=ASSESSMENT)
		name = self.assessment.name
		for key in ("psychologist", "leader"):
			for values in ({"level": "L4"}, {"level_reasons": "改写理由"}):
				ways = (
					lambda v=values: savedocs(json.dumps(self.sent(ASSESSMENT, name, **v)), "Update"),
					lambda v=values: client_save(self.sent(ASSESSMENT, name, flags=FLAGS, **v)),
					lambda v=values: set_value(ASSESSMENT, name, v),
				)
				for number, attack in enumerate(ways):
					with self.subTest(key=key, way=number, **values), self.acting(key, "10:00"):
						self.assert_refused(attack)
				rewritten = self.sent(ASSESSMENT, name, correction_reason="写错", **values)
				with self.subTest(key=key, way="cancel", **values), self.acting(key, "10:00"):
					self.assert_refused(lambda r=rewritten: savedocs(json.dumps(r), "Cancel"))
		stored = frappe.db.get_value(ASSESSMENT, name, ["level", "level_reasons", "docstatus"])
		self.assertEqual(stored, ("L2", self.assessment.level_reasons, 1))
		with self.acting("psychologist", "10:05"):
			savedocs(json.dumps(self.sent(ASSESSMENT, name, correction_reason="写错学生")), "Update")
			savedocs(json.dumps(self.sent(ASSESSMENT, name)), "Cancel")
		self.assertEqual(frappe.db.get_value(ASSESSMENT, name, ["level", "docstatus"]), ("L2", 2))
		assert_nothing_leaks(self, names=["改写理由", "写错学生"])

	def test_decision_is_not_cancelled_without_a_reason(self):
		for key in ("psychologist", "leader", "office"):
			with self.subTest(key=key), self.acting(key, "10:00"):
				self.assert_refused(lambda: cancel(ASSESSMENT, self.assessment.name))
		self.assertEqual(frappe.db.get_value(ASSESSMENT, self.assessment.name, "docstatus"), 1)
		assert_nothing_leaks(self)

	def test_no_score_sets_a_level(self):
		before = frappe.db.count(CASE)
		result = make_screening_result(score=40)
		self.assertEqual(frappe.db.count(CASE), before)
		self.assertFalse(frappe.get_all(ASSESSMENT, {"student": result.student}))
		assert_nothing_leaks(self)
