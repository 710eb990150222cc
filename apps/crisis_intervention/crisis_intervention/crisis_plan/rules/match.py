"""Which rules a document event calls: decisions over plain values, the condition evaluated last."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from crisis_intervention.crisis_plan.rules.rule import Rule

# What a document event of Frappe means for a rule. A new document has changed in every field.
EVENTS_OF_HOOK = {
	"after_insert": frozenset(("Insert",)),
	"on_update": frozenset(("Update", "Field Value", "Workflow State")),
	"on_update_after_submit": frozenset(("Update", "Field Value", "Workflow State")),
	"on_submit": frozenset(("Submit",)),
	"on_cancel": frozenset(("Cancel",)),
}
# These may come true more than once for one document; the others happen once.
REPEATABLE = frozenset(("Update", "Field Value", "Workflow State"))
ANY_VALUE = "*"


def matching(
	rules: Iterable[Rule],
	hook: str,
	doc: Any,
	has_changed: Callable[[str], bool],
	holds: Callable[[Rule], bool],
) -> list[Rule]:
	"""List the rules that a document event calls.

	:param hook: Frappe's name of the event, a key of `EVENTS_OF_HOOK`
	:param doc: document or mapping with `.get`
	:param has_changed: says whether a field changed with this save
	:param holds: evaluates the condition of a rule
	"""
	events = EVENTS_OF_HOOK.get(hook, frozenset())
	# Many rules watch few fields: each field is read and compared once for all of them.
	value_of, has_changed = cache(doc.get), cache(has_changed)
	return [
		rule
		for rule in rules
		if rule.trigger_event in events and value_matches(rule, value_of, has_changed) and holds(rule)
	]


def value_matches(rule: Rule, value_of: Callable[[str], Any], has_changed: Callable[[str], bool]) -> bool:
	"""Say whether field and value of a rule are reached by this save.

	:param value_of: returns the value of a field
	:param has_changed: says whether a field changed with this save
	"""
	if rule.trigger_event not in ("Field Value", "Workflow State"):
		return True
	field = watched_field(rule)
	return equals(value_of(field), rule.trigger_value) and has_changed(field)


def stands(rule: Rule, doc: Any) -> bool:
	"""Say whether a stored document is in the state that its event would have left behind.

	The nightly reconciliation uses it for what raised no event.
	"""
	docstatus = int(doc.get("docstatus") or 0)
	if rule.trigger_event == "Submit":
		return docstatus == 1
	if rule.trigger_event == "Cancel":
		return docstatus == 2
	if rule.trigger_event in ("Field Value", "Workflow State"):
		return equals(doc.get(watched_field(rule)), rule.trigger_value)
	return rule.trigger_event == "Insert"


def watched_field(rule: Rule) -> str:
	"""Return the field that a rule watches."""
	return rule.trigger_field or "workflow_state"


def equals(value: Any, wanted: str) -> bool:
	"""Compare a stored value with the text of a rule; `*` is any value, Check fields are 0 and 1."""
	if wanted == ANY_VALUE:
		return bool(value)
	if isinstance(value, bool):
		value = int(value)
	return str(value if value is not None else "") == wanted
