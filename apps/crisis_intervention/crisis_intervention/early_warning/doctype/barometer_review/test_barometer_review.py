from datetime import datetime, timedelta

import frappe

from crisis_intervention.tests.factories import make_student_profile, make_warning_report, person
from crisis_intervention.tests.factories_reports import make_class_barometer, make_class_with_monitor
from crisis_intervention.tests.utils import CrisisTestCase

KIND = "Barometer Review"
NIGHT = datetime(2026, 11, 28, 22, 0)


class TestBarometerReview(CrisisTestCase):
	def setUp(self):
		super().setUp()
		self.school_class = make_class_with_monitor().name

	def review_of(self, barometer):
		name = frappe.db.get_value(KIND, {"class_barometer": barometer.name})
		return frappe.get_doc(KIND, name) if name else None

	def duty_of(self, review):
		filters = {"reference_doctype": KIND, "reference_name": review.name}
		return frappe.db.get_value(
			"Duty", filters, ["rule", "tier", "responsible", "due_at", "state"], as_dict=True
		)

	def alarming(self, **line):
		student = make_student_profile(school_class=self.school_class).name
		line = {"student": student, "weather": "Rain", **line}
		with self.freeze_time(NIGHT):
			return make_class_barometer(school_class=self.school_class, weather="Cloudy", entries=[line])

	def calm_months(self, months, first=1):
		"""One calm barometer per half month, the last of them returned."""
		for month in range(first, first + months):
			for day in (10, 20):
				with self.freeze_time(datetime(2026, month, day, 12, 0)):
					barometer = make_class_barometer(school_class=self.school_class)
		return barometer

	def test_fear_for_a_life_calls_the_psychology_teacher_at_once(self):
		barometer = self.alarming(worried=1)
		review = self.review_of(barometer)
		duty = self.duty_of(review)
		self.assertEqual((barometer.alarm, review.reason), ("Fear for a Life", "Fear for a Life"))
		self.assertEqual((duty.rule, duty.tier), ("12-STORM", "Urgent"))
		self.assertEqual(duty.responsible, person("psychologist"))
		self.assertEqual(duty.due_at, NIGHT + timedelta(minutes=30))

	def test_storm_is_urgent_and_rain_is_not(self):
		storm = self.review_of(self.alarming(weather="Storm"))
		self.assertEqual(self.duty_of(storm).due_at, NIGHT + timedelta(hours=2))
		self.assertIsNone(self.review_of(self.alarming()))

	def test_a_person_decides_and_the_monitor_sees_that_it_was_read(self):
		barometer = self.alarming(worried=1)
		review = self.review_of(barometer)
		self.assertFalse(frappe.db.exists("Warning Report", {"school_class": self.school_class}))
		with self.as_user(person("psychologist")):
			review.outcome = "No Further Step"
			self.assert_refused(review.save)
			review = self.review_of(barometer)
			review.outcome, review.note = "Talked With the Monitor", "情况已核实"
			review.save()
			review.note = "改"
			self.assert_refused(review.save)
		self.assertIn(self.duty_of(review).state, ("Done", "Done Late"))
		review = self.review_of(barometer)
		self.assertEqual(review.reviewed_by, person("psychologist"))
		with self.as_user(person("monitor")):
			seen = frappe.get_doc("Class Barometer", barometer.name)
		self.assertEqual(seen.seen_at, review.reviewed_at)
		self.assertNotIn("情况已核实", str(seen.as_dict()))

	def test_cause_cannot_be_changed_and_nobody_makes_one_by_hand(self):
		review = self.review_of(self.alarming(worried=1))
		with self.as_user(person("psychologist")):
			review.reason, review.reviewed_at = "Storm", "2026-11-28 22:00:00"
			review.save()
			values = {"doctype": KIND, "class_barometer": review.class_barometer}
			self.assert_refused(lambda: frappe.get_doc(values).insert(), frappe.PermissionError)
		stored = frappe.get_doc(KIND, review.name)
		self.assertEqual((stored.reason, stored.reviewed_at), ("Fear for a Life", None))

	def test_calm_for_long_asks_for_a_talk_after_twice_as_many_periods(self):
		self.assertIsNone(self.review_of(self.calm_months(3)))
		review = self.review_of(self.calm_months(1, first=4))
		self.assertEqual((review.reason, review.calm_run), ("Calm for Long", 8))
		duty = self.duty_of(review)
		self.assertEqual((duty.rule, duty.tier), ("12-CALM", "Due"))

	def test_calm_while_there_are_reports_asks_earlier_and_a_talk_ends_the_run(self):
		with self.freeze_time(datetime(2026, 1, 15, 12, 0)):
			student = make_student_profile(school_class=self.school_class).name
			make_warning_report(student=student, event_time="2026-01-15 09:00:00")
		review = self.review_of(self.calm_months(2))
		self.assertEqual((review.reason, review.calm_run), ("Calm Despite Reports", 4))
		with self.freeze_time(datetime(2026, 2, 22, 12, 0)), self.as_user(person("psychologist")):
			review.outcome = "Talked With the Monitor"
			review.save()
		self.assertEqual(self.duty_of(review).state, "Done")
		self.assertIsNone(self.review_of(self.calm_months(1, first=3)))

	def test_who_decides(self):
		review = self.review_of(self.alarming(worried=1))
		for key in ("psychologist", "leader"):
			with self.subTest(key=key):
				self.assertTrue(frappe.has_permission(KIND, "write", review.name, user=person(key)))
		for key in ("psychologist2", "member", "class_teacher", "monitor", "office", "administrator"):
			with self.subTest(key=key):
				self.assertFalse(frappe.has_permission(KIND, "read", review.name, user=person(key)))
