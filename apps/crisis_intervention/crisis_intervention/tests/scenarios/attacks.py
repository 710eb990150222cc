"""What attacks have in common: a client sends the whole document, and flags that are not its own."""

import json
from typing import Any
from unittest.mock import patch

import frappe
from frappe.handler import run_doc_method
from werkzeug.test import EnvironBuilder

from crisis_intervention.tests.factories import make_risk_assessment, person
from crisis_intervention.tests.scenarios.school import ScenarioTestCase

# What only the server sets while it works: a client that sends them must not be believed.
FLAGS = dict.fromkeys(
	(
		"checking",
		"end_written",
		"from_assessment",
		"from_engine",
		"from_handover",
		"from_ledger",
		"ignore_mandatory",
		"ignore_permissions",
		"ignore_validate",
		"ignore_validate_update_after_submit",
		"level_rows_written",
		"moving",
		"stamped",
	),
	True,
)


class AttackTestCase(ScenarioTestCase):
	"""Attacks an invariant by every way that a client has."""

	def sent(self, doctype: str, name: str, **values: Any) -> dict[str, Any]:
		"""Return what a client sends: the stored document with other values."""
		return json.loads(frappe.as_json({**frappe.get_doc(doctype, name).as_dict(), **values}))

	def call_method(self, method: str, sent: dict[str, Any], **arguments: Any) -> Any:
		"""Call a method of a document as a form does: with the document that it holds.

		:param sent: what the form sends as the document
		"""
		posted = EnvironBuilder(method="POST").get_request()
		with patch.object(frappe.local, "request", posted, create=True):
			return run_doc_method(method, docs=json.dumps(sent), args=json.dumps(arguments))


class AssessedAttackTestCase(AttackTestCase):
	"""Attacks on what an assessment decided."""

	def setUp(self) -> None:
		super().setUp()
		for key in ("office", "leader", "member", "class_teacher", "school_leader", "psychologist2"):
			person(key)
		with self.freeze_time(self.at("09:00")):
			self.assessment = make_risk_assessment(student=self.student.name, level="L2")
		self.case = self.assessment.student_case

	def of_case(self, *fields: str) -> Any:
		return frappe.db.get_value("Student Case", self.case, fields)
