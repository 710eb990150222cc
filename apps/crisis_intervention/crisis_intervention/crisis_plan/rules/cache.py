"""The map from DocType to rules: built once, cached, dropped when a rule or the settings change."""

from dataclasses import dataclass, field
from typing import Any

import frappe

from crisis_intervention.crisis_plan.duties.ladder import Step
from crisis_intervention.crisis_plan.rules.rule import (
	ACKNOWLEDGEMENT,
	EVENT,
	RECURRENCE,
	URGENT,
	Rule,
	repeats,
	rule_from,
	steps_from,
)

CACHE_KEY = "crisis_intervention_rules"
# The settings' ladder has the same shape as a rule's own.
LADDER_FIELD = "urgent_ladder"


@dataclass(frozen=True)
class RuleMap:
	"""Enabled rules by what they listen to."""

	triggers: dict[str, tuple[Rule, ...]] = field(default_factory=dict)
	evidence: dict[str, tuple[Rule, ...]] = field(default_factory=dict)
	standing: dict[str, tuple[Rule, ...]] = field(default_factory=dict)
	recurring: tuple[Rule, ...] = ()
	by_name: dict[str, Rule] = field(default_factory=dict)

	@property
	def doctypes(self) -> frozenset[str]:
		"""DocTypes that any rule listens to."""
		return frozenset(self.triggers) | frozenset(self.evidence) | frozenset(self.standing)


def rules() -> RuleMap:
	"""Return the rules in force, from the request, the cache or the database."""
	held = getattr(frappe.local, CACHE_KEY, None)
	if held is None:
		held = frappe.cache.get_value(CACHE_KEY, load)
		setattr(frappe.local, CACHE_KEY, held)
	return held


def clear() -> None:
	"""Drop the cached rules now, and again after the commit: others may have read the old ones meanwhile."""
	_drop()
	frappe.db.after_commit.add(_drop)


def rule_of(name: str) -> Rule | None:
	"""Return a rule by its code, also one that is disabled today: open duties keep their ladder."""
	found = rules().by_name.get(name)
	if found or not name or not frappe.db.exists("Duty Rule", name):
		return found
	return rule_from(frappe.get_doc("Duty Rule", name), default_steps())


def ladder_of(duty: Any) -> tuple[Step, ...]:
	"""Return the ladder that a duty climbs: its rule's; an urgent one never falls silent with its rule.

	:param duty: Duty document
	"""
	rule = rule_of(duty.rule)
	steps = rule.steps if rule else ()
	return default_steps() if duty.tier == URGENT and not repeats(steps) else steps


def load() -> RuleMap:
	"""Read all enabled rules from the database."""
	steps = default_steps()
	names = frappe.get_all(
		"Duty Rule", filters={"enabled": 1}, pluck="name", order_by="article asc, name asc"
	)
	found = [rule_from(frappe.get_doc("Duty Rule", name), steps) for name in names]
	events = [rule for rule in found if rule.trigger_type == EVENT]
	return RuleMap(
		triggers=_by(events, "document_type"),
		evidence=_by([rule for rule in found if rule.fulfil_match != ACKNOWLEDGEMENT], "fulfil_doctype"),
		standing=_by(found, "standing_doctype"),
		recurring=tuple(rule for rule in found if rule.trigger_type == RECURRENCE),
		by_name={rule.name: rule for rule in found},
	)


def default_steps() -> tuple[Step, ...]:
	"""Return the ladder of the settings, for urgent rules without steps."""
	return steps_from(frappe.get_cached_doc("Crisis Settings").get(LADDER_FIELD) or [])


def _by(found: list[Rule], attribute: str) -> dict[str, tuple[Rule, ...]]:
	groups: dict[str, list[Rule]] = {}
	for rule in found:
		key = getattr(rule, attribute)
		if key:
			groups.setdefault(key, []).append(rule)
	return {key: tuple(group) for key, group in groups.items()}


def _drop() -> None:
	frappe.cache.delete_value(CACHE_KEY)
	frappe.clear_cache(doctype="Duty Rule")
	if hasattr(frappe.local, CACHE_KEY):
		delattr(frappe.local, CACHE_KEY)
