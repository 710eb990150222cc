import frappe

from crisis_intervention.access import cards
from crisis_intervention.tests.factories import PEOPLE, make_student_case, make_warning_report, person
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

	def test_a_card_for_others_is_refused(self):
		meant = (
			(
				cards.reports_to_acknowledge,
				("psychologist", "leader", "office"),
				("monitor", "doctor", "academic"),
			),
			(cards.weekly_reports_to_read, ("leader",), ("class_teacher", "monitor", "auditor")),
			(cards.access_requests_to_decide, ("leader", "school_leader"), ("doctor", "class_teacher")),
			(cards.entries_to_confirm, ("office", "leader"), ("class_teacher", "doctor", "administrator")),
			(cards.changes_to_approve, ("leader",), ("psychologist", "class_teacher", "monitor")),
			(cards.requests_for_help, ("psychologist",), ("class_teacher", "monitor", "administrator")),
			(cards.results_to_look_at, ("psychologist",), ("class_teacher", "subject_teacher", "monitor")),
			(cards.barometers_to_decide, ("psychologist",), ("monitor", "class_teacher")),
		)
		for method, readers, others in meant:
			for key in readers:
				with self.subTest(card=method.__name__, key=key), self.as_user(person(key)):
					self.assertGreaterEqual(method()["value"], 0)
			for key in others:
				with self.subTest(card=method.__name__, key=key), self.as_user(person(key)):
					self.assert_refused(method, frappe.PermissionError)

	def test_the_workspace_offers_the_cards_that_answer(self):
		names = frappe.get_all(
			"Number Card", {"method": ["like", f"{cards.__name__}.%"]}, pluck="name", order_by="name"
		)
		self.assertGreater(len(names), 10)
		for name in names:
			card = frappe.get_doc("Number Card", name)
			for key in PEOPLE:
				with self.subTest(card=name, key=key), self.as_user(person(key)):
					self.assertEqual(
						frappe.has_permission("Number Card", "read", doc=card), self.answers(card.method)
					)

	def answers(self, method):
		try:
			frappe.get_attr(method)()
		except frappe.PermissionError:
			return False
		return True
