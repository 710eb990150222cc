"""What attacks have in common: a client sends the whole document, and flags that are not its own."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from unittest.mock import patch

import frappe
from frappe.handler import run_doc_method
from werkzeug.test import EnvironBuilder

from crisis_intervention.tests.scenarios.school import ScenarioTestCase

# What only the server sets while it works: a client that sends them must not be believed.
FLAGS = dict.fromkeys(
	(
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

	def attempt(self, action: Callable[[], Any]) -> None:
		"""Run an attack that may also be passed over in silence: the caller looks at what is there.

		:param action: callable without arguments
		"""
		frappe.db.savepoint("attack")
		with suppress(frappe.ValidationError, frappe.PermissionError):
			action()
			frappe.clear_messages()
			return
		frappe.db.rollback(save_point="attack")
		frappe.clear_messages()
