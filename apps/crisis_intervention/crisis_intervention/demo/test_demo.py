import unittest

from crisis_intervention.demo import accounts, names, roster


class TestDemo(unittest.TestCase):
	def test_every_role_has_an_account_at_an_example_address(self):
		from crisis_intervention.access.roles import ALL_ROLES

		covered = {role for account in accounts.ACCOUNTS for role in account.roles}
		self.assertEqual(covered, set(ALL_ROLES))
		self.assertTrue(all(account.email.endswith("@example.com") for account in accounts.ACCOUNTS))

	def test_names_are_the_same_on_every_run(self):
		first = [names.full_name(names.generator("x")) for _run in range(2)]
		self.assertEqual(first[0], first[1])

	def test_codes_differ(self):
		found = names.codes(names.generator("x"), "ST", 7, 500)
		self.assertEqual(len(set(found)), 500)

	def test_school_has_thirty_classes_and_1200_students(self):
		number = len(roster.GRADES) * roster.CLASSES_PER_GRADE
		self.assertEqual((number, number * roster.STUDENTS_PER_CLASS), (accounts.CLASSES, 1200))
