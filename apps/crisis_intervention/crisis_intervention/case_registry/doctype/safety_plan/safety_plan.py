import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime, nowdate

from crisis_intervention.access.reading import ReadLogged
from crisis_intervention.case_registry.earlies import note_intervention
from crisis_intervention.case_registry.under_case import follow_case, keep
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.corrections import changed_fields, record_corrections
from crisis_intervention.records.lasting import Lasting
from crisis_intervention.records.lines import added_lines
from crisis_intervention.records.times import moment, refuse_future

CURRENT, REPLACED = "Current", "Replaced"
HELP_LINE = "12356"
SECTIONS = (
	"warning_signs",
	"own_coping",
	"people_and_places",
	"people_to_ask",
	"professionals",
	"safer_surroundings",
)
STAMPS = (
	"student_case",
	"student",
	"school_class",
	"status",
	"version",
	"replaces",
	"replaced_at",
	"made_by",
	"entered_at",
)


class SafetyPlan(Lasting, ReadLogged, Document):
	"""The six sections of a safety plan; each new version takes the place of the one before."""

	def autoname(self):
		self.name = new_code("Safety Plan", "SP", 6, getdate().year)

	def before_insert(self):
		follow_case(self)
		self.start()

	def validate(self):
		self.keep_as_stored()
		self.check_times()
		self.add_help_line()
		self.check_people_to_ask()
		self.add_reviews()
		record_corrections(self, (*SECTIONS, "made_with", "made_at"))

	def after_insert(self):
		self.replace_former()
		note_intervention(self.student_case, self.made_at)

	def start(self):
		former = current_plan_of(self.student_case)
		self.status, self.replaces, self.replaced_at = CURRENT, former or None, None
		self.version = 1 + (frappe.db.get_value("Safety Plan", former, "version") or 0 if former else 0)
		self.made_by, self.entered_at, self.given_at = frappe.session.user, now_datetime(), None
		self.set("reviews", [])
		self.set("corrections", [])

	def keep_as_stored(self):
		"""A version that was replaced stays as it was; nobody brings it back by hand."""
		keep(self, STAMPS)
		if not self.is_new() and self.status == REPLACED and changed_fields(self, (*SECTIONS, "made_with")):
			frappe.throw(_("This version was replaced. Change the current one."))

	def check_times(self):
		self.made_at = moment(self.made_at)
		refuse_future(self.made_at, _("Made at"))
		if self.given_at:
			self.given_at = moment(self.given_at)
			refuse_future(self.given_at, _("Copy given to the student at"))
		if self.review_on and self.is_new() and getdate(self.review_on) < getdate(nowdate()):
			frappe.throw(_("The day of the next look lies in the past."))

	def add_help_line(self):
		"""The national line stands on every plan, whoever wrote it."""
		text = (self.professionals or "").strip()
		if HELP_LINE not in text:
			self.professionals = "\n".join(part for part in (text, help_lines()) if part)

	def check_people_to_ask(self):
		"""Nobody who must not hear of the matter stands among those whom the student shall ask."""
		from crisis_intervention.intervention.guardians import names_of_concern

		text = "".join((self.people_to_ask or "").split()).lower()
		if any(name in text for name in names_of_concern(self.student)):
			frappe.throw(
				_("Somebody among the people to ask must not hear of the matter. Name another person.")
			)

	def add_reviews(self):
		for row in added_lines(self, "reviews"):
			row.reviewed_at, row.reviewed_by = now_datetime(), frappe.session.user

	def replace_former(self):
		if self.replaces:
			frappe.db.set_value(
				"Safety Plan", self.replaces, {"status": REPLACED, "replaced_at": now_datetime()}
			)

	@frappe.whitelist(methods=["POST"])
	def record_review(self, still_fits: int, note: str | None = None, review_on: str | None = None) -> None:
		"""Write down that the plan was looked at together, and when next.

		:param still_fits: 1 when nothing needs to change
		:param review_on: day of the next look
		"""
		plan = frappe.get_doc("Safety Plan", self.name)
		plan.check_permission("write")
		if plan.status != CURRENT:
			frappe.throw(_("This version was replaced. Change the current one."))
		plan.append("reviews", {"still_fits": int(still_fits), "note": note})
		plan.review_on = review_on or None
		plan.save()

	@frappe.whitelist(methods=["POST"])
	def give_copy(self) -> str:
		"""Write down that the student has a copy.

		:returns: since when
		"""
		plan = frappe.get_doc("Safety Plan", self.name)
		plan.check_permission("write")
		plan.given_at = plan.given_at or now_datetime()
		plan.save()
		return str(plan.given_at)


def current_plan_of(student_case: str | None) -> str:
	"""Return the code of the current safety plan of a case, or an empty text."""
	if not student_case:
		return ""
	filters = {"student_case": student_case, "status": CURRENT}
	return frappe.db.get_value("Safety Plan", filters, "name", order_by="version desc") or ""


@frappe.whitelist()
def help_lines() -> str:
	"""Return the lines with which the fifth section begins."""
	return _("National psychological help line 12356, at any hour. In danger: 120 or 110.")
