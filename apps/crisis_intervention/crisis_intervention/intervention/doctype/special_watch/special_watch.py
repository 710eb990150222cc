import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate, now_datetime

from crisis_intervention.access import roles
from crisis_intervention.access.reading import ReadLogged
from crisis_intervention.case_registry.concerns import is_of_concern
from crisis_intervention.case_registry.earlies import note_intervention
from crisis_intervention.case_registry.entry import open_case_of
from crisis_intervention.intervention import watches
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.corrections import changed_fields, record_corrections
from crisis_intervention.records.lasting import Lasting
from crisis_intervention.records.times import moment, refuse_future

# What was recorded at the beginning; the observer and the place change as the watch goes on.
RECORDED = ("reason", "started_at", "warning_report")
MOVING = ("observer", "place")
STAMPS = ("student_case", "started_by", "entered_at", "observer_since", *watches.END_FIELDS)


class SpecialWatch(Lasting, ReadLogged, Document):
	"""The 24-hour watch over a student."""

	def autoname(self):
		self.name = new_code("Special Watch", "SW", 6, getdate().year)

	def before_insert(self):
		self.check_starter()
		self.check_only_one()
		self.start()

	def validate(self):
		self.keep_student()
		self.keep_stamps()
		self.check_status()
		self.check_times()
		self.check_observer()
		self.check_report()
		self.note_changes()

	def after_insert(self):
		self.tell_case()

	def on_update(self):
		self.release_case()

	def check_starter(self):
		if is_of_concern(frappe.session.user, self.student):
			frappe.throw(_("You cannot start a watch over this student."), frappe.PermissionError)

	def check_only_one(self):
		"""One watch at a time, so that it is always clear who is with the student."""
		running = watches.running_watch_of(self.student)
		if running:
			frappe.throw(_("A watch over this student is running already: {0}").format(running))

	def start(self):
		self.status = watches.RUNNING
		for fieldname in STAMPS:
			self.set(fieldname, None)
		self.started_by, self.entered_at = frappe.session.user, now_datetime()
		self.student_case = open_case_of(self.student) or None
		self.set("corrections", [])

	def keep_stamps(self):
		"""What the server stamps is not typed; the end is written by its two methods only."""
		before = self.get_doc_before_save()
		if not before:
			return
		for fieldname in STAMPS:
			if not (fieldname in watches.END_FIELDS and self.flags.end_written):
				self.set(fieldname, before.get(fieldname))

	def check_status(self):
		before = self.get_doc_before_save()
		former = before.status if before else watches.RUNNING
		if self.status == former:
			return
		if former == watches.ENDED:
			frappe.throw(_("This watch has ended. Start a new one."))
		if not self.flags.end_written:
			watches.refuse_end()

	def check_times(self):
		self.started_at = moment(self.started_at)
		refuse_future(self.started_at, _("Began at"))
		if self.is_new():
			self.observer_since = self.started_at

	def check_observer(self):
		"""Staff watch over a student, never a fellow student and never a person of concern."""
		if self.status == watches.ENDED:
			return
		if not self.observer:
			frappe.throw(_("Say who is with the student: a watch has no uncovered minute (art. 18)."))
		if not self.is_new() and not self.has_value_changed("observer"):
			return
		if not cint(frappe.db.get_value("User", self.observer, "enabled")):
			frappe.throw(_("This person has no account in use."))
		if not roles.roles_of(self.observer) & set(roles.STAFF) or is_of_concern(self.observer, self.student):
			frappe.throw(_("This person cannot watch over the student. Name another member of staff."))
		if not self.is_new():
			self.observer_since = now_datetime()

	def check_report(self):
		if not self.warning_report:
			return
		student = frappe.db.get_value("Warning Report", self.warning_report, "student")
		if student != self.student:
			frappe.throw(_("This report is about another student."))

	def note_changes(self):
		"""Who was with the student, and where, stays readable; changing the rest is a correction."""
		if self.status == watches.ENDED and changed_fields(self, MOVING):
			frappe.throw(_("This watch has ended. Start a new one."))
		record_corrections(self, (*RECORDED, *MOVING), reason_needed=bool(changed_fields(self, RECORDED)))

	def tell_case(self):
		if self.student_case:
			frappe.db.set_value("Student Case", self.student_case, "special_watch", self.name)
			note_intervention(self.student_case, self.started_at)

	def release_case(self):
		if self.status == watches.ENDED and self.student_case:
			filters = {"name": self.student_case, "special_watch": self.name}
			frappe.db.set_value("Student Case", filters, "special_watch", None)

	@frappe.whitelist(methods=["POST"])
	def relieve(self, observer: str, place: str | None = None) -> str:
		"""Let another member of staff take over the watch.

		:param observer: user who is with the student from now on
		:param place: where, unchanged when empty
		:returns: since when
		"""
		watch = self.stored("write")
		watch.observer = observer
		watch.place = (place or "").strip() or watch.place
		watch.save()
		return str(watch.observer_since)

	@frappe.whitelist(methods=["POST"])
	def propose_end(self, ground: str, reason: str) -> None:
		"""Propose the end of the watch as team leader, with a written reason (art. 18)."""
		watch = self.stored("read")
		watches.propose_end(watch, ground, reason)
		watch.write_end()

	@frappe.whitelist(methods=["POST"])
	def second_end(self, agrees: int, reason: str) -> str:
		"""Confirm or refuse the end of the watch as a second person.

		:returns: status afterwards
		"""
		watch = self.stored("read")
		watches.second_end(watch, bool(int(agrees)), reason)
		watch.write_end()
		return watch.status

	def write_end(self):
		self.flags.end_written = True
		# The two persons of the end were checked; they need no right to write the rest of the watch.
		self.save(ignore_permissions=True)

	def stored(self, ptype):
		"""Return the watch as it is stored, never as a client sent it, after a permission check."""
		watch = frappe.get_doc("Special Watch", self.name)
		watch.check_permission(ptype)
		return watch
