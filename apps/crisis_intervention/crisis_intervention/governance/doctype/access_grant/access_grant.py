import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from crisis_intervention.access import roles
from crisis_intervention.case_registry.entry import open_case_of
from crisis_intervention.governance import grants
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.lasting import Lasting

MOVED_BY_METHODS = (
	"student_case",
	"decided_by",
	"decided_at",
	"decision_note",
	"revoked_by",
	"revoked_at",
	"reviewed_by",
	"reviewed_at",
	"review_result",
	"review_note",
)


class AccessGrant(Lasting, Document):
	"""Need to know: one student's case, or its card, opened to one person for some time."""

	def autoname(self):
		self.name = new_code("Access Grant", "AG", 6, getdate().year)

	def before_insert(self):
		self.start()

	def validate(self):
		if self.is_new():
			self.check_request()
		else:
			self.keep_as_decided()

	def onload(self):
		"""Tell the form what the reader may do."""
		user = frappe.session.user
		decides = user not in (self.user, "Administrator") and bool(grants.DECIDERS & roles.roles_of(user))
		active = self.state == grants.ACTIVE
		self.set_onload("may_decide", decides and self.state == grants.REQUESTED)
		self.set_onload("may_revoke", active and (decides or user == self.user))
		self.set_onload("may_review", decides and bool(self.break_glass) and not self.reviewed_at)

	def start(self):
		"""A request begins undecided; only an emergency access begins active."""
		emergency = bool(self.flags.break_glass)
		kept = self.student_case if emergency else None
		for fieldname in MOVED_BY_METHODS:
			self.set(fieldname, None)
		self.student_case = kept
		self.break_glass = int(emergency)
		self.state = grants.ACTIVE if emergency else grants.REQUESTED
		self.requested_by, self.requested_at = frappe.session.user, now_datetime()
		self.user = self.user or frappe.session.user
		if not emergency:
			self.valid_from = None

	def check_request(self):
		"""Who may ask, for whom, and only once."""
		if not self.student or not self.user:
			return
		grants.check_person(self.student, self.user)
		grants.check_person(self.student, self.requested_by)
		grants.check_scope(self.scope, self.user)
		if self.user != self.requested_by and not grants.ASK_FOR_OTHERS & roles.roles_of(self.requested_by):
			frappe.throw(_("You can ask for access for yourself only."), frappe.PermissionError)
		if self.stands_already():
			frappe.throw(_("This was asked for already."))

	def stands_already(self):
		"""Whether the same person has the same access, or has asked for it."""
		same = {"student": self.student, "user": self.user, "scope": self.scope}
		if frappe.db.exists("Access Grant", {**same, "state": grants.REQUESTED}) and not self.break_glass:
			return True
		active = {**same, "state": grants.ACTIVE, "valid_until": [">", now_datetime()]}
		return bool(frappe.db.exists("Access Grant", active))

	def keep_as_decided(self):
		"""A grant moves by its methods only, whatever a client sends."""
		if not self.flags.moving:
			frappe.throw(_("A grant is approved, refused, revoked or reviewed, not edited."))

	@frappe.whitelist(methods=["POST"])
	def approve(self, note: str = "", valid_until: str | None = None) -> str:
		"""Open what was asked for, for a time.

		:param valid_until: end of the access; as asked for, or as the settings say, when empty
		:returns: moment at which it ends
		:raises frappe.PermissionError: for anybody but the team leader and the school leader, and for oneself
		"""
		grant = self.to_decide()
		grants.check_person(grant.student, grant.user)
		grants.check_scope(grant.scope, grant.user)
		grant.student_case = open_case_of(grant.student)
		if not grant.student_case:
			frappe.throw(_("There is no open entry that could be opened to this person."))
		grant.valid_from = now_datetime().replace(microsecond=0)
		grant.valid_until = grants.end_of(valid_until or grant.valid_until, grant.valid_from)
		grant.decide(grants.ACTIVE, note)
		return str(grant.valid_until)

	@frappe.whitelist(methods=["POST"])
	def refuse(self, note: str) -> None:
		"""Refuse what was asked for, with a reason."""
		grant = self.to_decide()
		if not (note or "").strip():
			frappe.throw(_("Say why the access is refused."))
		grant.decide(grants.REFUSED, note)

	@frappe.whitelist(methods=["POST"])
	def revoke(self, note: str = "") -> None:
		"""End an access before its time; the person it was given to may give it back himself."""
		grant = self.stored()
		if grant.state != grants.ACTIVE:
			frappe.throw(_("This access is not active."))
		if frappe.session.user != grant.user:
			grants.check_decider(grant)
		grant.state = grants.REVOKED
		grant.revoked_by, grant.revoked_at = frappe.session.user, now_datetime()
		grant.decision_note = note or grant.decision_note
		grant.move()

	@frappe.whitelist(methods=["POST"])
	def review(self, result: str, note: str = "") -> None:
		"""Say afterwards whether an emergency access was needed.

		:param result: `Needed` or `Not Needed`
		"""
		grant = self.stored()
		grants.check_decider(grant)
		if not grant.break_glass or grant.reviewed_at:
			frappe.throw(_("There is nothing to review."))
		if result not in ("Needed", "Not Needed"):
			frappe.throw(_("Say whether the access was needed."))
		grant.review_result, grant.review_note = result, note
		grant.reviewed_by, grant.reviewed_at = frappe.session.user, now_datetime()
		grant.move()

	def to_decide(self):
		"""Return the stored request, after checking that the user may decide on it."""
		grant = self.stored()
		grants.check_decider(grant)
		if grant.state != grants.REQUESTED:
			frappe.throw(_("This request is decided already."))
		return grant

	def decide(self, state, note):
		self.state, self.decision_note = state, note
		self.decided_by, self.decided_at = frappe.session.user, now_datetime()
		self.move()

	def stored(self):
		"""Return the grant as it is stored, never as a client sent it, after a permission check."""
		grant = frappe.get_doc("Access Grant", self.name)
		grant.check_permission("read")
		return grant

	def move(self):
		"""Save a move that a method has checked; no role may write a grant directly."""
		self.flags.moving = True
		self.save(ignore_permissions=True)
