"""The JUnit report says of each test how it ended."""

import io
import unittest
from xml.etree import ElementTree as etree

from frappe.tests.junit import JUnitResult


def endings() -> unittest.TestSuite:
	"""Tests of every ending; made in a function so that pytest does not run them itself."""

	class Endings(unittest.TestCase):
		def test_passes(self):
			self.assertTrue(True)

		def test_fails(self):
			self.fail("wrong answer")

		def test_breaks(self):
			raise ZeroDivisionError("no answer")

		@unittest.skip("not here")
		def test_skips(self):
			self.fail("never run")

		def test_one_part_fails(self):
			for part in range(2):
				with self.subTest(part=part):
					self.assertEqual(part, 0)

	return unittest.TestLoader().loadTestsFromTestCase(Endings)


def broken_class() -> unittest.TestSuite:
	"""A test whose class cannot be set up."""

	class Broken(unittest.TestCase):
		@classmethod
		def setUpClass(cls):
			raise ZeroDivisionError("no class")

		def test_never_runs(self):
			self.fail("never run")

	return unittest.TestLoader().loadTestsFromTestCase(Broken)


def report(suite, tmp_path):
	result = unittest.TextTestRunner(stream=io.StringIO(), resultclass=JUnitResult).run(suite)
	result.write(str(tmp_path / "report.xml"))
	return etree.parse(tmp_path / "report.xml").getroot()


def test_every_ending_is_told(tmp_path):
	root = report(endings(), tmp_path)
	told = {row.get("name"): [(part.tag, part.get("message")) for part in row] for row in root}
	assert told == {
		"test_passes": [],
		"test_fails": [("failure", "AssertionError: wrong answer")],
		"test_breaks": [("error", "ZeroDivisionError: no answer")],
		"test_skips": [("skipped", "not here")],
		"test_one_part_fails": [("failure", "AssertionError: 1 != 0")],
	}
	assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("5", "2", "1")


def test_a_class_that_cannot_be_set_up_has_a_row(tmp_path):
	(row,) = report(broken_class(), tmp_path)
	assert [(part.tag, part.get("message")) for part in row] == [("error", "ZeroDivisionError: no class")]
