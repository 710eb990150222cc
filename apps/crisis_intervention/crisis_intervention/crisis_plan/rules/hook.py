"""The document hook of the plan engine; for a DocType without rules it costs one set lookup."""

from typing import Any

import frappe

from crisis_intervention.crisis_plan.rules.cache import rules
from crisis_intervention.crisis_plan.rules.conditions import holds_or_default
from crisis_intervention.crisis_plan.rules.match import matching

# While these run, documents are moved about by machinery. What they leave undone the reconciliation finds.
QUIET_FLAGS = ("in_install", "in_uninstall", "in_migrate", "in_patch", "in_import", "in_setup_wizard")

# Records of the host and of the engine itself never raise a duty, whatever a rule says.
NEVER = frozenset(
	(
		"Access Log",
		"Activity Log",
		"Comment",
		"Communication",
		"DefaultValue",
		"Deleted Document",
		"Dispatch Log",
		"DocType",
		"Duty",
		"Duty Log",
		"Email Queue",
		"Error Log",
		"Notification Log",
		"Scheduled Job Log",
		"Scheduled Job Type",
		"Seed Record",
		"Sessions",
		"Version",
	)
)


def on_document_event(doc: Any, method: str | None = None) -> None:
	"""Raise the duties that a document event calls, and close those that the document proves.

	Everything is written in the transaction of the document, nothing is sent.

	:param doc: the document
	:param method: Frappe's name of the event
	"""
	if doc.doctype in NEVER or any(frappe.flags.get(flag) for flag in QUIET_FLAGS):
		return
	if not _installed():
		return
	found = rules()
	# Evidence first: a document never closes the duty that it calls itself.
	if doc.doctype in found.evidence and _is_evidence_event(doc, method):
		from crisis_intervention.crisis_plan.duties.fulfilment import fulfil_by

		fulfil_by(doc, found.evidence[doc.doctype])
	if doc.doctype in found.standing and _is_evidence_event(doc, method):
		from crisis_intervention.crisis_plan.duties.standing import prove_by_standing

		prove_by_standing(doc, found.standing[doc.doctype])
	if doc.doctype in found.triggers:
		_raise(doc, method, found.triggers[doc.doctype])


def _is_evidence_event(doc: Any, method: str | None) -> bool:
	"""A submit runs `on_update` first; its evidence counts once, when everything of the submit is written."""
	if method == "on_update":
		return not doc.docstatus.is_submitted()
	return method in ("on_submit", "on_update_after_submit")


def _raise(doc: Any, method: str, candidates: tuple) -> None:
	from crisis_intervention.crisis_plan.duties.raising import raise_for_event

	called = matching(
		candidates,
		method,
		doc,
		doc.has_value_changed,
		lambda rule: holds_or_default(rule.condition, doc, True, rule.name),
	)
	for rule in called:
		raise_for_event(rule, doc)


def _installed() -> bool:
	"""The hook is loaded as soon as the app is on the bench; its tables may not be there yet."""
	return "crisis_intervention" in frappe.get_installed_apps()
