import frappe

from crisis_intervention.crisis_plan.duties.recurrence import raise_recurring
from crisis_intervention.tests.factories import person
from crisis_intervention.tests.utils import CrisisTestCase


class TestCrisisTeam(CrisisTestCase):
	def make(self, **member):
		row = {"function": "Team Leader", "user": person("leader"), **member}
		title = frappe.generate_hash(length=8)
		values = {"doctype": "Crisis Team", "title": title, "from_date": "2026-09-01", "members": [row]}
		return frappe.get_doc(values).insert()

	def test_leader_may_keep_the_team(self):
		with self.as_user(person("leader")):
			self.assertTrue(self.make(deputy=person("member")).name)

	def test_nobody_is_his_own_deputy(self):
		self.assert_refused(lambda: self.make(deputy=person("leader")))

	def test_dates_run_forward(self):
		self.assert_refused(lambda: self.make(from_date="2026-10-02", to_date="2026-10-01"))

	def test_teachers_read_only(self):
		team = self.make()
		with self.as_user(person("subject_teacher")):
			self.assertTrue(frappe.get_doc("Crisis Team", team.name).has_permission("read"))
			self.assert_refused(self.make)

	def test_check_is_recorded_by_leaders_alone_and_by_no_field(self):
		team = self.make()
		with self.as_user(person("administrator")):
			self.assert_refused(frappe.get_doc("Crisis Team", team.name).check, frappe.PermissionError)
			doc = frappe.get_doc("Crisis Team", team.name)
			doc.checked_at, doc.checked_by = frappe.utils.now_datetime(), person("leader")
			doc.save()
			self.assertIsNone(doc.checked_at)
		with self.as_user(person("school_leader")):
			frappe.get_doc("Crisis Team", team.name).check()
		team.reload()
		self.assertEqual(team.checked_by, person("school_leader"))
		self.assertIsNotNone(team.checked_at)

	def test_only_a_check_after_it_arose_proves_the_duty(self):
		team = self.make()
		with self.as_user(person("leader")):
			team.check()
		raise_recurring()
		duty = frappe.get_doc("Duty", {"rule": "07-TEAM", "state": ["in", ("Open", "Overdue")]})
		frappe.db.set_value(
			"Crisis Team", team.name, "checked_at", frappe.utils.add_to_date(duty.raised_at, hours=-1)
		)
		frappe.get_doc("Crisis Team", team.name).save()
		self.assertIn(frappe.db.get_value("Duty", duty.name, "state"), ("Open", "Overdue"))
		with self.as_user(person("school_leader")):
			frappe.get_doc("Crisis Team", team.name).check()
		self.assertTrue(frappe.db.get_value("Duty", duty.name, "state").startswith("Done"))
