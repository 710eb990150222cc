import frappe

from crisis_intervention.access import cards
from crisis_intervention.tests.factories import make_student_case, make_warning_report, person
from crisis_intervention.tests.utils import CrisisTestCase


class TestCards(CrisisTestCase):
	def numbers(self, method, *keys):
		found = []
		for key in keys:
			with self.as_user(person(key)):
				found.append(method()["value"])
		return found

	def test_numbers_are_those_of_the_own_rows(self):
		before = self.numbers(cards.open_cases, "leader", "class_teacher", "class_teacher2")
		make_student_case()
		after = self.numbers(cards.open_cases, "leader", "class_teacher", "class_teacher2")
		self.assertEqual([now - then for now, then in zip(after, before, strict=True)], [1, 1, 0])

	def test_numbers_are_closed_to_who_reads_no_cases(self):
		for key in ("administrator", "auditor", "subject_teacher"):
			with self.subTest(key=key), self.as_user(person(key)):
				self.assert_refused(cards.open_cases, frappe.PermissionError)

	def test_new_report_counts_until_it_is_acknowledged(self):
		(before,) = self.numbers(cards.reports_to_acknowledge, "psychologist")
		make_warning_report()
		self.assertEqual(self.numbers(cards.reports_to_acknowledge, "psychologist"), [before + 1])
