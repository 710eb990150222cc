"""One line of command and education for all: team, roster and awareness are asked for (art. 1, 2, 7, 8)."""

from datetime import datetime
from typing import Any

import frappe

from crisis_intervention.crisis_plan import api
from crisis_intervention.crisis_plan.duties.recurrence import raise_recurring
from crisis_intervention.crisis_plan.people.on_call import on_call_functions
from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import make_school_class, make_student_profile, person
from crisis_intervention.tests.scenarios.school import ScenarioTestCase

TEAM, AWARE, ROSTER, MONITOR, ASSIGN = "07-TEAM", "02-AWARE", "05-ROSTER", "09-MONITOR", "07-ASSIGN"
WORDS = ["珍爱生命主题班会", "讲求助渠道与同伴互助"]


class CommandTestCase(ScenarioTestCase):
	# The first Thursday of the autumn term.
	day = datetime(2026, 9, 3, microsecond=100000)

	def setUp(self):
		super().setUp()
		# What the site's own scheduler raised for this term belongs to other people.
		frappe.db.delete("Duty", {"rule": ["in", [TEAM, AWARE, ROSTER, MONITOR]]})
		frappe.db.set_value("School Class", {"enabled": 1}, "enabled", 0)
		with self.freeze_time(self.at("07:30")):
			self.school_class = make_school_class()
			self.student = make_student_profile(school_class=self.school_class.name)

	def arise(self, clock: str = "08:00", days: int = 0) -> None:
		with self.freeze_time(self.at(clock, days)):
			raise_recurring()

	def only(self, rule: str, **filters: Any) -> Any:
		(name,) = frappe.get_all("Duty", filters={"rule": rule, **filters}, pluck="name")
		return frappe.get_doc("Duty", name)

	def reached(self, rule: str) -> list[str]:
		return [row.recipient for row in self.log_of(self.only(rule), "Escalation")]


class TestTeam(CommandTestCase):
	def test_school_leader_is_asked_each_year_and_only_the_check_proves_it(self):
		self.arise()
		duty = self.only(TEAM)
		self.assertEqual((duty.responsible, duty.article, duty.state), (person("school_leader"), 7, "Open"))
		with self.acting("school_leader", "10:00"):
			api.acknowledge(duty.name)
		self.assertEqual(self.only(TEAM).state, "Open")
		with self.acting("subject_teacher", "10:30"):
			self.assert_refused(frappe.get_doc("Crisis Team", self.team.name).save)
		with self.acting("leader", "11:00"):
			team = frappe.get_doc("Crisis Team", self.team.name)
			team.append("members", {"function": "Security Officer", "user": person("security")})
			team.save()
		# A change of the list is no check of it.
		self.assertEqual(self.only(TEAM).state, "Open")
		with self.acting("class_teacher", "11:30"):
			self.assert_refused(frappe.get_doc("Crisis Team", self.team.name).check)
		with self.acting("school_leader", "12:00"):
			frappe.get_doc("Crisis Team", self.team.name).check()
		duty = self.only(TEAM)
		self.assertEqual((duty.state, duty.evidence_name), ("Done", self.team.name))
		assert_nothing_leaks(self)

	def test_unchecked_team_climbs_to_the_team_leader(self):
		self.arise()
		due = self.only(TEAM).due_at
		days = (due.date() - self.day.date()).days
		self.tick_and_send("17:05", days)
		self.tick_and_send("17:05", days + 1)
		self.assertEqual(self.only(TEAM).state, "Overdue")
		self.assertEqual(self.reached(TEAM), [person("school_leader"), person("leader")])
		assert_nothing_leaks(self)

	def test_function_without_anybody_makes_the_leader_name_a_person(self):
		found = frappe.get_all("Has Role", {"role": "Psychology Teacher"}, pluck="parent")
		frappe.db.set_value("User", {"name": ["in", found]}, "enabled", 0)
		self.report_at("09:00", seen="08:40", signals=("S102",))
		acknowledge = self.duties()["12-ACK-R"]
		self.assertFalse(acknowledge.responsible)
		assign = self.only(ASSIGN, reference_name=acknowledge.name)
		self.assertEqual((assign.responsible, f"{assign.due_at:%H:%M}"), (person("leader"), "09:10"))
		with self.acting("class_teacher", "09:03"):
			self.assert_refused(lambda: api.reassign(acknowledge.name, person("member")))
		with self.acting("leader", "09:05"):
			api.reassign(acknowledge.name, person("member"))
		self.assertEqual(self.duties()["12-ACK-R"].responsible, person("member"))
		self.assertEqual(self.only(ASSIGN, reference_name=acknowledge.name).state, "Done")
		assert_nothing_leaks(self)


class TestRosterAndMonitors(CommandTestCase):
	def test_office_fills_next_week_and_only_the_last_gap_closed_proves_it(self):
		frappe.db.delete("On-call Roster")
		self.arise()
		duty = self.only(ROSTER)
		self.assertEqual((duty.responsible, duty.article), (person("office"), 5))
		self.assertEqual(f"{duty.due_at:%a %H:%M}", "Fri 17:00")
		with self.acting("class_teacher", "09:00"):
			self.assert_refused(lambda: self.put_on_call("School Doctor"))
		with self.freeze_time(self.at("09:10")):
			*first, last = sorted(on_call_functions())
		with self.acting("office", "09:30"):
			for function in first:
				self.put_on_call(function)
		self.assertEqual(self.only(ROSTER).state, "Open")
		with self.acting("office", "10:00"):
			saved = self.put_on_call(last)
		self.assertEqual((self.only(ROSTER).state, self.only(ROSTER).evidence_name), ("Done", saved.name))
		assert_nothing_leaks(self)

	def put_on_call(self, function: str) -> Any:
		values = {"doctype": "On-call Roster", "function": function, "user": person("doctor")}
		week = {"from_time": self.at("23:59", 3), "to_time": self.at("00:01", 11)}
		return frappe.get_doc({**values, **week}).insert()

	def test_class_teacher_appoints_the_monitor(self):
		self.arise()
		duty = self.only(MONITOR, school_class=self.school_class.name)
		self.assertEqual((duty.responsible, duty.article), (person("class_teacher"), 9))
		row = {"user": person("monitor"), "student": self.student.name, "from_date": "2026-09-04"}
		for key in ("class_teacher2", "subject_teacher", "monitor"):
			with self.subTest(key=key), self.acting(key, "09:00", 1):
				self.assert_refused(lambda: self.appoint(row))
		with self.acting("class_teacher", "10:00", 1):
			self.appoint(row)
		duty.reload()
		self.assertEqual((duty.state, duty.evidence_name), ("Done", self.school_class.name))
		# From now on the half-monthly report is the monitor's.
		self.arise("11:00", 1)
		self.assertEqual(
			self.only("12-MONITOR", school_class=self.school_class.name).responsible, row["user"]
		)
		assert_nothing_leaks(self)

	def appoint(self, row: dict[str, Any]) -> None:
		school_class = frappe.get_doc("School Class", self.school_class.name)
		school_class.append("monitors", row)
		school_class.save()


class TestAwareness(CommandTestCase):
	def hold(self, key: str, clock: str, days: int = 0, **fields: Any) -> Any:
		values = {"doctype": "Awareness Activity", "title": WORDS[0], "summary": WORDS[1]}
		values |= {"kind": "Class Meeting", "held_on": f"{self.at(clock, days):%F}"}
		with self.acting(key, clock, days):
			return frappe.get_doc({**values, **fields}).insert()

	def test_one_activity_each_term_with_its_coverage(self):
		other = make_school_class().name
		self.arise()
		duty = self.only(AWARE)
		self.assertEqual((duty.responsible, duty.article), (person("leader"), 8))
		self.assertEqual(f"{duty.due_at:%F}", "2027-01-22")
		self.assert_refused(lambda: self.hold("monitor", "14:00", whole_school=1))
		first = self.hold("class_teacher", "14:00", classes=[{"school_class": other}])
		self.assertEqual((first.classes_covered, first.coverage), (1, 50.0))
		duty.reload()
		self.assertEqual((duty.state, duty.evidence_name), ("Done", first.name))
		second = self.hold("psychologist", "15:00", days=20, whole_school=1)
		self.assertEqual(second.coverage, 100.0)
		# The next term asks again.
		self.arise("08:00", days=180)
		states = sorted(frappe.get_all("Duty", {"rule": AWARE}, pluck="state"))
		self.assertEqual(states, ["Done", "Open"])
		assert_nothing_leaks(self, names=WORDS)

	def test_term_without_activity_is_overdue_and_climbs(self):
		self.arise()
		days = (datetime(2027, 1, 22) - self.day).days + 1
		self.tick_and_send("17:05", days)
		self.tick_and_send("17:05", days + 1)
		self.assertEqual(self.only(AWARE).state, "Overdue")
		self.assertEqual(self.reached(AWARE)[-1], person("leader"))
		assert_nothing_leaks(self)
