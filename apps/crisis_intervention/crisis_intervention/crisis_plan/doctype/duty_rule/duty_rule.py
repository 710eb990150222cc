import frappe
from frappe import _
from frappe.model.document import Document

from crisis_intervention.crisis_plan.people.context import built
from crisis_intervention.crisis_plan.rules import cache
from crisis_intervention.crisis_plan.rules.conditions import check_syntax
from crisis_intervention.crisis_plan.rules.rule import URGENT

NUMBER_OF_ARTICLES = 27
PER_DOCTYPE = {
	"Class": "School Class",
	"Case": "Student Case",
	"Campaign": "Screening Campaign",
	"Person": "User",
}


class DutyRule(Document):
	"""One row of the plan as data."""

	def validate(self) -> None:
		"""Check that an enabled rule can really run."""
		self.check_article()
		self.check_conditions()
		if self.flags.from_seed:
			self.disable_if_not_built()
		if self.enabled:
			self.disabled_reason = None
			self.check_trigger()
			self.check_responsible()
			self.check_evidence()
			self.check_ladder()

	def on_update(self) -> None:
		"""Let the rule take effect at once, in every process."""
		cache.clear()

	def on_trash(self) -> None:
		"""Keep a rule that duties cite; it can be disabled."""
		if frappe.db.exists("Duty", {"rule": self.name}):
			frappe.throw(_("Duties cite this rule. Disable it instead of deleting it."))
		cache.clear()

	def check_article(self) -> None:
		"""Every rule cites an article of the plan."""
		if self.article is not None and not 1 <= int(self.article) <= NUMBER_OF_ARTICLES:
			frappe.throw(_("The plan has articles 1 to {0}.").format(NUMBER_OF_ARTICLES))

	def check_conditions(self) -> None:
		"""Refuse a condition that is no expression."""
		for field in ("condition", "fulfil_condition", "standing_condition", "joins_while"):
			try:
				check_syntax(self.get(field) or "")
			except SyntaxError as error:
				frappe.throw(_("{0}: {1}").format(_(self.meta.get_label(field)), error.msg))

	def check_trigger(self) -> None:
		"""An enabled rule listens to a DocType and fields that exist."""
		missing = self.missing_doctypes()
		if missing:
			frappe.throw(_("{0} does not exist on this site. Disable the rule.").format(missing[0]))
		if self.trigger_event in ("Field Value", "Workflow State"):
			field = self.trigger_field or "workflow_state"
			if not frappe.get_meta(self.document_type).has_field(field):
				frappe.throw(_("{0} has no field {1}.").format(_(self.document_type), field))

	def check_responsible(self) -> None:
		"""A function that a school adds must be known to the ledger, or no duty could be written."""
		known = frappe.get_meta("Duty").get_field("responsible_function").options or ""
		if self.responsible and self.responsible not in known.split("\n"):
			frappe.throw(
				_("The ledger does not know the function {0}. Add it to the field {1} of {2}.").format(
					_(self.responsible), _("Function"), _("Duty")
				)
			)

	def check_evidence(self) -> None:
		"""A duty is fulfilled by a document or an acknowledgement, never by a tick."""
		if self.fulfil_match != "Acknowledgement" and not self.fulfil_doctype:
			frappe.throw(_("Say which document proves that the duty is fulfilled."))
		if self.fulfil_match == "Link" and not self.fulfil_field:
			frappe.throw(_("Say which link field of the evidence names the document of the duty."))

	def check_ladder(self) -> None:
		"""An urgent rule brings no ladder and takes that of the settings, or one that goes on as well."""
		if self.tier == URGENT and self.steps and not any(row.repeat_minutes for row in self.steps):
			frappe.throw(_("The ladder of urgent duties must repeat until somebody acknowledges."))

	def missing_doctypes(self) -> list[str]:
		"""List the DocTypes that the rule needs and this site does not have."""
		return [doctype for doctype in self.needed_doctypes() if not built(doctype)]

	def needed_doctypes(self) -> list[str]:
		"""List the DocTypes that the rule needs."""
		needed = [self.document_type] if self.trigger_type == "Event" else []
		if self.trigger_type == "Recurrence":
			needed.append(PER_DOCTYPE.get(self.recurrence_per) or self.document_type)
		if self.fulfil_match != "Acknowledgement":
			needed.append(self.fulfil_doctype)
		return [doctype for doctype in needed if doctype]

	def disable_if_not_built(self) -> None:
		"""Ship a rule for a room that is not built yet as disabled, and say why."""
		missing = self.missing_doctypes()
		if self.enabled and missing:
			self.enabled = 0
			self.disabled_reason = why_disabled(missing[0], school_language())
			self.flags.seed_incomplete = True


def why_disabled(doctype: str, language: str | None = None) -> str:
	"""Say that a rule waits for a DocType.

	:param doctype: the missing DocType
	:param language: the reader's by default
	"""
	words = _("{0} does not exist on this site yet. The rule is enabled once it does.", lang=language)
	return words.format(_(doctype, lang=language))


def school_language() -> str:
	"""Return the language in which the school keeps its rules."""
	return frappe.db.get_single_value("Crisis Settings", "language") or "zh"
