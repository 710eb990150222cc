import frappe
from frappe.utils import add_to_date, now_datetime

from crisis_intervention.crisis_plan.doctype.duty.test_duty import DutyTestCase
from crisis_intervention.crisis_plan.duties.recurrence import raise_recurring
from crisis_intervention.intervention.guardians import contacts_of
from crisis_intervention.tests.factories import (
	make_student_case,
	make_warning_report,
	name_of_concern,
	person,
)
from crisis_intervention.tests.factories_registry import make_guardian_contact, make_student_with_family

NOT_REACHED = {"outcome": "Not Reached", "told": None, "attempts": [{"channel": "Phone", "reached": 0}]}


def stored(contact):
	return frappe.get_doc("Guardian Contact", contact.name)


class TestGuardianContact(DutyTestCase):
	def setUp(self):
		super().setUp()
		self.child = make_student_with_family()

	def states(self, rule):
		return frappe.get_all("Duty", {"rule": rule, "student": self.child.name}, pluck="state")

	def test_keeps_person_outcome_and_both_times(self):
		contact = make_guardian_contact(self.child)
		self.assertRegex(contact.name, r"^GC-\d{4}-[2-9A-Z]{6}$")
		self.assertEqual((contact.person_name, contact.relation), ("林母", "Mother"))
		self.assertEqual(contact.contacted_by, person("class_teacher"))
		self.assertEqual(contact.reached_at, contact.first_attempt_at)
		self.assertGreater(contact.entered_at, contact.first_attempt_at)

	def test_a_red_report_asks_for_a_contact_and_an_attempt_begins_it(self):
		make_warning_report(student=self.child.name, immediate_danger=1)
		self.assertEqual(self.states("04-GUARDIAN"), ["Open"])
		make_guardian_contact(self.child, **NOT_REACHED)
		self.assertEqual(self.states("04-GUARDIAN"), ["Done"])

	def test_a_yellow_report_asks_for_a_contact(self):
		make_warning_report(student=self.child.name, signals=("S303",))
		self.assertEqual(self.states("04-GUARDIAN-Y"), ["Open"])
		make_guardian_contact(self.child)
		self.assertEqual(self.states("04-GUARDIAN-Y"), ["Done"])

	def test_regular_news_need_somebody_who_was_reached(self):
		make_student_case(student=self.child.name, level="L3")
		raise_recurring()
		self.assertEqual(self.states("18-HOME"), ["Open"])
		contact = make_guardian_contact(self.child, **NOT_REACHED)
		self.assertEqual(self.states("18-HOME"), ["Open"])
		with self.as_user(person("class_teacher")):
			doc = stored(contact)
			doc.append("attempts", {"channel": "In Person", "reached": 1})
			doc.outcome, doc.told = "Reached", "说明在校情况"
			doc.save()
		self.assertEqual(self.states("18-HOME"), ["Done"])

	def test_who_must_not_be_contacted_is_not(self):
		self.assert_refused(lambda: make_guardian_contact(self.child, contact=1), frappe.ValidationError)

	def test_a_person_of_concern_is_not_contacted(self):
		case = make_student_case(student=self.child.name)
		with self.as_user(person("leader")):
			doc = frappe.get_doc("Student Case", case.name)
			doc.append(
				"persons_of_concern", {"person_name": "林 母", "relation": "Parent", "reason": "涉嫌伤害"}
			)
			doc.save()
		self.assert_refused(lambda: make_guardian_contact(self.child), frappe.ValidationError)

	def test_a_stranger_is_no_contact_person(self):
		other = make_student_with_family()
		self.assert_refused(
			lambda: make_guardian_contact(self.child, contact_person=other.contact_persons[0].name),
			frappe.ValidationError,
		)

	def test_when_a_guardian_is_suspected_the_authority_is_told_instead(self):
		report = make_warning_report(student=self.child.name, suspected_harm=1, guardian_suspected=1)
		self.assertFalse(self.states("04-GUARDIAN"))
		with self.assertRaises(frappe.ValidationError) as refused:
			make_guardian_contact(self.child)
		self.assertRegex(str(refused.exception), "authority|公安")
		frappe.clear_messages()
		self.correct(report, guardian_suspected=0)
		self.assertTrue(make_guardian_contact(self.child).name)

	def test_a_case_follows_the_suspicion_and_asks_for_no_news(self):
		case = make_student_case(student=self.child.name, level="L3")
		report = make_warning_report(student=self.child.name, suspected_harm=1, guardian_suspected=1)
		flag = lambda: frappe.db.get_value("Student Case", case.name, "guardian_suspected")  # noqa: E731
		self.assertEqual(flag(), 1)
		raise_recurring()
		self.assertFalse(self.states("18-HOME"))
		self.correct(report, guardian_suspected=0)
		self.assertEqual(flag(), 0)

	def test_a_case_whose_suspicion_is_cleared_asks_for_the_family_again(self):
		case = make_student_case(student=self.child.name, level="L3")
		raise_recurring()
		self.assertEqual(self.states("18-HOME"), ["Open"])
		report = make_warning_report(student=self.child.name, suspected_harm=1, guardian_suspected=1)
		self.assertEqual(self.states("18-HOME"), ["Waived"])
		with self.as_user(person("psychologist")):
			frappe.get_doc("Student Case", case.name).change_level("L2", "病情加重，需 24 小时监护")
		self.assertEqual(self.states("18-FAMILY"), [])
		self.correct(report, guardian_suspected=0)
		self.assertEqual(self.states("18-FAMILY"), ["Open"])
		self.assertEqual(self.states("18-HOME"), ["Waived"])

	def test_news_of_the_period_is_asked_for_again_once(self):
		make_student_case(student=self.child.name, level="L3")
		raise_recurring()
		report = make_warning_report(student=self.child.name, suspected_harm=1, guardian_suspected=1)
		self.correct(report, guardian_suspected=0)
		raise_recurring()
		self.assertEqual(sorted(self.states("18-HOME")), ["Open", "Waived"])

	def correct(self, report, **values):
		with self.as_user(person("leader")):
			doc = frappe.get_doc("Warning Report", report.name)
			doc.update({**values, "correction_reason": "查明无关"})
			doc.save()

	def test_refusal_is_an_outcome_with_an_answer(self):
		self.assert_refused(lambda: make_guardian_contact(self.child, outcome="Refused"))
		contact = make_guardian_contact(self.child, outcome="Refused", refusal="不来校；已报组长，继续监护。")
		self.assertEqual(contact.outcome, "Refused")

	def test_outcome_is_what_the_attempts_say(self):
		self.assert_refused(lambda: make_guardian_contact(self.child, attempts=[]))
		self.assert_refused(lambda: make_guardian_contact(self.child, outcome="Not Reached"))
		self.assert_refused(lambda: make_guardian_contact(self.child, attempts=[{"reached": 0}]))
		self.assert_refused(lambda: make_guardian_contact(self.child, told=" "))

	def test_attempts_are_only_added(self):
		contact = make_guardian_contact(self.child)
		with self.as_user(person("class_teacher")):
			doc = stored(contact)
			doc.attempts[0].attempted_at = add_to_date(now_datetime(), days=-1)
			doc.save()
			doc.set("attempts", [])
			self.assert_refused(doc.save, frappe.ValidationError)
		self.assertEqual(stored(contact).first_attempt_at, contact.first_attempt_at)

	def test_what_was_said_is_corrected_with_reason(self):
		contact = make_guardian_contact(self.child)
		with self.as_user(person("class_teacher")):
			doc = stored(contact)
			doc.told = "别的"
			self.assert_refused(doc.save, frappe.ValidationError)
			doc = stored(contact)
			doc.told, doc.correction_reason = "别的", "记错"
			doc.save()
		self.assertEqual(stored(contact).corrections[-1].fieldname, "told")

	def test_stamps_the_fifth_early_once(self):
		case = make_student_case(student=self.child.name)
		contact = make_guardian_contact(self.child)
		later = make_guardian_contact(self.child)
		self.assertLess(contact.first_attempt_at, now_datetime())
		self.assertLessEqual(
			frappe.db.get_value("Student Case", case.name, "intervened_at"),
			min(contact.first_attempt_at, later.first_attempt_at),
		)

	def test_form_offers_persons_with_the_reason_why_not(self):
		with self.as_user(person("class_teacher")):
			offered = contacts_of(self.child.name)
		self.assertEqual([row["person_name"] for row in offered], ["林母", "林父"])
		self.assertEqual([bool(row["refusal"]) for row in offered], [False, True])
		with self.as_user(person("subject_teacher")):
			self.assert_refused(lambda: contacts_of(self.child.name), frappe.PermissionError)

	def test_person_of_concern_contacts_nobody(self):
		case = make_student_case(student=self.child.name)
		name_of_concern(case, person("class_teacher"))
		self.assert_refused(lambda: make_guardian_contact(self.child), frappe.PermissionError)
		with self.as_user(person("class_teacher")):
			self.assert_refused(lambda: contacts_of(self.child.name), frappe.PermissionError)

	def test_other_classes_do_not_read_it(self):
		contact = make_guardian_contact(self.child)
		for key, allowed in (("class_teacher", True), ("class_teacher2", False), ("psychologist2", False)):
			with self.subTest(key=key):
				found = frappe.has_permission("Guardian Contact", "read", contact.name, user=person(key))
				self.assertEqual(bool(found), allowed)
