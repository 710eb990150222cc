import frappe
from frappe.model.workflow import apply_workflow, get_transitions
from frappe.utils import add_days, getdate, nowdate

from crisis_intervention.access.counts import get_open_count
from crisis_intervention.case_registry.concerns import students_of_concern, users_of_concern
from crisis_intervention.case_registry.next_steps import measures_of, next_steps
from crisis_intervention.tests.factories import (
	make_risk_assessment,
	make_student_case,
	make_student_profile,
	make_warning_report,
	name_of_concern,
	person,
)
from crisis_intervention.tests.factories_registry import (
	end_watch,
	hand_over_case,
	make_safety_plan,
	make_special_watch,
)
from crisis_intervention.tests.utils import CrisisTestCase


def stored(case):
	return frappe.get_doc("Student Case", case.name)


class TestStudentCase(CrisisTestCase):
	def move(self, case, key, action, **values):
		with self.as_user(person(key)):
			doc = stored(case)
			if values:
				doc.update(values).save()
			apply_workflow(doc, action)

	def in_registry(self, **fields):
		case = make_student_case(**fields)
		self.move(case, "office", "Confirm Entry")
		return case

	def test_code_holds_no_name_and_no_class(self):
		self.assertRegex(make_student_case().name, r"^SC-\d{4}-[2-9A-Z]{6}$")

	def test_entry_opens_only_by_an_assessment(self):
		student = make_student_profile()
		doc = frappe.get_doc({"doctype": "Student Case", "student": student.name})
		self.assert_refused(lambda: doc.insert(ignore_permissions=True), frappe.PermissionError)
		with self.as_user(person("leader")):
			doc = frappe.get_doc({"doctype": "Student Case", "student": student.name})
			self.assert_refused(doc.insert, frappe.PermissionError)

	def test_office_confirms_the_entry(self):
		case = self.in_registry()
		doc = stored(case)
		self.assertEqual((doc.workflow_state, doc.entry_confirmed_by), ("In Registry", person("office")))
		self.assertTrue(doc.entry_confirmed_at)

	def test_others_do_not_confirm_the_entry(self):
		case = make_student_case()
		for key in ("psychologist", "leader"):
			with self.subTest(key=key), self.as_user(person(key)):
				doc = stored(case)
				doc.workflow_state = "In Registry"
				self.assert_refused(doc.save)

	def test_confirmation_is_stamped_by_the_server(self):
		case = make_student_case()
		with self.as_user(person("leader")):
			doc = stored(case)
			doc.entry_confirmed_by, doc.entry_confirmed_at = person("office"), "2026-01-01 00:00:00"
			doc.assessed_at = "2026-01-01 00:00:00"
			doc.save()
		self.assertIsNone(stored(case).entry_confirmed_by)
		self.assertNotEqual(str(stored(case).assessed_at), "2026-01-01 00:00:00")

	def test_level_is_not_typed(self):
		case = make_student_case(level="L3")
		with self.as_user(person("leader")):
			doc = stored(case)
			doc.current_level = "L4"
			doc.append("level_history", {"to_level": "L4", "state": "In Force", "reason": "x"})
			doc.level_history[0].to_level = "L4"
			doc.save()
		self.assertEqual(stored(case).current_level, "L3")
		self.assertEqual([row.to_level for row in stored(case).level_history], ["L3"])

	def test_raising_is_in_force_at_once(self):
		case = make_student_case(level="L3")
		with self.as_user(person("psychologist")):
			self.assertEqual(stored(case).change_level("L1", "出现具体计划"), "In Force")
		self.assertEqual(stored(case).current_level, "L1")

	def test_lowering_needs_reason_and_second_person(self):
		case = make_student_case(level="L2")
		with self.as_user(person("psychologist")):
			self.assert_refused(lambda: stored(case).change_level("L4", " "))
			self.assertEqual(stored(case).change_level("L4", "两周稳定"), "Proposed")
			row = stored(case).level_history[-1].name
			self.assert_refused(lambda: stored(case).second_level_change(row, 1, "同意"))
		self.assertEqual(stored(case).current_level, "L2")
		with self.as_user(person("leader")):
			self.assert_refused(lambda: stored(case).second_level_change(row, 1, ""))
			self.assertEqual(stored(case).second_level_change(row, 1, "同意"), "L4")
		change = stored(case).level_history[-1]
		self.assertEqual((change.state, change.second_person), ("In Force", person("leader")))

	def test_second_person_may_refuse(self):
		case = make_student_case(level="L2")
		with self.as_user(person("psychologist")):
			stored(case).change_level("L4", "两周稳定")
		row = stored(case).level_history[-1].name
		with self.as_user(person("leader")):
			self.assertEqual(stored(case).second_level_change(row, 0, "仍有风险"), "L2")
			self.assert_refused(lambda: stored(case).second_level_change(row, 1, "再想想"))

	def test_class_teacher_and_administrator_are_no_second_person(self):
		case = make_student_case(level="L2")
		with self.as_user(person("psychologist")):
			stored(case).change_level("L4", "两周稳定")
		row = stored(case).level_history[-1].name
		for user in (person("class_teacher"), "Administrator"):
			with self.subTest(user=user), self.as_user(user):
				self.assert_refused(
					lambda: stored(case).second_level_change(row, 1, "同意"), frappe.PermissionError
				)

	def test_leaving_needs_reason_and_second_person(self):
		case = self.in_registry()
		self.assert_refused(lambda: self.move(case, "psychologist", "Propose Exit"))
		self.move(case, "leader", "Propose Exit", exit_reason="评估稳定三月")
		self.assert_refused(lambda: self.move(case, "leader", "Confirm Exit"))
		self.assertEqual(stored(case).workflow_state, "Exit Proposed")
		self.move(case, "office", "Confirm Exit")
		doc = stored(case)
		self.assertEqual((doc.workflow_state, doc.exit_confirmed_by), ("Exited", person("office")))

	def test_exit_cannot_skip_the_proposal(self):
		case = self.in_registry()
		with self.as_user(person("office")):
			doc = stored(case)
			doc.workflow_state, doc.exit_reason = "Exited", "转学"
			self.assert_refused(doc.save)

	def test_exit_rules_hold_without_a_workflow(self):
		case = self.in_registry()
		frappe.db.set_value("Workflow", "Student Case", "is_active", 0)
		frappe.clear_cache(doctype="Student Case")
		try:
			with self.as_user(person("leader")):
				doc = stored(case)
				doc.workflow_state, doc.exit_reason = "Exited", "转学"
				self.assert_refused(doc.save)
		finally:
			frappe.db.set_value("Workflow", "Student Case", "is_active", 1)
			frappe.clear_cache(doctype="Student Case")

	def test_left_entry_stays_left_and_a_new_assessment_opens_a_new_one(self):
		case = self.in_registry()
		self.move(case, "leader", "Propose Exit", exit_reason="评估稳定三月")
		self.move(case, "office", "Confirm Exit")
		with self.as_user(person("leader")):
			doc = stored(case)
			doc.workflow_state = "In Registry"
			self.assert_refused(doc.save)
		again = make_risk_assessment(student=case.student)
		self.assertNotEqual(again.student_case, case.name)

	def test_naming_a_person_shuts_him_out_at_once(self):
		case = make_student_case()
		teacher = person("class_teacher")
		with self.as_user(teacher):
			self.assertTrue(frappe.has_permission("Student Case", "read", case.name))
		name_of_concern(case, teacher)
		self.assertEqual(users_of_concern(case.student), {teacher})
		self.assertEqual(students_of_concern(teacher), {case.student})
		with self.as_user(teacher):
			self.assertFalse(frappe.has_permission("Student Case", "read", case.name))
			self.assertNotIn(case.name, frappe.get_list("Student Case", pluck="name"))
			self.assert_refused(lambda: stored(case).check_permission("read"), frappe.PermissionError)

	def test_naming_the_owner_gives_the_case_to_the_next(self):
		case = make_student_case()
		hand_over_case(case, "Deputy", person("psychologist2"))
		name_of_concern(case, person("psychologist"))
		self.assertEqual((stored(case).owner_user, stored(case).deputy_user), (person("psychologist2"), None))

	def test_owner_is_never_a_person_of_concern(self):
		case = make_student_case()
		name_of_concern(case, person("psychologist2"))
		self.assert_refused(lambda: hand_over_case(case, "Deputy", person("psychologist2")))
		hand_over_case(case, "Deputy", person("member"))
		name_of_concern(case, person("member"))
		self.assertIsNone(stored(case).deputy_user)

	def test_naming_a_person_takes_his_open_duties(self):
		case = make_student_case()
		filters = {"student": case.student, "responsible": person("psychologist"), "state": "Open"}
		self.assertTrue(frappe.get_all("Duty", filters))
		name_of_concern(case, person("psychologist"))
		self.assertFalse(frappe.get_all("Duty", filters))

	def test_naming_a_person_cancels_his_assignments(self):
		case = make_student_case()
		todo = frappe.get_doc(
			{
				"doctype": "ToDo",
				"description": case.name,
				"reference_type": "Student Case",
				"reference_name": case.name,
				"allocated_to": person("class_teacher"),
			}
		).insert(ignore_permissions=True)
		name_of_concern(case, person("class_teacher"))
		self.assertEqual(frappe.db.get_value("ToDo", todo.name, "status"), "Cancelled")

	def test_person_of_concern_is_withdrawn_by_a_second_person_not_taken_out(self):
		case = make_student_case()
		name_of_concern(case, person("class_teacher"))
		with self.as_user(person("leader")):
			doc = stored(case)
			doc.set("persons_of_concern", [])
			self.assert_refused(doc.save)
			doc = stored(case)
			doc.persons_of_concern[0].withdrawn = 1
			self.assert_refused(doc.save)
			doc = stored(case)
			doc.persons_of_concern[0].update({"withdrawn": 1, "withdrawn_reason": "查明无关"})
			self.assert_refused(doc.save)
		with self.as_user(person("office")):
			doc = stored(case)
			doc.persons_of_concern[0].update({"withdrawn": 1, "withdrawn_reason": "查明无关"})
			doc.save()
		self.assertEqual(users_of_concern(case.student), set())

	def test_stored_row_of_a_person_does_not_change(self):
		case = make_student_case()
		name_of_concern(case, person("class_teacher"))
		with self.as_user(person("office")):
			doc = stored(case)
			doc.persons_of_concern[0].user = person("doctor")
			doc.persons_of_concern[0].reason = "别的"
			doc.save()
		row = stored(case).persons_of_concern[0]
		self.assertEqual((row.user, row.named_by), (person("class_teacher"), person("leader")))

	def test_change_of_owner_is_noted(self):
		case = make_student_case()
		hand_over_case(case, "Owner", person("psychologist2"))
		row = stored(case).corrections[-1]
		self.assertEqual((row.fieldname, row.new_value), ("owner_user", person("psychologist2")))

	def test_owner_is_not_typed(self):
		case = make_student_case()
		for key in ("leader", "office"):
			for field in ("owner_user", "deputy_user"):
				with self.subTest(key=key, field=field), self.as_user(person(key)):
					doc = stored(case)
					doc.set(field, person("psychologist2"))
					self.assert_refused(doc.save, frappe.ValidationError)

	def test_deputy_is_taken_off_by_the_leader(self):
		case = make_student_case()
		hand_over_case(case, "Deputy", person("psychologist2"))
		with self.as_user(person("leader")):
			doc = stored(case)
			doc.deputy_user = None
			doc.save()
		self.assertIsNone(stored(case).deputy_user)
		self.assertEqual(stored(case).corrections[-1].fieldname, "deputy_user")

	def test_refused_exit_closes_the_duty_and_may_be_proposed_again(self):
		case = self.in_registry()
		self.move(case, "leader", "Propose Exit", exit_reason="评估稳定三月")
		filters = {"rule": "24.1-EXIT", "student_case": case.name}
		self.assertEqual(frappe.get_all("Duty", filters, pluck="state"), ["Open"])
		self.move(case, "office", "Refuse Exit")
		self.assertIsNone(stored(case).exit_proposed_by)
		self.assertEqual(frappe.get_all("Duty", filters, pluck="state"), ["Done"])
		self.move(case, "leader", "Propose Exit", exit_reason="又稳定一月")
		self.assertEqual(sorted(frappe.get_all("Duty", filters, pluck="state")), ["Done", "Open"])

	def test_others_do_not_refuse_an_exit(self):
		case = self.in_registry()
		self.move(case, "leader", "Propose Exit", exit_reason="评估稳定三月")
		with self.as_user(person("psychologist")):
			doc = stored(case)
			doc.workflow_state = "In Registry"
			self.assert_refused(doc.save)

	def test_nobody_leaves_while_a_watch_runs(self):
		case = self.in_registry()
		watch = make_special_watch(student=case.student)
		self.assert_refused(lambda: self.move(case, "leader", "Propose Exit", exit_reason="稳定"))
		end_watch(watch)
		self.move(case, "leader", "Propose Exit", exit_reason="稳定")
		self.assertEqual(stored(case).workflow_state, "Exit Proposed")

	def test_next_review_follows_the_level_when_nobody_names_a_day(self):
		case = make_student_case(level="L3")
		self.assertEqual(case.next_review, getdate(add_days(case.assessed_at, 14)))
		named = add_days(nowdate(), 3)
		self.assertEqual(str(make_student_case(level="L3", next_review=named).next_review), named)

	def test_linked_students_are_others_and_stand_once(self):
		case, other = make_student_case(), make_student_profile()
		for rows in (
			[{"student": case.student, "linked_as": "Friend"}],
			[{"student": other.name, "linked_as": "Friend"}, {"student": other.name, "linked_as": "Witness"}],
		):
			with self.as_user(person("psychologist")):
				doc = stored(case)
				doc.set("linked_students", rows)
				self.assert_refused(doc.save, frappe.ValidationError)
		with self.as_user(person("psychologist")):
			doc = stored(case)
			doc.append("linked_students", {"student": other.name, "linked_as": "May Be Attacked"})
			self.assertEqual(len(doc.save().linked_students), 1)

	def test_a_new_case_says_what_is_to_be_done(self):
		case = make_student_case(level="L1")
		steps = self.steps(case, "psychologist")
		self.assertIn("Special Watch", steps)
		self.assertIn("Case Feedback", steps)
		self.assertIn("Safety Plan", steps)
		make_special_watch(student=case.student)
		make_safety_plan(case)
		left = self.steps(case, "psychologist")
		self.assertFalse({"Special Watch", "Safety Plan"} & left)

	def test_a_suspected_guardian_is_not_to_be_contacted(self):
		report = make_warning_report(suspected_harm=1, guardian_suspected=1)
		case = make_student_case(student=report.student, warning_report=report.name, level="L2")
		self.assertEqual(case.guardian_suspected, 1)
		self.assertNotIn("Guardian Contact", self.steps(case, "psychologist"))

	def test_measures_are_those_of_the_phase_and_of_the_level(self):
		case = make_student_case(level="L1")
		with self.as_user(person("psychologist")):
			found = measures_of(stored(case))
		by_code = {row["code"]: row for row in found}
		self.assertTrue(by_code["M208"]["required"])
		self.assertFalse(by_code["M203"]["required"])
		self.assertNotIn("M304", by_code)

	def test_numbers_beside_the_form_are_those_of_the_reader(self):
		case = make_student_case(level="L2")
		make_safety_plan(case)
		watch = make_special_watch(student=case.student)
		for key, plans in (("psychologist", 1), ("class_teacher", 1)):
			with self.subTest(key=key), self.as_user(person(key)):
				self.assertEqual(self.numbers(case, "Safety Plan", "Special Watch"), [plans, 1])
		with self.as_user(person("psychologist2")):
			self.assert_refused(lambda: self.numbers(case, "Safety Plan"), frappe.PermissionError)
		self.assertEqual(stored(case).special_watch, watch.name)

	def numbers(self, case, *doctypes):
		found = get_open_count("Student Case", case.name, list(doctypes))["count"]["external_links_found"]
		return [{row["doctype"]: row["count"] for row in found}[doctype] for doctype in doctypes]

	def test_running_watch_is_told_and_exit_is_not_offered(self):
		case = self.in_registry(level="L2")
		make_special_watch(student=case.student)
		with self.as_user(person("leader")):
			told = [step for step in next_steps(stored(case)) if step["tone"] == "Running"]
			offered = [move.action for move in get_transitions(stored(case))]
		self.assertEqual(len(told), 1)
		self.assertNotIn("Propose Exit", offered)

	def steps(self, case, key):
		with self.as_user(person(key)):
			return {step["doctype"] for step in next_steps(stored(case)) if not step.get("name")}

	def test_psychologist_does_not_change_the_owner(self):
		case = make_student_case()
		with self.as_user(person("psychologist")):
			doc = stored(case)
			doc.owner_user = person("psychologist2")
			doc.save()
		self.assertEqual(stored(case).owner_user, person("psychologist"))

	def test_case_is_never_deleted(self):
		case = make_student_case()
		self.assert_refused(lambda: frappe.delete_doc("Student Case", case.name, force=True))
