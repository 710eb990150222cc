import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from crisis_intervention.access.reading import ReadLogged
from crisis_intervention.early_warning.help_requests import check_reachable, limit_guests
from crisis_intervention.early_warning.observers import NEUTRAL_OWNER
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.lasting import Lasting

NEW, CONTACTED, CLOSED = "New", "Contacted", "Closed"
ORDER = {NEW: 0, CONTACTED: 1, CLOSED: 2}
NOT_REACHED = ("Could Not Be Reached", "Not a Request")
STAMPED = ("asked_at", "answered_at", "answered_by", "closed_at", "closed_by")
HANDLED = ("student", "contact_note", "outcome", "outcome_note", "warning_report", "risk_assessment")
# What the student wrote stays as it is.
WRITTEN = (
	"urgent",
	"how_soon",
	"reach_by",
	"reach_at",
	"their_name",
	"their_class",
	"preferred_time",
	"preferred_person",
	"about_feelings",
	"about_study",
	"about_family",
	"about_friends",
	"about_bullying",
	"about_sleep",
	"about_other_student",
	"about_something_else",
	"message",
)
LONGEST_MESSAGE = 2000


class HelpRequest(Lasting, ReadLogged, Document):
	"""A student asks the counselling room for help (art. 19)."""

	def autoname(self):
		self.name = new_code("Help Request", "HR", 6, getdate().year)

	def before_insert(self):
		limit_guests(self)
		self.start()

	def validate(self):
		if self.is_new():
			self.tidy()
			check_reachable(self)
		else:
			self.keep_words()
		self.keep_stamps()
		self.follow_status()
		self.check_links()
		self.neutralise()

	def start(self):
		"""A request begins new and unhandled, whatever was sent."""
		self.status = NEW
		for fieldname in HANDLED:
			self.set(fieldname, None)

	def tidy(self):
		for fieldname in ("reach_at", "their_name", "their_class", "message"):
			self.set(fieldname, (self.get(fieldname) or "").strip()[:LONGEST_MESSAGE])

	def keep_words(self):
		before = self.get_doc_before_save()
		if any((self.get(name) or "") != (before.get(name) or "") for name in WRITTEN):
			frappe.throw(_("What a student wrote stays as it is. Write your own note below."))

	def keep_stamps(self):
		before = self.get_doc_before_save()
		for fieldname in STAMPED:
			self.set(fieldname, before.get(fieldname) if before else None)
		if not before:
			self.asked_at = now_datetime().replace(microsecond=0)

	def follow_status(self):
		before = self.get_doc_before_save()
		former = before.status if before else NEW
		self.status = self.status or former
		if self.status == former:
			return
		if ORDER.get(self.status, -1) < ORDER[former]:
			frappe.throw(_("A request does not go back to an earlier status."))
		if self.status == CLOSED:
			self.check_outcome(former)
		self.stamp_move(former)

	def check_outcome(self, former):
		"""A request is closed with what came of it; that nobody was reached is an outcome with a reason."""
		if not self.outcome:
			frappe.throw(_("Say what came of the request."))
		if former == NEW and self.outcome not in NOT_REACHED:
			frappe.throw(_("Note first that you reached the student."))
		if self.outcome in NOT_REACHED and not (self.outcome_note or "").strip():
			frappe.throw(_("Write what you tried."))

	def stamp_move(self, former):
		now, user = now_datetime().replace(microsecond=0), frappe.session.user
		if self.status == CONTACTED:
			self.answered_at, self.answered_by = now, user
		else:
			self.closed_at, self.closed_by = now, user

	def check_links(self):
		"""A report or assessment that came of it is about the same student."""
		for fieldname in ("warning_report", "risk_assessment"):
			if not self.get(fieldname):
				continue
			doctype = self.meta.get_field(fieldname).options
			if frappe.db.get_value(doctype, self.get(fieldname), "student") != self.student:
				frappe.throw(_("{0} is about another student.").format(_(doctype)))

	def neutralise(self):
		"""Who is signed in is not written down: the student may stay without a name."""
		if self.is_new():
			self.owner = self.modified_by = NEUTRAL_OWNER

	@frappe.whitelist(methods=["POST"])
	def mark_contacted(self, contact_note: str | None = None) -> str:
		"""Note that the student was reached.

		:param contact_note: how
		:returns: the status
		"""
		self.status = CONTACTED
		if contact_note:
			self.contact_note = contact_note
		self.save()
		return self.status

	@frappe.whitelist(methods=["POST"])
	def close_request(self, outcome: str, outcome_note: str | None = None) -> str:
		"""Close the request with what came of it.

		:param outcome: an option of the field
		:param outcome_note: needed when nobody was reached
		:returns: the status
		"""
		self.outcome, self.status = outcome, CLOSED
		if outcome_note:
			self.outcome_note = outcome_note
		self.save()
		return self.status
