"""Safe conditions of rules: sandboxed expressions over the document and, for evidence, the duty."""

from typing import Any

import frappe
from frappe.model.document import Document

TRIGGER, EVIDENCE = "trigger", "evidence"


def holds(expression: str, doc: Any, duty: Any = None) -> bool:
	"""Evaluate a condition in Frappe's sandbox; an empty one always holds.

	:param expression: Python expression over `doc` and `duty`; `linked("link.field")` reads a linked record
	:raises Exception: whatever the expression raises; the caller decides on the safe side
	"""
	if not expression or not expression.strip():
		return True
	names = {
		"doc": _values(doc),
		"duty": _values(duty) if duty else frappe._dict(),
		"linked": lambda path: linked_value(doc, path),
	}
	return bool(frappe.safe_eval(expression.strip(), None, names))


def holds_or_default(expression: str, doc: Any, default: bool, rule: str, duty: Any = None) -> bool:
	"""Evaluate a condition; when it breaks, log the rule's code and take the default.

	A broken trigger raises the duty, broken evidence does not close it: errors favour the student.
	"""
	try:
		return holds(expression, doc, duty)
	except Exception as error:
		frappe.log_error(
			title=f"Duty Rule {rule}: condition failed",
			message=f"{type(error).__name__} in the condition of rule {rule}",
		)
		return default


def linked_value(doc: Any, path: str) -> Any:
	"""Return a field of a record that a document links to, or None.

	:param path: link field and field of the linked record, as `current_level.branch`
	"""
	link, _, field = path.partition(".")
	linked = frappe.get_meta(doc.doctype).get_field(link)
	if not linked or linked.fieldtype != "Link" or not field or not doc.get(link):
		return None
	return frappe.db.get_value(linked.options, doc.get(link), field)


def check_syntax(expression: str) -> None:
	"""Refuse what is not an expression.

	:raises SyntaxError: when it does not compile
	"""
	if expression and expression.strip():
		compile(expression.strip(), "<condition>", "eval")


def _values(doc: Any) -> Any:
	return doc.as_dict() if isinstance(doc, Document) else frappe._dict(doc)
