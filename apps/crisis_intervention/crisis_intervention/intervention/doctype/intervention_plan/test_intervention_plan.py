from unittest.mock import patch

import frappe
from frappe.client import bulk_update, delete, get_list, insert, set_value
from frappe.client import get as client_get
from frappe.client import save as client_save
from frappe.model.workflow import apply_workflow
from frappe.utils import add_to_date, now_datetime

from crisis_intervention.case_registry.next_steps import next_steps
from crisis_intervention.crisis_plan.api import reassign
from crisis_intervention.crisis_plan.doctype.duty.test_duty import DutyTestCase
from crisis_intervention.intervention.plans import mark_measure, my_measures
from crisis_intervention.tests.factories import make_student_case, name_of_concern, person
from crisis_intervention.tests.factories_registry import (
	hand_over_case,
	make_intervention_plan,
	make_measure_type,
	plan_all_measures,
)

PLAN = "Intervention Plan"
WRITERS = ("leader", "member", "psychologist")
KINDS = {"Support", "Blocking", "Monitoring", "Counselling", "Rescue"}


def stored(plan):
	return frappe.get_doc(PLAN, plan.name)


def in_an_hour():
	return add_to_date(now_datetime(), hours=1)


class TestInterventionPlan(DutyTestCase):
	def state_of(self, rule, case):
		return frappe.get_all(
			"Duty", {"rule": rule, "student_case": case.name}, pluck="state", order_by="creation asc"
		)

	def raise_level(self, case, level):
		with self.as_user(person("leader")):
			frappe.get_doc("Student Case", case.name).change_level(level, "新的自伤行为")

	def test_begins_with_what_level_and_phase_require(self):
		case = make_student_case(level="L1")
		plan = make_intervention_plan(case)
		self.assertRegex(plan.name, r"^IP-\d{4}-[2-9A-Z]{6}$")
		self.assertEqual((plan.student, plan.level, plan.phase), (case.student, "L1", case.phase))
		self.assertEqual((plan.responsible, plan.status, plan.complete), (case.owner_user, "Running", 0))
		required = frappe.get_all("Risk Level Measure", {"parent": "L1"}, pluck="measure_type")
		self.assertEqual({row.measure_type for row in plan.measures}, set(required))
		self.assertEqual({row.kind for row in plan.measures}, KINDS)
		self.assertEqual({row.state for row in plan.measures}, {"Planned"})
		self.assertEqual(frappe.db.get_value("Student Case", case.name, "intervention_plan"), plan.name)

	def test_rows_sent_along_do_not_replace_what_is_required(self):
		plan = make_intervention_plan(
			make_student_case(level="L4"), measures=[{"measure_type": "M203", "kind": "Rescue"}]
		)
		self.assertEqual({row.measure_type for row in plan.measures}, {"M203", "M201", "M207", "M209"})
		self.assertEqual(plan.measures[0].kind, "Support")

	def test_one_plan_at_a_time_and_none_for_a_left_case(self):
		case = make_student_case()
		plan = make_intervention_plan(case)
		with self.as_user(person("leader")), self.assertRaises(frappe.ValidationError) as refused:
			frappe.get_doc({"doctype": PLAN, "student_case": case.name}).insert()
		self.assertIn(plan.name, str(refused.exception))
		other = make_student_case()
		frappe.db.set_value("Student Case", other.name, "workflow_state", "Exited")
		self.assert_refused(lambda: make_intervention_plan(other))

	def test_who_makes_and_writes_it(self):
		for key in WRITERS:
			with self.subTest(key=key):
				plan = make_intervention_plan(by=person(key))
				self.assertEqual(plan_all_measures(plan, by=person(key)).complete, 1)
		others = ("office", "school_leader", "psychologist2", "class_teacher", "doctor", "subject_teacher")
		for key in (*others, "security", "academic", "monitor", "administrator", "auditor"):
			case = make_student_case()
			with self.subTest(key=key):
				self.assert_refused(
					lambda c=case, k=key: make_intervention_plan(c, by=person(k)), frappe.PermissionError
				)
			plan = make_intervention_plan(case)
			with self.subTest(key=key, write=True):
				self.assert_refused(
					lambda p=plan, k=key: plan_all_measures(p, by=person(k)), frappe.PermissionError
				)

	def test_who_reads_it(self):
		plan = plan_all_measures(make_intervention_plan())
		for key, may in (
			("leader", True),
			("member", True),
			("office", True),
			("school_leader", True),
			("psychologist", True),
			("psychologist2", False),
			("class_teacher", False),
			("doctor", False),
			("administrator", False),
			("auditor", False),
		):
			with self.subTest(key=key), self.as_user(person(key)):
				self.assertEqual(bool(frappe.has_permission(PLAN, "read", plan.name)), may)
				found = get_list(PLAN, limit_page_length=0) if may else []
				self.assertEqual(plan.name in [row.name for row in found], may)

	def test_case_handed_over_takes_the_plan_along(self):
		case = make_student_case()
		plan = make_intervention_plan(case)
		hand_over_case(case, "Owner", person("psychologist2"))
		self.assertEqual(stored(plan).responsible, person("psychologist2"))
		self.assertEqual(plan_all_measures(plan, by=person("psychologist2")).complete, 1)
		self.assert_refused(
			lambda: plan_all_measures(plan, by=person("psychologist")), frappe.PermissionError
		)

	def test_who_stands_in_for_the_duty_makes_the_plan(self):
		case = make_student_case()
		duty = frappe.db.get_value("Duty", {"rule": "15-PLAN", "student_case": case.name}, "name")
		next_person = person("psychologist2")
		with self.as_user(person("leader")):
			reassign(duty, next_person)
		plan = make_intervention_plan(case, by=person("psychologist2"))
		self.assertEqual(plan_all_measures(plan, by=person("psychologist2")).complete, 1)
		self.assertEqual(self.state_of("15-PLAN", case), ["Done"])

	def test_an_owner_without_account_holds_up_nothing(self):
		case = make_student_case()
		plan = plan_all_measures(make_intervention_plan(case), responsible=person("doctor"))
		other = make_student_case()
		frappe.db.set_value("User", person("psychologist"), "enabled", 0)
		self.addCleanup(frappe.db.set_value, "User", person("psychologist"), "enabled", 1)
		name_of_concern(case, person("doctor"))
		after = stored(plan)
		self.assertEqual(
			{after.responsible, *[row.responsible for row in after.measures]}, {person("leader")}
		)
		self.assertEqual(make_intervention_plan(other, by=person("leader")).responsible, person("leader"))

	def test_psychologist_of_the_class_who_does_not_lead_the_case_reads_only(self):
		case = make_student_case()
		hand_over_case(case, "Owner", person("psychologist2"))
		with self.as_user(person("psychologist")):
			self.assertTrue(frappe.has_permission("Student Case", "read", case.name))
		self.assert_refused(lambda: make_intervention_plan(case), frappe.PermissionError)
		plan = make_intervention_plan(case, by=person("psychologist2"))
		with self.as_user(person("psychologist")):
			self.assertTrue(frappe.has_permission(PLAN, "read", plan.name))
			self.assertFalse(frappe.has_permission(PLAN, "write", plan.name))

	def test_class_teacher_and_doctor_see_and_mark_their_rows_only(self):
		plan = make_intervention_plan(make_student_case(level="L4"))
		with self.as_user(person("psychologist")):
			doc = stored(plan)
			for row, key in zip(doc.measures, ("class_teacher", "doctor", "psychologist"), strict=True):
				row.responsible, row.due_at = person(key), in_an_hour()
			doc.save()
		rows = stored(plan).measures
		for position, key in enumerate(("class_teacher", "doctor")):
			with self.subTest(key=key), self.as_user(person(key)):
				self.assertEqual([row.name for row in my_measures()], [rows[position].name])
				self.assert_refused(lambda: client_get(PLAN, plan.name), frappe.PermissionError)
				self.assert_refused(
					lambda: get_list("Intervention Measure", parent=PLAN), frappe.PermissionError
				)
				for other in rows:
					if other.name != rows[position].name:
						self.assert_refused(
							lambda o=other: mark_measure(o.name, "Done"), frappe.PermissionError
						)
				self.assertEqual(mark_measure(rows[position].name, "Under Way"), "Under Way")
				self.assert_refused(lambda p=position: mark_measure(rows[p].name, "Not Done"))
				self.assertEqual(mark_measure(rows[position].name, "Done", remark="已陪同"), "Done")
				self.assert_refused(lambda p=position: mark_measure(rows[p].name, "Not Done", reason="误"))
				self.assertEqual(my_measures(), [])
				self.assertEqual(len(my_measures(with_closed=1)), 1)
			row = stored(plan).measures[position]
			self.assertEqual((row.state, row.marked_by, row.note), ("Done", person(key), "已陪同"))
			self.assertTrue(row.done_at and row.marked_at)
		self.assertEqual(stored(plan).measures[2].state, "Planned")

	def test_marking_does_nothing_else_and_nothing_after_the_end(self):
		plan = plan_all_measures(make_intervention_plan())
		row = plan.measures[0].name
		with self.as_user(person("class_teacher")):
			self.assert_refused(lambda: mark_measure(row, "Cancelled"))
			self.assert_refused(lambda: mark_measure("nothing", "Done"), frappe.PermissionError)
			ahead = add_to_date(now_datetime(), days=1)
			self.assert_refused(lambda: mark_measure(row, "Done", done_at=str(ahead)))
		with self.as_user(person("leader")):
			self.assert_refused(lambda: stored(plan).end(" "))
			stored(plan).end("转由医院制订方案")
		with self.as_user(person("class_teacher")):
			self.assertEqual(my_measures(), [])
			self.assert_refused(lambda: mark_measure(row, "Done"))
		self.assertEqual(stored(plan).measures[0].state, "Planned")

	def test_ends_with_a_reason_and_stays_ended(self):
		case = make_student_case()
		plan = plan_all_measures(make_intervention_plan(case))
		with self.as_user(person("psychologist")):
			stored(plan).end("家长要求改由专科医院制订")
			ended = stored(plan)
			self.assertEqual((ended.status, ended.ended_by), ("Ended", person("psychologist")))
			for action in (
				lambda: stored(plan).end("再次"),
				lambda: stored(plan).fit_to_level(),
				lambda: set_value(PLAN, plan.name, "responsible", person("leader")),
			):
				self.assert_refused(action)
			self.attempt(lambda: set_value(PLAN, plan.name, "status", "Running"))
			doc = stored(plan)
			doc.append("measures", {"measure_type": "M203"})
			self.assert_refused(doc.save)
		self.assertEqual(stored(plan).status, "Ended")
		self.assertIsNone(frappe.db.get_value("Student Case", case.name, "intervention_plan"))
		self.assertEqual(make_intervention_plan(case).status, "Running")

	def test_what_was_closed_is_corrected_with_a_reason(self):
		plan = plan_all_measures(make_intervention_plan())
		row = plan.measures[0].name
		with self.as_user(person("class_teacher")):
			mark_measure(row, "Done", remark="已谈话")
		with self.as_user(person("leader")):
			for values in ({"state": "Planned"}, {"note": "另写"}, {"measure_type": "M203"}):
				doc = stored(plan)
				doc.measures[0].update(values)
				self.assert_refused(doc.save)
			doc = stored(plan)
			doc.measures[0].update({"state": "Not Done", "reason": "登记错了学生"})
			doc.correction_reason = "登记错误"
			doc.save()
		after = stored(plan)
		self.assertEqual((after.measures[0].state, after.measures[0].done_at), ("Not Done", None))
		kept = [line for line in after.corrections if line.fieldname == "state" and line.reason]
		self.assertEqual([(line.old_value, line.new_value) for line in kept], [("Done", "Not Done")])

	def test_an_open_row_moves_on_and_its_former_state_stays_readable(self):
		plan = plan_all_measures(make_intervention_plan())
		with self.as_user(person("psychologist")):
			doc = stored(plan)
			doc.measures[0].update({"state": "Under Way", "responsible": person("doctor")})
			doc.save()
			doc = stored(plan)
			doc.measures[0].measure_type = "M203"
			self.assert_refused(doc.save)
		changed = {line.fieldname: line.old_value for line in stored(plan).corrections if line.reason == ""}
		self.assertEqual(changed["responsible"], person("class_teacher"))

	def test_a_row_holds_together(self):
		plan = make_intervention_plan()
		unused = make_measure_type(enabled=0).name
		for values in (
			{"state": "Not Done"},
			{"state": "Not Done", "reason": "  "},
			{"state": "Done", "done_at": add_to_date(now_datetime(), days=1)},
			{"state": "Forgotten"},
			{"due_at": add_to_date(now_datetime(), days=-1)},
			{"responsible": person("monitor")},
			{"responsible": person("administrator")},
			{"responsible": "Guest"},
		):
			with self.subTest(values=values), self.as_user(person("psychologist")):
				doc = stored(plan)
				doc.measures[0].update(values)
				self.assert_refused(doc.save, frappe.ValidationError)
		with self.as_user(person("psychologist")):
			doc = stored(plan)
			doc.append("measures", {"measure_type": unused})
			self.assert_refused(doc.save, frappe.ValidationError)

	def test_stamps_and_rows_yield_to_no_client(self):
		plan = plan_all_measures(make_intervention_plan(make_student_case(level="L3")))
		rows = [row.name for row in plan.measures]
		with self.as_user(person("leader")):
			sent = stored(plan).as_dict()
			attacks = (
				lambda: set_value(
					PLAN, plan.name, {"level": "L4", "pending_level": "L1", "urgency": "Yellow"}
				),
				lambda: client_save({**sent, "measures": [], "complete": 1}),
				lambda: client_save({**sent, "made_by": person("office"), "student": "x"}),
				lambda: client_save({**sent, "status": "Ended", "flags": {"stamped": True}}),
				lambda: client_save({**sent, "corrections": []}),
				lambda: bulk_update([{"doctype": PLAN, "docname": plan.name, "status": "Ended"}]),
				lambda: set_value("Intervention Measure", rows[0], "marked_by", person("office")),
				lambda: delete("Intervention Measure", rows[0]),
				lambda: delete(PLAN, plan.name),
				lambda: insert(
					{
						"doctype": "Intervention Measure",
						"parent": plan.name,
						"parenttype": PLAN,
						"parentfield": "measures",
						"measure_type": "M203",
						"kind": "Rescue",
						"marked_by": person("office"),
					}
				),
			)
			for attack in attacks:
				self.attempt(attack)
		after = stored(plan)
		self.assertEqual((after.level, after.pending_level, after.status), ("L3", None, "Running"))
		self.assertEqual((after.made_by, after.student), (person("psychologist"), plan.student))
		self.assertEqual([row.name for row in after.measures][: len(rows)], rows)
		self.assertFalse([row for row in after.measures if row.marked_by or row.kind == "Rescue"])
		self.assert_refused(lambda: frappe.delete_doc(PLAN, plan.name, force=True))

	def test_import_is_held_to_the_same(self):
		case = make_student_case(level="L4")
		other = make_student_case()
		values = {"student_case": case.name, "status": "Ended", "level": "L0", "complete": 1}
		with patch.dict(frappe.flags, {"in_import": True}):
			plan = make_intervention_plan(case, by=person("leader"), **values)
			self.assert_refused(
				lambda: make_intervention_plan(other, by=person("class_teacher")), frappe.PermissionError
			)
			self.assert_refused(lambda: make_intervention_plan(case, by=person("leader")))
			with self.as_user(person("leader")):
				doc = stored(plan)
				doc.set("measures", [])
				self.assert_refused(doc.save)
		self.assertEqual((plan.status, plan.level, plan.complete), ("Running", "L4", 0))
		self.assertEqual(len(stored(plan).measures), 3)
		self.assertFalse(frappe.get_meta(PLAN).allow_import)
		self.assertFalse([row.role for row in frappe.get_meta(PLAN).permissions if row.get("import")])

	def test_person_of_concern_is_shut_out_and_his_measures_move(self):
		case = make_student_case()
		plan = plan_all_measures(make_intervention_plan(case))
		with self.as_user(person("class_teacher")):
			mark_measure(plan.measures[0].name, "Done")
		name_of_concern(case, person("class_teacher"))
		after = stored(plan)
		self.assertEqual(after.measures[0].responsible, person("class_teacher"))
		self.assertEqual({row.responsible for row in after.measures[1:]}, {case.owner_user})
		with self.as_user(person("class_teacher")):
			self.assertEqual(my_measures(with_closed=1), [])
			self.assert_refused(lambda: mark_measure(plan.measures[0].name, "Done"), frappe.PermissionError)
		name_of_concern(frappe.get_doc("Student Case", case.name), person("psychologist"))
		after = stored(plan)
		self.assertNotIn(
			person("psychologist"), [after.responsible, *[r.responsible for r in after.measures[1:]]]
		)
		with self.as_user(person("psychologist")):
			self.assertFalse(frappe.has_permission(PLAN, "read", plan.name))
			self.assert_refused(lambda: stored(plan).end("x"), frappe.PermissionError)
		with self.as_user(person("leader")):
			doc = stored(plan)
			doc.measures[1].responsible = person("class_teacher")
			self.assert_refused(doc.save, frappe.ValidationError)

	def test_measures_of_who_leaves_the_school_move(self):
		plan = plan_all_measures(make_intervention_plan(), responsible=person("doctor"))
		user = frappe.get_doc("User", person("doctor"))
		user.enabled = 0
		user.save()
		self.assertEqual({row.responsible for row in stored(plan).measures}, {plan.responsible})

	def test_duty_is_met_when_nothing_required_is_open(self):
		case = make_student_case(level="L4")
		plan = make_intervention_plan(case)
		self.assertEqual(self.state_of("15-PLAN", case), ["Open"])
		with self.as_user(person("psychologist")):
			doc = stored(plan)
			for row in doc.measures[:2]:
				row.responsible, row.due_at = person("class_teacher"), in_an_hour()
			doc.save()
			self.assertEqual(self.state_of("15-PLAN", case), ["Open"])
			doc = stored(plan)
			doc.measures[2].update({"state": "Not Done", "reason": "学生已在医院接受辅导"})
			doc.save()
		self.assertEqual(self.state_of("15-PLAN", case), ["Done"])
		self.assertEqual(stored(plan).complete, 1)

	def test_a_raised_level_asks_for_the_plan_to_be_fitted(self):
		case = make_student_case(level="L4")
		plan = plan_all_measures(make_intervention_plan(case))
		self.raise_level(case, "L1")
		behind = stored(plan)
		self.assertEqual((behind.level, behind.pending_level, behind.complete), ("L4", "L1", 0))
		self.assertEqual(self.state_of("15-RAISED", case), ["Open"])
		with self.as_user(person("psychologist")):
			self.assert_refused(lambda: stored(plan).end("不需要了"))
			stored(plan).save()
			self.assertEqual(self.state_of("15-RAISED", case), ["Open"])
			self.assertGreater(stored(plan).fit_to_level(), 0)
		fitted = stored(plan)
		self.assertEqual((fitted.level, fitted.pending_level, fitted.complete), ("L1", None, 0))
		self.assertEqual(self.state_of("15-RAISED", case), ["Open"])
		self.assertEqual({row.kind for row in fitted.measures}, KINDS)
		plan_all_measures(plan)
		self.assertEqual(self.state_of("15-RAISED", case), ["Done"])
		duty = frappe.get_all("Duty", {"rule": "15-RAISED", "student_case": case.name}, ["evidence_name"])
		self.assertEqual(duty[0].evidence_name, plan.name)
		self.assertEqual(self.state_of("15-PLAN", case), ["Done"])

	def test_each_rise_asks_again_and_a_lower_level_does_not(self):
		case = make_student_case(level="L4")
		plan = plan_all_measures(make_intervention_plan(case))
		for level, number in (("L3", 1), ("L2", 2)):
			self.raise_level(case, level)
			with self.as_user(person("leader")):
				stored(plan).fit_to_level()
			plan_all_measures(plan)
			self.assertEqual(self.state_of("15-RAISED", case), ["Done"] * number)
		with self.as_user(person("leader")):
			frappe.get_doc("Student Case", case.name).change_level("L4", "平稳")
		with self.as_user(person("office")):
			doc = frappe.get_doc("Student Case", case.name)
			doc.second_level_change(doc.level_history[-1].name, 1, "同意")
		self.assertEqual((stored(plan).level, stored(plan).pending_level), ("L2", None))
		self.assertEqual(self.state_of("15-RAISED", case), ["Done"] * 2)

	def test_a_level_that_changes_without_a_plan_asks_for_one(self):
		case = make_student_case(level="L4")
		plan = plan_all_measures(make_intervention_plan(case))
		with self.as_user(person("leader")):
			stored(plan).end("改由医院制订")
		self.raise_level(case, "L2")
		self.assertEqual(self.state_of("15-PLAN", case), ["Done", "Open"])
		plan_all_measures(make_intervention_plan(case))
		self.assertEqual(self.state_of("15-PLAN", case), ["Done", "Done"])

	def test_case_offers_what_the_plan_lacks(self):
		case = make_student_case(level="L4")

		def steps(key):
			with self.as_user(person(key)):
				found = next_steps(frappe.get_doc("Student Case", case.name))
			return [step for step in found if "方案" in step["text"] or "plan" in step["text"]]

		self.assertEqual([(s["doctype"], s.get("name")) for s in steps("psychologist")][-1], (PLAN, None))
		plan = make_intervention_plan(case)
		self.assertEqual(steps("psychologist")[-1]["name"], plan.name)
		self.assertNotIn("name", steps("class_teacher")[-1])
		plan_all_measures(plan)
		self.assertNotIn(plan.name, [step.get("name") for step in steps("psychologist")])

	def test_a_measure_that_was_done_is_the_fifth_early(self):
		case = make_student_case(level="L4")
		plan = plan_all_measures(make_intervention_plan(case))
		self.assertFalse(frappe.db.get_value("Student Case", case.name, "intervened_at"))
		with self.as_user(person("class_teacher")):
			mark_measure(plan.measures[0].name, "Done")
		done_at = stored(plan).measures[0].done_at
		self.assertEqual(frappe.db.get_value("Student Case", case.name, "intervened_at"), done_at)

	def test_exit_of_the_case_ends_the_plan(self):
		case = make_student_case(level="L4")
		plan = plan_all_measures(make_intervention_plan(case))
		for key, action in (
			("office", "Confirm Entry"),
			("psychologist", "Propose Exit"),
			("leader", "Confirm Exit"),
		):
			self.assertEqual(stored(plan).status, "Running")
			with self.as_user(person(key)):
				doc = frappe.get_doc("Student Case", case.name)
				if action == "Propose Exit":
					doc.exit_reason = "连续观察平稳"
					doc.save()
				apply_workflow(doc, action)
		ended = stored(plan)
		self.assertEqual(ended.status, "Ended")
		self.assertTrue(ended.end_reason and ended.ended_at)

	def test_report_shows_my_measures_and_nothing_else(self):
		from frappe.desk.query_report import run

		plan = plan_all_measures(
			make_intervention_plan(make_student_case(level="L4")), responsible=person("doctor")
		)
		with self.as_user(person("doctor")):
			rows = run("My Measures")["result"]
			self.assertEqual({row["name"] for row in rows}, {row.name for row in plan.measures})
		with self.as_user(person("class_teacher")):
			self.assertFalse([row for row in run("My Measures")["result"] if row["plan"] == plan.name])
		for key in ("monitor", "administrator"):
			with self.as_user(person(key)):
				self.assert_refused(lambda: run("My Measures"), frappe.PermissionError)
