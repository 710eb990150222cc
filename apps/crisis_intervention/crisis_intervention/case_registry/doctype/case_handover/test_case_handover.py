import frappe

from crisis_intervention.tests.factories import make_student_case, name_of_concern, person
from crisis_intervention.tests.factories_registry import hand_over_case, make_case_handover
from crisis_intervention.tests.utils import CrisisTestCase


def owner_of(case):
	return frappe.db.get_value("Student Case", case.name, "owner_user")


def stored(handover):
	return frappe.get_doc("Case Handover", handover.name)


class TestCaseHandover(CrisisTestCase):
	def test_nothing_changes_until_the_next_person_accepts(self):
		case = make_student_case()
		handover = make_case_handover(case)
		self.assertEqual((handover.state, handover.from_user), ("Offered", person("psychologist")))
		self.assertEqual(owner_of(case), person("psychologist"))
		with self.as_user(person("psychologist2")):
			stored(handover).accept()
		self.assertEqual(owner_of(case), person("psychologist2"))

	def test_open_duties_move_with_the_case(self):
		case = make_student_case()
		filters = {"student_case": case.name, "responsible": person("psychologist"), "state": "Open"}
		before = frappe.get_all("Duty", filters, pluck="name")
		self.assertTrue(before)
		handover = hand_over_case(case, "Owner", person("psychologist2"))
		self.assertEqual(handover.duties_moved, len(before))
		self.assertFalse(frappe.get_all("Duty", filters))
		self.assertEqual(frappe.db.get_value("Duty", before[0], "responsible"), person("psychologist2"))
		lines = {"duty": before[0], "step": "Reassigned", "recipient": person("psychologist2")}
		self.assertTrue(frappe.db.exists("Duty Log", lines))

	def test_a_deputy_takes_no_duties(self):
		case = make_student_case()
		handover = hand_over_case(case, "Deputy", person("class_teacher"))
		self.assertEqual(handover.duties_moved, 0)
		self.assertEqual(
			frappe.db.get_value("Student Case", case.name, "deputy_user"), person("class_teacher")
		)

	def test_declined_with_a_reason_tells_the_leader(self):
		case = make_student_case()
		handover = make_case_handover(case)
		asked = {"rule": "07-HANDOVER", "reference_name": handover.name}
		self.assertEqual(
			frappe.get_all("Duty", asked, ["responsible", "state"]),
			[{"responsible": person("psychologist2"), "state": "Open"}],
		)
		with self.as_user(person("psychologist2")):
			self.assert_refused(lambda: stored(handover).decline(" "), frappe.ValidationError)
			stored(handover).decline("目前已有十二个个案")
		self.assertEqual(owner_of(case), person("psychologist"))
		self.assertEqual(frappe.get_all("Duty", asked, pluck="state"), ["Done"])
		leader = {"rule": "07-OWNER", "student_case": case.name}
		self.assertEqual(frappe.get_all("Duty", leader, pluck="state"), ["Open"])
		make_case_handover(case, by=person("leader"), to_user=person("member"))
		self.assertEqual(frappe.get_all("Duty", leader, pluck="state"), ["Done"])

	def test_only_the_person_named_answers(self):
		handover = make_case_handover()
		for key in ("leader", "psychologist", "member"):
			with self.subTest(key=key), self.as_user(person(key)):
				self.assert_refused(lambda: stored(handover).accept(), frappe.PermissionError)
				self.assert_refused(lambda: stored(handover).decline("不"), frappe.PermissionError)

	def test_is_answered_once(self):
		handover = make_case_handover()
		with self.as_user(person("psychologist2")):
			stored(handover).decline("课多")
			self.assert_refused(lambda: stored(handover).accept())

	def test_state_is_not_typed(self):
		handover = make_case_handover()
		doc = stored(handover)
		doc.state = "Accepted"
		self.assert_refused(lambda: doc.save(ignore_permissions=True), frappe.PermissionError)

	def test_one_proposal_waits_at_a_time_and_may_be_withdrawn(self):
		case = make_student_case()
		handover = make_case_handover(case)
		self.assert_refused(lambda: make_case_handover(case, to_user=person("member")))
		with self.as_user(person("psychologist")):
			self.assert_refused(lambda: stored(handover).withdraw(""), frappe.ValidationError)
			stored(handover).withdraw("不再需要")
		self.assertEqual(make_case_handover(case, to_user=person("member")).state, "Offered")

	def test_who_cannot_take_a_case(self):
		case = make_student_case()
		name_of_concern(case, person("psychologist2"))
		for key in ("psychologist2", "psychologist", "class_teacher", "subject_teacher", "administrator"):
			with self.subTest(key=key):
				self.assert_refused(
					lambda key=key: make_case_handover(case, by=person("leader"), to_user=person(key)),
					frappe.ValidationError,
				)

	def test_strangers_do_not_propose(self):
		case = make_student_case()
		for key in ("psychologist2", "member", "class_teacher"):
			with self.subTest(key=key):
				self.assert_refused(
					lambda key=key: make_case_handover(case, by=person(key)), frappe.PermissionError
				)

	def test_naming_the_next_person_withdraws_the_proposal(self):
		case = make_student_case()
		handover = make_case_handover(case)
		name_of_concern(case, person("psychologist2"))
		self.assertEqual(stored(handover).state, "Withdrawn")
		with self.as_user(person("psychologist2")):
			self.assert_refused(lambda: stored(handover).accept(), frappe.PermissionError)

	def test_need_to_know_before_and_after(self):
		case = make_student_case()

		def reads(key):
			return bool(frappe.has_permission("Student Case", "read", case.name, user=person(key)))

		self.assertFalse(reads("psychologist2"))
		handover = make_case_handover(case)
		self.assertTrue(
			frappe.has_permission("Case Handover", "read", handover.name, user=person("psychologist2"))
		)
		with self.as_user(person("psychologist2")):
			stored(handover).decline("课多")
		self.assertFalse(reads("psychologist2"))
		hand_over_case(case, "Owner", person("psychologist2"))
		self.assertTrue(reads("psychologist2"))
