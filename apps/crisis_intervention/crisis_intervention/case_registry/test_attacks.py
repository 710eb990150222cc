"""The rules of the registry attacked: REST, bulk edit, import, workflow action, customisation, code."""

from unittest.mock import patch

import frappe
from frappe.client import bulk_update, delete, insert, set_value
from frappe.client import save as client_save
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields
from frappe.custom.doctype.property_setter.property_setter import make_property_setter
from frappe.model.workflow import apply_workflow
from frappe.utils import now_datetime

from crisis_intervention.tests.factories import make_risk_level, make_student_case, person
from crisis_intervention.tests.factories_registry import (
	make_case_handover,
	make_guardian_contact,
	make_safety_plan,
	make_special_watch,
	make_student_with_family,
)
from crisis_intervention.tests.utils import CrisisTestCase


class TestAttacks(CrisisTestCase):
	def case_field(self, case, field):
		return frappe.db.get_value("Student Case", case.name, field)

	def test_level_is_set_on_no_way_but_its_own(self):
		case = make_student_case(level="L2")
		with self.as_user(person("leader")):
			doc = frappe.get_doc("Student Case", case.name).as_dict()
			for attack in (
				lambda: set_value("Student Case", case.name, "current_level", "L4"),
				lambda: set_value("Student Case", case.name, {"current_level": "L4", "urgency": "Yellow"}),
				lambda: client_save({**doc, "current_level": "L4"}),
				lambda: bulk_update(
					[{"doctype": "Student Case", "docname": case.name, "current_level": "L4"}]
				),
				lambda: insert(
					{
						"doctype": "Level Change",
						"parent": case.name,
						"parenttype": "Student Case",
						"parentfield": "level_history",
						"to_level": "L4",
						"state": "In Force",
					}
				),
			):
				self.attempt(attack)
				self.assertEqual(self.case_field(case, "current_level"), "L2")
				self.assertEqual(self.case_field(case, "urgency"), "Orange")

	def test_proposed_lowering_is_not_confirmed_through_the_row(self):
		case = make_student_case(level="L2")
		with self.as_user(person("psychologist")):
			frappe.get_doc("Student Case", case.name).change_level("L4", "两周稳定")
			row = frappe.get_doc("Student Case", case.name).level_history[-1].name
			self.attempt(lambda: set_value("Level Change", row, "state", "In Force"))
		self.assertEqual(self.case_field(case, "current_level"), "L2")

	def test_import_neither_opens_nor_moves_an_entry(self):
		case = make_student_case(level="L2")
		with patch.dict(frappe.flags, {"in_import": True}), self.as_user(person("office")):
			fresh = {"doctype": "Student Case", "student": case.student, "workflow_state": "In Registry"}
			self.assert_refused(lambda: frappe.get_doc(fresh).insert())
			doc = frappe.get_doc("Student Case", case.name)
			doc.workflow_state, doc.exit_reason = "Exited", "导入"
			self.assert_refused(doc.save)
			watch = {"doctype": "Special Watch", "status": "Ended", "student": case.student, "place": "x"}
			values = {**watch, "reason": "x", "observer": person("doctor")}
			self.assertEqual(frappe.get_doc(values).insert().status, "Running")

	def test_workflow_action_needs_its_person(self):
		case = make_student_case(level="L2")
		for key, action in (("psychologist", "Confirm Entry"), ("leader", "Confirm Exit")):
			with self.subTest(key=key), self.as_user(person(key)):
				doc = frappe.get_doc("Student Case", case.name)
				self.assert_refused(lambda doc=doc, action=action: apply_workflow(doc, action))

	def test_a_workflow_that_lets_everybody_pass_opens_no_way_out(self):
		case = make_student_case(level="L2")
		workflow = frappe.get_doc("Workflow", "Student Case")
		workflow.append(
			"transitions",
			{
				"state": "Entry Opened",
				"action": "Confirm Exit",
				"next_state": "Exited",
				"allowed": "Psychology Teacher",
				"allow_self_approval": 1,
			},
		)
		workflow.save()
		with self.as_user(person("psychologist")):
			doc = frappe.get_doc("Student Case", case.name)
			self.assert_refused(lambda: apply_workflow(doc, "Confirm Exit"))
		self.assertEqual(self.case_field(case, "workflow_state"), "Entry Opened")

	def test_customisation_does_not_soften_a_rule(self):
		self.keep_tables()
		case = make_student_case(level="L2")
		child = make_student_with_family()
		watch = make_special_watch(student=case.student)
		for doctype, field in (
			("Student Case", "owner_user"),
			("Student Case", "current_level"),
			("Special Watch", "status"),
			("Special Watch", "end_confirmed_by"),
			("Guardian Contact", "told"),
		):
			make_property_setter(doctype, field, "read_only", 0, "Check")
			make_property_setter(doctype, field, "reqd", 0, "Check")
		make_property_setter("Guardian Contact", "attempts", "reqd", 0, "Check")
		create_custom_fields(
			{"Special Watch": [{"fieldname": "custom_end", "fieldtype": "Check", "label": "End"}]},
			ignore_validate=True,
		)
		with self.as_user(person("leader")):
			for name, values in (
				("Student Case", {"owner_user": person("psychologist2")}),
				("Special Watch", {"status": "Ended", "custom_end": 1, "ended_at": now_datetime()}),
			):
				doc = frappe.get_doc(name, case.name if name == "Student Case" else watch.name)
				doc.update(values)
				self.assert_refused(doc.save, frappe.ValidationError)
		self.assert_refused(lambda: make_guardian_contact(child, attempts=[]), frappe.ValidationError)
		self.assert_refused(lambda: make_guardian_contact(child, told=None), frappe.ValidationError)

	def test_a_leaked_right_to_write_accepts_no_handover(self):
		handover = make_case_handover()
		frappe.permissions.add_permission("Case Handover", "Crisis Team Leader")
		frappe.permissions.update_permission_property("Case Handover", "Crisis Team Leader", 0, "write", 1)
		try:
			with self.as_user(person("leader")):
				self.assert_refused(
					lambda: set_value("Case Handover", handover.name, "state", "Accepted"),
					frappe.PermissionError,
				)
		finally:
			frappe.permissions.reset_perms("Case Handover")

	def test_nothing_is_deleted_by_client_or_code(self):
		case = make_student_case(level="L2")
		records = (
			("Student Case", case.name),
			("Safety Plan", make_safety_plan(case).name),
			("Special Watch", make_special_watch(student=case.student).name),
			("Guardian Contact", make_guardian_contact().name),
			("Case Handover", make_case_handover(case).name),
		)
		for doctype, name in records:
			with self.subTest(doctype=doctype):
				self.assert_refused(lambda d=doctype, n=name: frappe.delete_doc(d, n, force=True))
				with self.as_user(person("leader")):
					self.assert_refused(lambda d=doctype, n=name: delete(d, n))
				self.assertTrue(frappe.db.exists(doctype, name))

	def test_persons_of_concern_are_not_taken_out_by_the_client(self):
		case = make_student_case(level="L2")
		with self.as_user(person("leader")):
			doc = frappe.get_doc("Student Case", case.name)
			doc.append("persons_of_concern", {"user": person("doctor"), "reason": "涉嫌"})
			doc.save()
			values = frappe.get_doc("Student Case", case.name).as_dict()
			self.assert_refused(lambda: client_save({**values, "persons_of_concern": []}))
			row = values["persons_of_concern"][0]["name"]
			self.assert_refused(lambda: delete("Person Of Concern", row))
		self.assertTrue(frappe.db.exists("Person Of Concern", row))

	def test_a_new_level_is_no_back_door(self):
		case = make_student_case(level="L1")
		mild = make_risk_level(severity=99, branch="None", requires_registry=0, review_days=0)
		with self.as_user(person("psychologist")):
			state = frappe.get_doc("Student Case", case.name).change_level(mild.name, "改名")
		self.assertEqual((state, self.case_field(case, "current_level")), ("Proposed", "L1"))
