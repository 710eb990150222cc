import frappe
from frappe.utils import add_days, nowdate

from crisis_intervention.governance.card_words import unfit_words, words_of_levels
from crisis_intervention.tests.factories import make_student_case, name_of_concern, person
from crisis_intervention.tests.factories_governance import (
	approved,
	make_access_grant,
	make_need_to_know_card,
)
from crisis_intervention.tests.utils import CrisisTestCase


class TestNeedToKnowCard(CrisisTestCase):
	def reads(self, key, card):
		with self.as_user(person(key)):
			listed = card.name in frappe.get_list("Need To Know Card", pluck="name", limit_page_length=0)
			self.assertEqual(listed, bool(frappe.has_permission("Need To Know Card", "read", card.name)))
		return listed

	def readers_of(self, card):
		keys = (
			"subject_teacher",
			"academic",
			"monitor",
			"doctor",
			"class_teacher",
			"class_teacher2",
			"leader",
		)
		return {key for key in keys if self.reads(key, card)}

	def test_is_read_by_the_persons_named_and_those_of_the_case(self):
		card = make_need_to_know_card(readers=(person("subject_teacher"),))
		self.assertEqual(self.readers_of(card), {"subject_teacher", "class_teacher", "leader"})
		card = make_need_to_know_card(audience="Class Monitor", readers=(person("monitor"),))
		self.assertEqual(self.readers_of(card), {"monitor", "class_teacher", "leader"})

	def test_office_reads_cards_meant_for_it(self):
		card = make_need_to_know_card(audience="Academic Affairs")
		self.assertEqual(self.readers_of(card), {"academic", "class_teacher", "leader"})

	def test_card_opens_the_card_and_not_the_case(self):
		case = make_student_case()
		card = make_need_to_know_card(case, readers=(person("subject_teacher"),))
		with self.as_user(person("subject_teacher")):
			self.assertFalse(frappe.has_permission("Student Case", "read", case.name))
			doc = frappe.get_doc("Need To Know Card", card.name)
			doc.apply_fieldlevel_read_permissions()
			self.assertTrue(doc.what_to_do)
			self.assertFalse(doc.get("student_case"))
			self.assertFalse(doc.has_permission("write"))

	def test_grant_of_the_card_opens_it(self):
		case = make_student_case()
		card = make_need_to_know_card(case)
		self.assertFalse(self.reads("subject_teacher", card))
		approved(make_access_grant(case, by=person("subject_teacher"), scope="Card"))
		self.assertTrue(self.reads("subject_teacher", card))

	def test_readers_lose_it_with_its_date_its_use_and_the_entry(self):
		for doctype, values in (
			("Need To Know Card", {"valid_until": add_days(nowdate(), -1)}),
			("Need To Know Card", {"in_use": 0}),
			("Student Case", {"workflow_state": "Exited"}),
		):
			with self.subTest(**values):
				card = make_need_to_know_card(readers=(person("subject_teacher"),))
				name = card.name if doctype == "Need To Know Card" else card.student_case
				frappe.db.set_value(doctype, name, values)
				self.assertFalse(self.reads("subject_teacher", card))
				self.assertTrue(self.reads("leader", card))

	def test_level_and_diagnosis_are_refused_with_the_word(self):
		for text in (
			"该生为一级响应（紧急）",
			"按二级响应处理",
			"L2 学生",
			"This is a Level 1 student",
			"医院诊断为抑郁",
			"曾有自伤行为",
			"He is suicidal",
		):
			for fieldname in ("what_to_do", "what_to_avoid", "whom_to_call"):
				with self.subTest(text=text, fieldname=fieldname):
					values = {fieldname: text}
					self.assert_refused(lambda values=values: make_need_to_know_card(**values))
		card = make_need_to_know_card()
		with self.as_user(person("psychologist")):
			doc = frappe.get_doc("Need To Know Card", card.name)
			doc.what_to_do = "三级响应（较重）"
			with self.assertRaisesRegex(frappe.ValidationError, "三级响应"):
				doc.save()

	def test_words_are_those_of_the_levels_of_this_school(self):
		self.assertLessEqual({"L1", "一级响应（紧急）", "一级响应", "Level 1"}, set(words_of_levels()))
		self.assertEqual(unfit_words("体育课可以慢跑；XL1 号器材；级部主任电话"), [])
		self.assertEqual(unfit_words(None), [])

	def test_person_of_concern_neither_gets_nor_keeps_a_card(self):
		case = make_student_case()
		card = make_need_to_know_card(case, readers=(person("subject_teacher"),))
		name_of_concern(case, person("subject_teacher"))
		self.assertFalse(self.reads("subject_teacher", card))
		self.assert_refused(
			lambda: make_need_to_know_card(case, audience="PE Teacher", readers=(person("subject_teacher"),))
		)

	def test_is_written_by_who_carries_the_case(self):
		case = make_student_case()
		for key in ("psychologist2", "class_teacher", "subject_teacher", "office", "administrator"):
			with self.subTest(key=key):
				self.assert_refused(lambda key=key: make_need_to_know_card(case, by=person(key)))
		self.assertEqual(make_need_to_know_card(case, by=person("leader")).written_by, person("leader"))

	def test_one_card_in_use_for_each_kind_of_reader(self):
		card = make_need_to_know_card()
		case = frappe.get_doc("Student Case", card.student_case)
		self.assert_refused(lambda: make_need_to_know_card(case))
		self.assertTrue(make_need_to_know_card(case, audience="PE Teacher").name)

	def test_changes_are_kept_and_nothing_is_deleted(self):
		card = make_need_to_know_card()
		with self.as_user(person("psychologist")):
			doc = frappe.get_doc("Need To Know Card", card.name)
			doc.what_to_avoid, doc.audience = "不要单独留堂。", "PE Teacher"
			doc.save()
		stored = frappe.get_doc("Need To Know Card", card.name)
		self.assertEqual(stored.audience, "Subject Teachers")
		self.assertEqual([row.old_value for row in stored.corrections], ["不要当众批评。"])
		self.assert_refused(lambda: frappe.delete_doc("Need To Know Card", card.name, force=True))
