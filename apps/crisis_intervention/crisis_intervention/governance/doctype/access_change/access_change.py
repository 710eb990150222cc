import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from crisis_intervention.governance import access_changes
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.lasting import Lasting


class AccessChange(Lasting, Document):
	"""A change of the set-up that opens content of cases to somebody, and what the team leader says to it."""

	def autoname(self):
		self.name = new_code("Access Change", "AC", 6, getdate().year)

	def before_insert(self):
		self.start()

	def validate(self):
		if not self.is_new() and not self.flags.moving:
			frappe.throw(_("A request is approved or refused, not edited."))

	def onload(self):
		"""Tell the form what the reader may do."""
		waits = self.state == access_changes.REQUESTED
		self.set_onload("may_decide", waits and access_changes.may_decide(self, frappe.session.user))

	def start(self):
		"""A request begins undecided; what a guard of the app writes brings its own content."""
		if not self.flags.from_guard:
			self.payload = self.change_hash = None
			access_changes.check_asked(self)
		self.state = self.flags.from_guard or access_changes.REQUESTED
		self.requested_by, self.requested_at = frappe.session.user, now_datetime()
		self.decided_by = self.decided_at = self.note = None
		self.summary = access_changes.summary_of(self)[:140]

	@frappe.whitelist(methods=["POST"])
	def approve(self, note: str = "") -> None:
		"""Approve the change and carry it out, exactly as it was asked for.

		:raises frappe.PermissionError: for who asked, who would gain, and everybody but the leaders
		"""
		change = self.to_decide()
		change.decide(access_changes.APPROVED, note)
		access_changes.apply(change)

	@frappe.whitelist(methods=["POST"])
	def refuse(self, note: str) -> None:
		"""Refuse the change with a reason; the record stays switched off."""
		change = self.to_decide()
		if not (note or "").strip():
			frappe.throw(_("Say why the change is refused."))
		change.decide(access_changes.REFUSED, note)

	def to_decide(self):
		"""Return the stored request, after checking that the user may decide on it."""
		change = frappe.get_doc("Access Change", self.name)
		change.check_permission("read")
		if not access_changes.may_decide(change, frappe.session.user):
			frappe.throw(
				_("The team leader or the school leader decides, not who asked or gains."),
				frappe.PermissionError,
			)
		if change.state != access_changes.REQUESTED:
			frappe.throw(_("This request is decided already."))
		return change

	def decide(self, state, note):
		self.state, self.note = state, note
		self.decided_by, self.decided_at = frappe.session.user, now_datetime()
		self.flags.moving = True
		# A request moves by its methods only; no role may write it.
		self.save(ignore_permissions=True)
