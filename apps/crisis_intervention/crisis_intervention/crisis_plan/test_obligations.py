"""The plan's obligations and the shipped Duty Rules, held against each other article by article."""

import frappe

from crisis_intervention.crisis_plan.api import acknowledge
from crisis_intervention.crisis_plan.clocks.due import ROUTINE, SAFETY, UNITS
from crisis_intervention.crisis_plan.doctype.duty.test_duty import DutyTestCase
from crisis_intervention.crisis_plan.people import functions as F
from crisis_intervention.crisis_plan.rules.conditions import check_syntax
from crisis_intervention.crisis_plan.selfcheck.plan import TRACED
from crisis_intervention.seed.rows import seed_rows
from crisis_intervention.tests.factories import person

# What each article asks for, as the beginning of the rules' codes.
OBLIGATIONS = {
	"3": ("03-KEY",),
	"4": ("04-GUARDIAN", "04-AUTHORITY", "04-WATCH", "04-WITH", "04-ALONE"),
	"5": ("05-ROSTER",),
	"7": ("07-TEAM", "07-ASSIGN"),
	"8": ("02-AWARE",),
	"9": ("09-MONITOR",),
	"11": ("11-SCREEN", "11-CRITICAL", "11-FILE", "11-FOLLOW"),
	"12": (
		"12-ACK-R",
		"12-ACK-O",
		"12-ACK-Y",
		"12-TEAM",
		"12-DOCTOR",
		"12-CLASSWEEK",
		"12-PSYWEEK",
		"12-MONITOR",
	),
	"13": ("13-ASSESS-R", "13-ASSESS-O", "13-ASSESS-Y"),
	"14": ("14-FEEDBACK-R", "14-FEEDBACK-O", "14-FEEDBACK-Y"),
	"15": ("15-PLAN", "15-RAISED"),
	"16": ("16-SUPPORT",),
	"17": ("17-STIMULUS", "17-PROTECT", "17-REFER"),
	"18": ("18-GROUP", "18-REPORT", "18-HOME", "18-FAMILY", "18-WATCH", "18-HANDOVER"),
	"19": ("19-HELP", "19-HELP-U"),
	"20": ("20-TEAM", "20-CLASS", "20-DOCTOR", "20-SECURITY"),
	"21": ("21-EXAM", "21-REGISTER"),
	"22": ("22-PLAN", "22-CONTACT", "22-BAROMETER"),
	"23": ("23-REVIEW", "23-FEEDBACK"),
	"24.1": ("24.1-CONFIRM", "24.1-EXIT", "24.1-TERM"),
	"24.2": ("24.2-TRAIN",),
	"24.3": ("24.3-EXPERT",),
	"24.4": ("24.4-DOSSIER", "24.4-FILING"),
	"24.5": ("24.5-APPRAISAL",),
	"24.6": ("24.6-ACCESS",),
	"24.7": ("24.7-BREACH",),
	"25": ("25-REVIEW",),
	"26": ("26-LOG",),
}


class TestObligations(DutyTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.rules = {row["name"]: row for row in seed_rows() if row["doctype"] == "Duty Rule"}

	def test_every_article_has_its_rules_or_is_held_by_fields(self):
		asked = {int(article.split(".")[0]) for article in OBLIGATIONS}
		self.assertEqual(asked | set(TRACED), set(range(1, 28)))
		for article, codes in OBLIGATIONS.items():
			number, _dot, paragraph = article.partition(".")
			for code in codes:
				with self.subTest(article=article, code=code):
					rule = self.rules[code]
					self.assertEqual(rule["article"], int(number))
					self.assertIn(paragraph, (rule.get("paragraph") or "", ""))

	def test_every_rule_says_what_to_do_and_whose_number_it_is(self):
		for code, rule in self.rules.items():
			with self.subTest(code=code):
				self.assertTrue(rule["title"] and rule["title_en"] and rule["description"])
				self.assertIn(rule["source"], ("Plan", "Default"))
				self.assertTrue(rule["source"] == "Plan" or rule["source_note"])

	def test_every_rule_can_run_once_its_doctypes_exist(self):
		functions = frappe.get_meta("Duty Rule").get_options("responsible").split("\n")
		for code, rule in self.rules.items():
			with self.subTest(code=code):
				self.assertIn(rule["responsible"], functions)
				self.assertIn(rule["clock"], (SAFETY, ROUTINE))
				self.assertIn(rule["due_unit"], UNITS)
				self.assertTrue(rule["fulfil_doctype"])
				self.assertTrue(rule["fulfil_match"] != "Link" or rule["fulfil_field"])
				for field in ("condition", "fulfil_condition"):
					check_syntax(rule.get(field) or "")

	def test_urgent_rules_repeat_until_acknowledged(self):
		for code, rule in self.rules.items():
			if rule["tier"] == "Urgent" and rule.get("steps"):
				with self.subTest(code=code):
					self.assertTrue([step for step in rule["steps"] if step.get("repeat_minutes")])

	def test_reports_pause_in_vacation_but_watch_and_follow_up_do_not(self):
		for code in ("12-CLASSWEEK", "12-PSYWEEK", "12-MONITOR", "26-LOG"):
			self.assertTrue(self.rules[code].get("pauses_in_vacation"), code)
		for code in ("18-HOME", "18-REPORT", "22-CONTACT", "23-REVIEW"):
			self.assertFalse(self.rules[code].get("pauses_in_vacation"), code)

	def test_an_emergency_is_known_to_the_psychology_teacher_and_to_the_team(self):
		report = self.red_report()
		team = self.duty("12-TEAM")
		self.assertEqual((team.responsible, team.responsible_function), (person("leader"), F.TEAM_LEADER))
		with self.as_user(person("leader")):
			acknowledge(team.name)
		self.assertEqual(self.duty("12-TEAM").state, "Done")
		# The receipt that the reporter sees is the psychology teacher's.
		self.assertEqual(self.duty("12-ACK-R").state, "Open")
		self.assertFalse(frappe.db.get_value("Warning Report", report.name, "acknowledged_by"))
