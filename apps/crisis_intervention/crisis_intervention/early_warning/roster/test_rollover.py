import unittest

from crisis_intervention.early_warning.roster.rollover import Step, next_step


class TestNextStep(unittest.TestCase):
	def test_proposals(self):
		table = (
			("七年级", "七年级（1）班", Step("八年级", "八年级（1）班")),
			("高一", "高一（12）班", Step("高二", "高二（12）班")),
			("初二", "初二3班", Step("初三", "初三3班")),
			("高一", "实验班", Step("高二", "实验班")),
			("九年级", "九年级（1）班", Step("", "", True)),
			("高三", "高三（1）班", Step("", "", True)),
			("预科", "预科班", Step("", "", True)),
		)
		for grade, title, expected in table:
			with self.subTest(grade=grade, title=title):
				self.assertEqual(next_step(grade, title), expected)

	def test_a_grade_may_go_on_in_the_same_school(self):
		self.assertEqual(
			next_step("六年级", "六年级（2）班", frozenset(("六年级",))), Step("七年级", "七年级（2）班")
		)
