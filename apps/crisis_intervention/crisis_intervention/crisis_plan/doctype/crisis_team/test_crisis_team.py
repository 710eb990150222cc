import frappe

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
