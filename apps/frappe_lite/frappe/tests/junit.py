"""Results of a test run as the JUnit XML that build servers read."""

from __future__ import annotations

import time
import unittest
from typing import Any
from xml.etree import ElementTree as etree

Outcome = tuple[str, str]


class JUnitResult(unittest.TextTestResult):
	"""Prints as unittest does and remembers what `write` needs."""

	def __init__(self, *args: Any, **kwargs: Any) -> None:
		super().__init__(*args, **kwargs)
		self._began = time.monotonic()
		self._rows: list[tuple[unittest.TestCase, float, list[Outcome]]] = []
		self._outcomes: list[Outcome] = []

	def startTest(self, test: unittest.TestCase) -> None:
		"""Note when the test began."""
		self._began, self._outcomes = time.monotonic(), []
		super().startTest(test)

	def stopTest(self, test: unittest.TestCase) -> None:
		"""Note how long the test took and how it ended."""
		super().stopTest(test)
		self._rows.append((test, time.monotonic() - self._began, self._outcomes))

	def addError(self, test: unittest.TestCase, err: Any) -> None:
		"""Note an error; one of a class's set-up belongs to no test and gets a row of its own."""
		super().addError(test, err)
		self._note(test, "error", self.errors[-1][1])

	def addFailure(self, test: unittest.TestCase, err: Any) -> None:
		"""Note a failure."""
		super().addFailure(test, err)
		self._note(test, "failure", self.failures[-1][1])

	def addSubTest(self, test: unittest.TestCase, subtest: unittest.TestCase, err: Any) -> None:
		"""Note the failure of a subtest with its test."""
		super().addSubTest(test, subtest, err)
		if err is not None:
			self._note(test, "failure", f"{subtest}\n{err[0].__name__}: {err[1]}")

	def addSkip(self, test: unittest.TestCase, reason: str) -> None:
		"""Note a skipped test."""
		super().addSkip(test, reason)
		self._note(test, "skipped", reason)

	def _note(self, test: unittest.TestCase, kind: str, text: str) -> None:
		if isinstance(test, unittest.TestCase):
			self._outcomes.append((kind, text))
		else:
			self._rows.append((test, 0.0, [(kind, text)]))

	def write(self, path: str) -> None:
		"""Write the report.

		:param path: file to write, replaced when it exists.
		"""
		counts = {"tests": self.testsRun, "failures": len(self.failures), "errors": len(self.errors)}
		suite = etree.Element("testsuite", name="frappe", **{k: str(v) for k, v in counts.items()})
		for test, seconds, outcomes in self._rows:
			suite.append(_row(test, seconds, outcomes))
		etree.ElementTree(suite).write(path, encoding="utf-8", xml_declaration=True)


def _row(test: unittest.TestCase, seconds: float, outcomes: list[Outcome]) -> etree.Element:
	kind = type(test)
	names = {"classname": f"{kind.__module__}.{kind.__qualname__}", "name": test.id().rsplit(".", 1)[-1]}
	row = etree.Element("testcase", **names, time=f"{seconds:.3f}")
	for tag, text in outcomes:
		etree.SubElement(row, tag, message=text.strip().rsplit("\n", 1)[-1]).text = text
	return row
