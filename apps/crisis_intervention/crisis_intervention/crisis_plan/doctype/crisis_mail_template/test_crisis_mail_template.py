import frappe

from crisis_intervention.tests.factories import make_student_profile, person
from crisis_intervention.tests.utils import CrisisTestCase


class TestCrisisMailTemplate(CrisisTestCase):
	def change(self, **fields):
		template = frappe.get_doc("Crisis Mail Template", "RAISED")
		template.update(fields)
		template.save()

	def test_administrator_edits_the_words(self):
		with self.as_user(person("administrator")):
			self.change(subject_zh="【一中】{kind} {code}")
		self.assertEqual(
			frappe.db.get_value("Crisis Mail Template", "RAISED", "subject_zh"), "【一中】{kind} {code}"
		)

	def test_names_levels_and_fields_are_refused(self):
		for text in ("{student}", "{{ doc.student_name }}", "{code.owner}", "红色预警 {code}", "自杀 {code}"):
			for field in ("subject_zh", "body_en"):
				with self.subTest(text=text, field=field):
					self.assert_refused(lambda text=text, field=field: self.change(**{field: text}))

	def test_names_on_the_roster_and_the_schools_own_words_for_levels_are_refused(self):
		make_student_profile(student_name="欧阳小雨")
		level = frappe.get_doc("Risk Level", "L1")
		level.update({"label": "赤级", "label_en": "Crimson"})
		level.save()
		for text in ("请看望欧阳小雨 {code}", "赤级 {code}", "CRIMSON {code}"):
			with self.subTest(text=text), self.as_user(person("administrator")):
				self.assert_refused(lambda text=text: self.change(body_zh=text))
		with self.as_user(person("administrator")):
			self.change(body_zh="请看望同学 {code}")

	def test_others_may_not_edit(self):
		with self.as_user(person("psychologist")):
			self.assert_refused(lambda: self.change(subject_zh="{code}"))
