import frappe

from crisis_intervention.tests.factories import make_warning_report, person
from crisis_intervention.tests.utils import CrisisTestCase


class TestWarningReportObserver(CrisisTestCase):
	def visible_to(self, key, report):
		with self.as_user(person(key)):
			return frappe.get_list("Warning Report Observer", {"warning_report": report.name}, pluck="name")

	def test_psychologist_does_not_see_who_asked_to_stay_hidden(self):
		shown, hidden = make_warning_report(), make_warning_report(hide_observer=1)
		self.assertEqual(len(self.visible_to("psychologist", shown)), 1)
		self.assertEqual(self.visible_to("psychologist", hidden), [])
		self.assertEqual(len(self.visible_to("leader", hidden)), 1)

	def test_others_may_not_read_who_reported(self):
		report = make_warning_report()
		for key in (
			"subject_teacher",
			"class_teacher",
			"office",
			"school_leader",
			"administrator",
			"auditor",
		):
			with self.subTest(key=key):
				self.assert_refused(lambda key=key: self.visible_to(key, report), frappe.PermissionError)

	def test_nobody_writes_it(self):
		name = frappe.db.get_value("Warning Report Observer", {"warning_report": make_warning_report().name})
		with self.as_user(person("leader")):
			record = frappe.get_doc("Warning Report Observer", name)
			record.observer = person("doctor")
			self.assert_refused(record.save)
		record = frappe.get_doc("Warning Report Observer", name)
		record.observer = person("doctor")
		self.assert_refused(record.save)
		self.assert_refused(lambda: frappe.delete_doc("Warning Report Observer", name, force=True))
