import unittest

from crisis_intervention.crisis_plan.dispatch.neutral import faults, fill


class TestNeutralTexts(unittest.TestCase):
	def test_lets_codes_through(self):
		self.assertEqual(faults("【{kind}】{code} 截止 {deadline}\n{link}"), [])
		self.assertEqual(faults("{count} duties are due\n{items}"), [])

	def test_refuses_every_other_placeholder(self):
		for text in ("{student}", "{doc.student_name}", "{code.__class__}", "{code!r}", "{0}", "{}", "{code"):
			with self.subTest(text=text):
				self.assertTrue(faults(text))

	def test_refuses_markup_and_attachments(self):
		for text in ("{{ doc.name }}", "{% if x %}", "<img src=x>", "see attachment"):
			with self.subTest(text=text):
				self.assertTrue(faults(text))

	def test_refuses_words_that_give_the_matter_away(self):
		for text in ("红色预警", "suicidal student", "level Red", "自杀风险", "高危学生"):
			with self.subTest(text=text):
				self.assertTrue(faults(text))

	def test_common_words_are_not_mistaken(self):
		self.assertEqual(faults("A duty was entered and is required to be covered"), [])

	def test_fill_knows_no_other_value(self):
		self.assertEqual(fill("{code} {kind}", {"code": "D-1", "student": "X"}), "D-1 ")
