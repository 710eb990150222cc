from datetime import timedelta

import frappe

from crisis_intervention.crisis_plan.doctype.duty.test_duty import SATURDAY_NIGHT, DutyTestCase
from crisis_intervention.crisis_plan.people.stand_ins import hand_over_absent
from crisis_intervention.tests.factories import person

HOUR = timedelta(hours=1)


class TestStandIns(DutyTestCase):
	def setUp(self):
		super().setUp()
		# Nobody knows with whom the student is: the class teacher finds out (art. 4).
		self.red_report()
		self.watch = self.duty("04-WITH")
		self.assertEqual(self.watch.responsible, person("class_teacher"))

	def now_responsible(self):
		self.watch.reload()
		return self.watch.responsible

	def absence(self, first, last, substitute=None):
		return frappe.get_doc(
			{
				"doctype": "Staff Absence",
				"user": person("class_teacher"),
				"from_time": first,
				"to_time": last,
				"substitute": substitute and person(substitute),
			}
		).insert()

	def test_what_can_wait_waits(self):
		self.watch.db_set({"tier": "Due", "due_at": SATURDAY_NIGHT + 20 * HOUR})
		with self.freeze_time(SATURDAY_NIGHT + HOUR):
			self.absence(SATURDAY_NIGHT, SATURDAY_NIGHT + 8 * HOUR, "class_teacher2")
		self.assertEqual(self.now_responsible(), person("class_teacher"))

	def test_duty_that_was_given_by_name_stays(self):
		from crisis_intervention.crisis_plan import api

		with self.as_user(person("leader")):
			api.reassign(self.watch.name, person("doctor"))
		with self.freeze_time(SATURDAY_NIGHT + HOUR):
			self.absence(SATURDAY_NIGHT, SATURDAY_NIGHT + 8 * HOUR, "class_teacher2")
		self.assertEqual(self.now_responsible(), person("doctor"))

	def test_substitute_takes_what_cannot_wait_at_once(self):
		with self.freeze_time(SATURDAY_NIGHT + HOUR):
			self.absence(SATURDAY_NIGHT, SATURDAY_NIGHT + 8 * HOUR, "class_teacher2")
		self.assertEqual(self.now_responsible(), person("class_teacher2"))
		self.assertEqual(self.watch.resolved_via, "Substitute")

	def test_later_absence_takes_effect_when_it_begins(self):
		with self.freeze_time(SATURDAY_NIGHT + HOUR):
			self.absence(SATURDAY_NIGHT + 2 * HOUR, SATURDAY_NIGHT + 8 * HOUR, "class_teacher2")
			self.assertEqual(hand_over_absent(), 0)
		with self.freeze_time(SATURDAY_NIGHT + 3 * HOUR):
			self.assertGreater(hand_over_absent(), 0)
			self.assertEqual(hand_over_absent(), 0)
		self.assertEqual(self.now_responsible(), person("class_teacher2"))

	def test_absence_without_substitute_tells_the_team_leader(self):
		with self.freeze_time(SATURDAY_NIGHT + HOUR):
			self.absence(SATURDAY_NIGHT, SATURDAY_NIGHT + 8 * HOUR)
		self.assertFalse(self.now_responsible())
		assign = frappe.get_doc("Duty", {"kind": "Assign", "reference_name": self.watch.name})
		self.assertEqual(assign.responsible, person("leader"))
