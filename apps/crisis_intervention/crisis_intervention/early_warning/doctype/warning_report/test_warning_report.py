import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_to_date, now_datetime

from crisis_intervention.crisis_plan.duties.acknowledgement import acknowledge
from crisis_intervention.crisis_plan.rules import cache
from crisis_intervention.early_warning.observers import NEUTRAL_OWNER
from crisis_intervention.tests.factories import (
	make_risk_assessment,
	make_student_profile,
	make_warning_report,
	person,
)
from crisis_intervention.tests.utils import CrisisTestCase


class TestWarningReport(CrisisTestCase):
	def test_report_gets_an_opaque_code_class_and_entry_time(self):
		student = make_student_profile()
		report = make_warning_report(student=student.name)
		self.assertRegex(report.name, r"^WR-\d{4}-[2-9A-Z]{6}$")
		self.assertEqual(report.school_class, student.school_class)
		self.assertEqual(report.status, "New")
		self.assertLess(report.event_time, report.entry_time)

	def test_triage_follows_article_three(self):
		cases = (
			(("S105",), {}, "Yellow", 0),
			(("S105", "S303"), {}, "Orange", 1),
			(("S101",), {}, "Red", 1),
			((), {"injury": 1}, "Red", 1),
			((), {"immediate_danger": 1}, "Red", 1),
		)
		for signals, fields, urgency, key_target in cases:
			with self.subTest(signals=signals, **fields):
				report = make_warning_report(signals=signals, **fields)
				self.assertEqual((report.urgency, report.is_key_target), (urgency, key_target))

	def test_client_cannot_set_the_handling(self):
		report = make_warning_report(
			urgency="Red",
			is_key_target=1,
			status="Closed",
			acknowledged_by="Administrator",
			entry_time="2020-01-01 00:00:00",
			owner=person("subject_teacher"),
		)
		self.assertEqual((report.urgency, report.is_key_target, report.status), ("Yellow", 0, "New"))
		self.assertIsNone(report.acknowledged_by)
		self.assertGreater(report.entry_time, add_to_date(now_datetime(), minutes=-5))

	def test_nothing_in_the_report_names_the_reporter(self):
		reporter = person("subject_teacher")
		report = make_warning_report(by=reporter, hide_observer=1, heard_from="王同学")
		stored = frappe.db.get_value("Warning Report", report.name, "*", as_dict=True)
		self.assertEqual((stored.owner, stored.modified_by), (NEUTRAL_OWNER, NEUTRAL_OWNER))
		self.assertNotIn(reporter, str(stored))
		self.assertNotIn("王同学", str(stored))
		rows = frappe.get_all("Warning Report Signal", {"parent": report.name}, ["owner", "modified_by"])
		self.assertEqual({(row.owner, row.modified_by) for row in rows}, {(NEUTRAL_OWNER, NEUTRAL_OWNER)})
		self.assertEqual(report.get_reporter(), reporter)

	def test_empty_report_is_refused(self):
		self.assert_refused(lambda: make_warning_report(signals=(), description=" "))

	def test_report_without_student_is_refused_with_a_clear_error(self):
		self.assert_refused(lambda: make_warning_report(student=None), frappe.MandatoryError)

	def test_event_in_the_future_is_refused(self):
		self.assert_refused(lambda: make_warning_report(event_time=add_to_date(now_datetime(), hours=1)))

	def test_no_date_is_refused_clearly(self):
		self.assert_refused(lambda: make_warning_report(event_time="yesterday evening"))

	def test_missing_event_time_becomes_now(self):
		report = make_warning_report(event_time=None)
		self.assertLessEqual(report.event_time, report.entry_time)

	def test_correction_needs_a_reason_and_keeps_the_former_text(self):
		report = make_warning_report(description="说不想活了")
		with self.as_user(person("psychologist")):
			stored = frappe.get_doc("Warning Report", report.name)
			stored.description = "说不想上学了"
			self.assert_refused(stored.save)
			stored = frappe.get_doc("Warning Report", report.name)
			stored.description = "说不想上学了"
			stored.correction_reason = "与学生核对后更正"
			stored.save()
		row = frappe.get_doc("Warning Report", report.name).corrections[0]
		self.assertEqual((row.old_value, row.new_value), ("说不想活了", "说不想上学了"))
		self.assertEqual(row.corrected_by, person("psychologist"))

	def test_correction_by_the_reporter_names_nobody(self):
		reporter = person("subject_teacher")
		report = make_warning_report(by=reporter)
		with self.as_user(reporter):
			stored = frappe.get_doc("Warning Report", report.name)
			stored.injury = 1
			stored.correction_reason = "后来看到手臂有伤"
			stored.save()
		stored = frappe.get_doc("Warning Report", report.name)
		self.assertEqual((stored.urgency, stored.key_target_reason), ("Red", "Injury"))
		self.assertIsNone(stored.corrections[0].corrected_by)
		self.assertEqual(stored.corrections[0].by_observer, 1)
		self.assertEqual(stored.modified_by, NEUTRAL_OWNER)

	def test_correction_never_lowers_urgency(self):
		report = make_warning_report(injury=1)
		with self.as_user(person("leader")):
			stored = frappe.get_doc("Warning Report", report.name)
			stored.injury = 0
			stored.correction_reason = "没有受伤"
			stored.save()
		self.assertEqual(frappe.db.get_value("Warning Report", report.name, "urgency"), "Red")

	def test_former_corrections_cannot_be_changed_or_taken_out(self):
		report = make_warning_report()
		with self.as_user(person("leader")):
			stored = frappe.get_doc("Warning Report", report.name)
			stored.place, stored.correction_reason = "操场", "补充"
			stored.save()
			stored.corrections[0].reason = "别的理由"
			stored.save()
			stored.set("corrections", [])
			stored.save()
		rows = frappe.get_doc("Warning Report", report.name).corrections
		self.assertEqual([row.reason for row in rows], ["补充"])

	def test_psychologist_acknowledges_and_the_report_names_who_and_when(self):
		report = make_warning_report()
		with self.as_user(person("psychologist")):
			apply_workflow(frappe.get_doc("Warning Report", report.name), "Acknowledge")
		stored = frappe.get_doc("Warning Report", report.name)
		self.assertEqual(stored.status, "Acknowledged")
		self.assertEqual(stored.acknowledged_by, person("psychologist"))
		self.assertTrue(stored.acknowledged_at)

	def test_reporter_cannot_acknowledge(self):
		report = make_warning_report()
		with self.as_user(person("subject_teacher")):
			stored = frappe.get_doc("Warning Report", report.name)
			stored.status = "Acknowledged"
			self.assert_refused(stored.save)

	def test_report_is_not_closed_before_the_student_is_assessed(self):
		report = make_warning_report()
		with self.as_user(person("leader")):
			stored = frappe.get_doc("Warning Report", report.name)
			stored.status, stored.closing_note = "Closed", "没事"
			self.assert_refused(stored.save)

	def test_assessed_report_is_closed_with_a_note_and_does_not_go_back(self):
		report = make_warning_report()
		make_risk_assessment(student=report.student, warning_report=report.name)
		with self.as_user(person("psychologist")):
			stored = frappe.get_doc("Warning Report", report.name)
			self.assertEqual(stored.status, "Assessed")
			self.assert_refused(lambda: apply_workflow(stored, "Close Report"))
			stored = frappe.get_doc("Warning Report", report.name)
			stored.closing_note = "已入库跟进"
			stored.save()
			apply_workflow(stored, "Close Report")
			stored = frappe.get_doc("Warning Report", report.name)
			stored.status = "New"
			self.assert_refused(stored.save)

	def test_report_is_never_deleted(self):
		report = make_warning_report()
		self.assert_refused(lambda: frappe.delete_doc("Warning Report", report.name, force=True))
		self.assertTrue(frappe.db.exists("Warning Report", report.name))

	def test_code_never_changes(self):
		report = make_warning_report()
		self.assert_refused(
			lambda: frappe.rename_doc("Warning Report", report.name, "WR-2026-LINYI", force=True)
		)

	def test_doubled_signals_count_once(self):
		report = make_warning_report(signals=("S105", "S105"))
		self.assertEqual(len(report.signals), 1)


class TestHandling(CrisisTestCase):
	"""What follows from a report: with whom the student is, the authority, the reporter's receipt."""

	def setUp(self):
		super().setUp()
		# On a site without the room of guardian contacts these rules rest.
		for rule in ("04-GUARDIAN", "04-GUARDIAN-Y"):
			frappe.db.set_value("Duty Rule", rule, "enabled", 1)
		cache.clear()
		self.addCleanup(cache.clear)

	def duties(self, report, rule):
		return frappe.get_all("Duty", filters={"rule": rule, "reference_name": report.name}, pluck="state")

	def correct(self, report, key, **fields):
		with self.as_user(person(key)):
			stored = frappe.get_doc("Warning Report", report.name)
			stored.update(fields)
			stored.save()
		return frappe.get_doc("Warning Report", report.name)

	def notices(self, user, report):
		filters = {"for_user": user, "document_name": report.name}
		return frappe.get_all("Notification Log", filters=filters, fields=["subject", "owner", "from_user"])

	def test_student_who_is_alone_gets_somebody_at_once(self):
		report = make_warning_report(signals=("S101",), student_with="Alone")
		self.assertEqual(self.duties(report, "04-ALONE"), ["Open"])
		with self.as_user(person("class_teacher2")):
			stored = frappe.get_doc("Warning Report", report.name)
			self.assert_refused(lambda: stored.say_with_whom("With Family"), frappe.PermissionError)
		with self.as_user(person("class_teacher")):
			frappe.get_doc("Warning Report", report.name).say_with_whom("With Class Teacher")
		stored = frappe.get_doc("Warning Report", report.name)
		self.assertEqual(stored.student_with, "With Class Teacher")
		self.assertEqual((stored.corrections[0].old_value, stored.corrections[0].reason), ("Alone", ""))
		self.assertEqual(self.duties(report, "04-ALONE"), ["Done"])

	def test_red_report_that_does_not_say_with_whom_asks_for_it(self):
		self.assertEqual(self.duties(make_warning_report(signals=("S101",)), "04-WITH"), ["Open"])
		self.assertEqual(self.duties(make_warning_report(), "04-WITH"), [])
		named = make_warning_report(signals=("S101",), student_with="With Me")
		self.assertEqual(self.duties(named, "04-WITH") + self.duties(named, "04-ALONE"), [])

	def test_suspected_harm_is_told_to_the_authority(self):
		report = make_warning_report(suspected_harm=1)
		self.assertEqual(self.duties(report, "04-AUTHORITY"), ["Open"])
		future = {"authority_told": "Police", "authority_told_at": add_to_date(now_datetime(), hours=2)}
		self.assert_refused(lambda: self.correct(report, "leader", **future))
		stored = self.correct(report, "leader", authority_told="Police")
		self.assertTrue(stored.authority_told_at)
		self.assertEqual(self.duties(report, "04-AUTHORITY"), ["Done"])
		self.assert_refused(lambda: self.correct(report, "leader", authority_told="Civil Affairs"))

	def test_guardians_who_may_harm_are_not_contacted(self):
		calm = make_warning_report()
		self.assertEqual(self.duties(calm, "04-GUARDIAN-Y"), ["Open"])
		report = make_warning_report(student=calm.student, signals=("S101",), guardian_suspected=1)
		self.assertEqual(report.suspected_harm, 1)
		self.assertEqual(self.duties(report, "04-GUARDIAN"), [])
		self.assertEqual(self.duties(report, "04-AUTHORITY"), ["Open"])
		self.assertEqual(self.duties(calm, "04-GUARDIAN-Y"), ["Waived"])
		duty = frappe.db.get_value("Duty", {"rule": "04-GUARDIAN-Y", "reference_name": calm.name})
		self.assertTrue(frappe.db.exists("Duty Log", {"duty": duty, "step": "Waived"}))
		third = make_warning_report(student=calm.student, signals=("S101",))
		self.assertEqual(self.duties(third, "04-GUARDIAN"), [])

	def test_suspicion_that_comes_later_lifts_the_contact(self):
		report = make_warning_report(signals=("S101",))
		self.assertEqual(self.duties(report, "04-GUARDIAN"), ["Open"])
		fields = {"guardian_suspected": 1, "correction_reason": "学生述说被父亲殴打"}
		self.correct(report, "psychologist", **fields)
		self.assertEqual(self.duties(report, "04-GUARDIAN"), ["Waived"])

	def clear(self, report, key="psychologist"):
		"""Say with a reason that no guardian is suspected."""
		return self.correct(report, key, guardian_suspected=0, correction_reason="误勾，与监护人无关")

	def test_cleared_suspicion_brings_the_lifted_contact_back_once_with_a_fresh_clock(self):
		report = make_warning_report(signals=("S101",))
		fields = {"guardian_suspected": 1, "correction_reason": "听同学说"}
		self.correct(report, "psychologist", **fields)
		self.assert_refused(lambda: self.correct(report, "psychologist", guardian_suspected=0))
		self.assertEqual(self.duties(report, "04-GUARDIAN"), ["Waived"])
		later = add_to_date(now_datetime(), hours=3).replace(microsecond=100000)
		with self.freeze_time(later):
			self.clear(report)
			self.correct(report, "psychologist", place="操场", correction_reason="补充")
		filters = {"rule": "04-GUARDIAN", "reference_name": report.name}
		found = frappe.get_all(
			"Duty", filters, ["name", "state", "raised_at", "due_at"], order_by="raised_at"
		)
		self.assertEqual([row.state for row in found], ["Waived", "Open"])
		self.assertGreaterEqual(found[1].raised_at, later.replace(microsecond=0))
		self.assertGreater(found[1].due_at, later)
		lines = frappe.get_all("Duty Log", {"duty": found[1].name, "step": "Raised"}, pluck="detail")
		self.assertIn("Suspicion cleared", lines)
		self.correct(report, "psychologist", **fields)
		self.clear(report)
		self.assertEqual(sorted(self.duties(report, "04-GUARDIAN")), ["Open", "Waived", "Waived"])

	def test_suspicion_ticked_from_the_start_and_cleared_asks_for_the_family(self):
		calm = make_warning_report()
		report = make_warning_report(student=calm.student, signals=("S101",), guardian_suspected=1)
		third = make_warning_report(student=calm.student, signals=("S101",))
		self.assertEqual(self.duties(report, "04-GUARDIAN") + self.duties(third, "04-GUARDIAN"), [])
		self.clear(report)
		# The three are one event: the family is called once, by the strictest clock.
		self.assertEqual(self.duties(report, "04-GUARDIAN"), ["Open"])
		for joined in (calm, third):
			self.assertEqual(self.duties(joined, "04-GUARDIAN"), [])
			line = {"step": "Joined", "detail": joined.name}
			self.assertTrue(frappe.db.exists("Duty Log", line), joined.urgency)
		self.assertEqual(self.duties(calm, "04-GUARDIAN-Y"), ["Waived"])

	def test_a_family_that_another_report_suspects_is_not_asked_for(self):
		report = make_warning_report(signals=("S101",), guardian_suspected=1)
		other = make_warning_report(student=report.student, guardian_suspected=1)
		self.clear(report)
		self.assertEqual(self.duties(report, "04-GUARDIAN"), [])
		self.clear(other)
		self.assertEqual(self.duties(report, "04-GUARDIAN"), ["Open"])
		# Both reports are one event, and the red one asks for the call sooner.
		self.assertEqual(self.duties(other, "04-GUARDIAN-Y"), [])

	def test_what_persons_waived_for_another_reason_does_not_come_back(self):
		report = make_warning_report(signals=("S101",))
		duty = frappe.db.get_value("Duty", {"rule": "04-GUARDIAN", "reference_name": report.name})
		frappe.db.set_value("Duty", duty, "state", "Waived")
		self.correct(report, "psychologist", guardian_suspected=1, correction_reason="听同学说")
		self.clear(report)
		self.assertEqual(self.duties(report, "04-GUARDIAN"), ["Waived"])

	def test_reporter_hears_that_the_report_was_received(self):
		reporter = person("subject_teacher")
		report = make_warning_report(by=reporter, hide_observer=1)
		with self.as_user(person("psychologist")):
			apply_workflow(frappe.get_doc("Warning Report", report.name), "Acknowledge")
		(notice,) = self.notices(reporter, report)
		self.assertIn(report.name, notice.subject)
		self.assertNotIn("说不想活了", notice.subject)
		self.assertEqual((notice.owner, notice.from_user or ""), (NEUTRAL_OWNER, ""))
		with self.as_user(reporter):
			seen = frappe.get_doc("Warning Report", report.name)
			self.assertEqual((seen.status, seen.acknowledged_by), ("Acknowledged", person("psychologist")))
		for doctype in ("Email Queue Recipient", "Dispatch Log"):
			field = "recipient"
			self.assertFalse(frappe.db.exists(doctype, {field: reporter}), doctype)

	def test_acknowledging_the_duty_tells_the_reporter_once(self):
		report = make_warning_report(by=person("doctor"), signals=("S101",))
		name = frappe.db.get_value("Duty", {"rule": "12-ACK-R", "reference_name": report.name})
		with self.as_user(person("psychologist")):
			acknowledge(frappe.get_doc("Duty", name), person("psychologist"), "Desk")
			acknowledge(frappe.get_doc("Duty", name), person("psychologist"), "Desk")
		self.assertEqual(len(self.notices(person("doctor"), report)), 1)

	def test_who_acknowledges_the_own_report_gets_no_notice(self):
		report = make_warning_report(by=person("psychologist"))
		with self.as_user(person("psychologist")):
			apply_workflow(frappe.get_doc("Warning Report", report.name), "Acknowledge")
		self.assertEqual(self.notices(person("psychologist"), report), [])
