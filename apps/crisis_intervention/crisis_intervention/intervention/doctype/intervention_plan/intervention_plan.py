import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from crisis_intervention.access.reading import ReadLogged
from crisis_intervention.case_registry.earlies import note_intervention
from crisis_intervention.case_registry.under_case import follow_case, keep
from crisis_intervention.intervention import measures
from crisis_intervention.intervention.plans import ENDED, RUNNING, running_plan_of
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.corrections import changed_fields, record_corrections
from crisis_intervention.records.lasting import Lasting

# What the server writes: who, when, for which level; a client does not.
FIXED = ("student_case", "student", "school_class", "made_by", "entered_at")
STAMPS = (
	"status",
	"level",
	"phase",
	"pending_level",
	"fitted_at",
	"end_reason",
	"ended_by",
	"ended_at",
)


class InterventionPlan(Lasting, ReadLogged, Document):
	"""The measures for an open case, by severity."""

	def autoname(self):
		self.name = new_code("Intervention Plan", "IP", 6, getdate().year)

	def before_insert(self):
		case = follow_case(self)
		self.check_only_one()
		self.start(case)

	def validate(self):
		self.keep_stamps()
		self.check_ended()
		self.check_responsible()
		measures.settle(self)
		self.note_changes()
		self.set_complete()

	def after_insert(self):
		self.check_writer()
		frappe.db.set_value("Student Case", self.student_case, "intervention_plan", self.name)

	def on_update(self):
		self.tell_case()

	def onload(self):
		super().onload()
		self.set_onload("still_to_plan", measures.still_to_plan(self))

	def check_only_one(self):
		"""One plan at a time, so that everybody works by the same one."""
		running = running_plan_of(self.student_case)
		if running:
			frappe.throw(_("A plan for this case is running already: {0}").format(running))

	def start(self, case):
		for fieldname in STAMPS:
			self.set(fieldname, None)
		self.status, self.made_by = RUNNING, frappe.session.user
		self.entered_at = now_datetime()
		if not self.responsible:
			able = measures.can_take(case.owner_user, case.student)
			self.responsible = case.owner_user if able else frappe.session.user
		self.set("corrections", [])
		self.fit_to(case)

	def fit_to(self, case):
		"""Take level and phase over from the case and add the measures that the level requires."""
		self.level, self.phase, self.pending_level = case.current_level, case.phase, None
		self.fitted_at = now_datetime()
		measures.add_required(self)
		if not self.measures:
			measures.add_of_phase(self)

	def check_writer(self):
		"""Creating is checked when the row is there: rights on a plan hang on its case."""
		if not self.flags.ignore_permissions and not self.has_permission("write"):
			frappe.throw(
				_("The team leader, a team member or the psychology teacher of the case makes the plan."),
				frappe.PermissionError,
			)

	def keep_stamps(self):
		keep(self, FIXED if self.flags.stamped else (*FIXED, *STAMPS))

	def check_ended(self):
		before = self.get_doc_before_save()
		if before and before.status == ENDED and len(self.measures) > len(before.measures):
			frappe.throw(_("This plan has ended. Begin a new one."))

	def check_responsible(self):
		if self.is_new() or self.has_value_changed("responsible"):
			measures.check_person(self.responsible, self.student)

	def note_changes(self):
		"""Every change stays readable; what was closed is corrected with a reason only."""
		before = self.get_doc_before_save()
		ended = bool(before) and before.status == ENDED
		record_corrections(
			self,
			("responsible", "level", "phase"),
			reason_needed=measures.rewrites(self) or (ended and self.is_changed()),
			lines={"measures": measures.RECORDED},
		)

	def is_changed(self):
		"""Whether this save changes anything that was recorded."""
		lines = measures.changed_lines(self, "measures", measures.RECORDED)
		return bool(lines or changed_fields(self, ("responsible",)))

	def set_complete(self):
		planned = any(measures.is_planned(row) for row in self.measures)
		self.complete = int(planned and not self.pending_level and not measures.still_to_plan(self))
		level = self.pending_level or self.level
		self.urgency = frappe.db.get_value("Risk Level", level, "urgency") if level else None

	def tell_case(self):
		"""A measure that was done is evidence of the fifth early (art. 10)."""
		done = [row.done_at for row in self.measures if row.state == measures.DONE]
		if done:
			note_intervention(self.student_case, min(done))
		if self.status == ENDED:
			filters = {"name": self.student_case, "intervention_plan": self.name}
			frappe.db.set_value("Student Case", filters, "intervention_plan", None)

	def stamp_end(self, reason):
		self.status, self.end_reason = ENDED, reason
		self.ended_by, self.ended_at = frappe.session.user, now_datetime()

	@frappe.whitelist(methods=["POST"])
	def fit_to_level(self) -> int:
		"""Fit the plan to the level and phase of its case now; what the level requires is added.

		:returns: number of required measures that still need a person and a time
		"""
		plan = self.stored()
		plan.fit_to(frappe.get_doc("Student Case", plan.student_case))
		plan.flags.stamped = True
		plan.save()
		return len(measures.still_to_plan(plan))

	@frappe.whitelist(methods=["POST"])
	def add_measures_of_phase(self) -> int:
		"""Add the measures of the plan's phase that do not stand in it yet.

		:returns: number of rows afterwards
		"""
		plan = self.stored()
		measures.add_of_phase(plan)
		plan.save()
		return len(plan.measures)

	@frappe.whitelist(methods=["POST"])
	def end(self, reason: str) -> None:
		"""End the plan with a written reason.

		:raises frappe.ValidationError: without a reason, or while the level of the case is above the plan's
		"""
		plan = self.stored()
		if not (reason or "").strip():
			frappe.throw(_("The end of a plan needs a written reason."))
		if plan.pending_level:
			frappe.throw(_("The level has risen. Fit the plan to it before it ends."))
		plan.stamp_end(reason.strip())
		plan.flags.stamped = True
		plan.save()

	def stored(self):
		"""Return the running plan as it is stored, never as a client sent it, after a permission check."""
		plan = frappe.get_doc("Intervention Plan", self.name)
		plan.check_permission("write")
		if plan.status == ENDED:
			frappe.throw(_("This plan has ended. Begin a new one."))
		return plan
