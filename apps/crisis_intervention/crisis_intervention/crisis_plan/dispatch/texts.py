"""The words of a message: the school's template in the recipient's language, filled with codes only."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import get_url_to_form, get_url_to_list

from crisis_intervention.crisis_plan.dispatch.neutral import fill

# What a mail says about the kind. Coarse on purpose: the kind must not reveal the branch of art. 18.
NEUTRAL_KINDS = {"Report": "Report", "Train": "Training"}


def texts_for(occasion: str, recipient: str, values: dict[str, str]) -> tuple[str, str]:
	"""Return subject and body of a message.

	:param occasion: occasion of the template
	:param recipient: user whose language decides
	:param values: placeholders of `neutral.ALLOWED`
	"""
	language = language_of(recipient)
	template = template_of(occasion)
	if not template:
		return fill("{kind} {code}", values), fill("{code} {deadline} {link}", values)
	return (
		fill(template.get(f"subject_{language}"), values),
		fill(template.get(f"body_{language}"), values),
	)


def template_of(occasion: str) -> Any:
	"""Return the enabled template of an occasion, the school's own first, or None."""
	return frappe.db.get_value(
		"Crisis Mail Template",
		{"occasion": occasion, "enabled": 1},
		["name", "subject_zh", "body_zh", "subject_en", "body_en"],
		as_dict=True,
		order_by="source desc, name asc",
	)


def values_for(duty: Any, recipient: str, link: str = "") -> dict[str, str]:
	"""Return the placeholders of one duty: code, neutral kind, deadline, link.

	:param duty: Duty document or row
	:param link: acknowledge link; the form of the duty when empty
	"""
	return {
		"code": duty.name,
		"kind": neutral_kind(duty.kind, duty.tier, language_of(recipient)),
		"deadline": f"{duty.due_at:%Y-%m-%d %H:%M}" if duty.due_at else "",
		"link": link or get_url_to_form("Duty", duty.name),
		"count": "1",
	}


def neutral_kind(kind: str, tier: str, language: str) -> str:
	"""Return the coarse kind of a duty in a language."""
	if kind in NEUTRAL_KINDS:
		return _(NEUTRAL_KINDS[kind], lang=language)
	if tier == "Urgent":
		return _("Urgent duty", lang=language)
	return _("Duty", lang=language)


def language_of(recipient: str) -> str:
	"""Return `zh` or `en` for a user: his own language, else that of the settings."""
	own = frappe.db.get_value("User", recipient, "language") or ""
	chosen = own or frappe.db.get_single_value("Crisis Settings", "language") or "zh"
	return "en" if chosen.startswith("en") else "zh"


def desk_url() -> str:
	"""Return the address of the list of duties."""
	return get_url_to_list("Duty")
