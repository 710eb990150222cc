import frappe

from crisis_intervention.tests.factories import make_risk_assessment, make_risk_level, person
from crisis_intervention.tests.utils import CrisisTestCase


class TestRiskLevel(CrisisTestCase):
	def test_two_levels_in_use_are_never_equally_severe(self):
		first = make_risk_level()
		self.assert_refused(lambda: make_risk_level(severity=first.severity))
		self.assertTrue(make_risk_level(severity=first.severity, enabled=0).name)

	def test_used_level_is_not_deleted(self):
		level = make_risk_level()
		make_risk_assessment(level=level.name)
		self.assert_refused(lambda: frappe.delete_doc("Risk Level", level.name))

	def test_teachers_do_not_read_levels(self):
		with self.as_user(person("subject_teacher")):
			self.assertFalse(frappe.has_permission("Risk Level", "read"))
