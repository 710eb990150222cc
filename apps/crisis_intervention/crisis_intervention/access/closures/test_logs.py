import traceback

import frappe

from crisis_intervention.access.closures.jobs import JobFailed, fails_in_codes
from crisis_intervention.tests.factories import make_student_case
from crisis_intervention.tests.utils import CrisisTestCase

SECRET = "小明说他不想活了"

# As Frappe writes it: the values of variables below each frame.
WITH_VARIABLES = f"""Traceback with variables (most recent call last):
  File "apps/crisis_intervention/crisis_intervention/case_registry/entry.py", line 12, in open_case
    case.insert()
      report = <WarningReport: WR-1 {SECRET}>
      description = '{SECRET}'
builtins.ValueError: {SECRET}

Traceback (most recent call last):
  File "apps/frappe/frappe/app.py", line 5, in application
ValueError: {SECRET}
"""


class TestLogs(CrisisTestCase):
	def log(self, **fields):
		return frappe.get_doc({"doctype": "Error Log", "method": "x", **fields}).insert(
			ignore_permissions=True
		)

	def test_traceback_through_the_app_keeps_places_and_kind_only(self):
		log = self.log(error=WITH_VARIABLES, method=f"ValueError: {SECRET}")
		self.assertNotIn(SECRET, f"{log.error}{log.method}")
		self.assertIn("entry.py", log.error)
		self.assertIn("line 12, in open_case", log.error)
		self.assertIn("ValueError", log.error)
		self.assertNotIn(SECRET, str(frappe.db.get_value("Error Log", log.name, ["error", "method"])))

	def test_traceback_with_variables_alone_is_seen_as_well(self):
		log = self.log(error=WITH_VARIABLES.partition("\n\n")[0])
		self.assertNotIn(SECRET, log.error)
		self.assertIn("ValueError", log.error)

	def test_traceback_of_the_host_that_holds_a_record_too(self):
		text = (
			"Traceback (most recent call last):\n"
			'  File "apps/frappe/frappe/database/database.py", line 9, in sql\n'
			f"      query = 'insert into `tabStudent Case` values ({SECRET})'\n"
			f"OperationalError: near {SECRET}\n"
		)
		log = self.log(error=text)
		self.assertNotIn(SECRET, log.error)
		self.assertIn("line 9, in sql", log.error)
		about = self.log(error=SECRET, reference_doctype="Student Case", reference_name="C-1")
		self.assertNotIn(SECRET, about.error)

	def test_other_errors_stay_as_they_are(self):
		text = 'Traceback (most recent call last):\n  File "x.py", line 1, in y\nKeyError: chalk\n'
		self.assertEqual(self.log(error=text).error, text)
		own = "ValueError in the condition of rule 12-ACK-R"
		self.assertEqual(self.log(error=own).error, own)

	def test_failing_job_says_kind_and_place_only(self):
		case = make_student_case()

		@fails_in_codes
		def job(case):
			raise ValueError(f"{case.name} {SECRET}")

		with self.assertRaises(JobFailed) as failed:
			job(case)
		text = "".join(traceback.format_exception(failed.exception))
		self.assertNotIn(SECRET, text)
		self.assertIn("ValueError", text)
		self.assertIsNone(failed.exception.__context__)

	def test_every_scheduled_job_of_the_app_fails_in_codes(self):
		events = frappe.get_hooks("scheduler_events", app_name="crisis_intervention")
		methods = [m for kind, listed in events.items() if kind != "cron" for m in listed]
		methods += [m for listed in events["cron"].values() for m in listed]
		for method in methods:
			with self.subTest(method=method):
				self.assertTrue(hasattr(frappe.get_attr(method), "__wrapped__"))
