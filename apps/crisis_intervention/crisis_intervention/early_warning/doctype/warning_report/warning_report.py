import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate, now_datetime

from crisis_intervention.access import roles
from crisis_intervention.access.reading import ReadLogged
from crisis_intervention.case_registry import concerns, entry
from crisis_intervention.case_registry.persons import check_persons, follow_withdrawals, hide_persons
from crisis_intervention.crisis_plan.duties.acknowledgement import acknowledge_document
from crisis_intervention.crisis_plan.duties.ledger import nobody
from crisis_intervention.early_warning import events, observers
from crisis_intervention.early_warning.report_states import ACKNOWLEDGED, NEW, check_move
from crisis_intervention.early_warning.triage import Signal, more_urgent, triage
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.corrections import changed_fields, record_corrections
from crisis_intervention.records.lasting import Lasting
from crisis_intervention.records.times import moment, refuse_future

# What the observer reported; changing it afterwards is a correction and needs a reason.
REPORTED = (
	"student",
	"signals",
	"description",
	"event_time",
	"immediate_danger",
	"injury",
	"place",
	"categories",
	"suspected_harm",
	"guardian_suspected",
)
# With whom the student is changes by the hour: that is news, kept with its time, and no correction.
NEWS = ("student_with",)
# Who may say that a report is about the same event as another one, or not; in the rights: level 1.
MAY_JOIN = frozenset((roles.LEADER, roles.MEMBER, roles.PSYCHOLOGIST, roles.OFFICE))
EVENT = ("same_event_as", "same_event_reason", "same_event_by")
AUTHORITY = ("authority_told", "authority_told_at", "authority_reference")


class WarningReport(Lasting, ReadLogged, Document):
	"""A warning about a student, filed by whoever saw or heard it first."""

	def autoname(self):
		self.name = new_code("Warning Report", "WR", 6, getdate().year)

	def before_insert(self):
		self.set_apart_observer()
		self.start()

	def validate(self):
		self.check_times()
		self.check_signals()
		self.name_persons()
		self.check_authority()
		self.set_class()
		self.correct()
		self.set_triage()
		self.follow_status()
		self.follow_event()
		observers.neutralise(self)

	def after_insert(self):
		observers.remember(self, **self.flags.observer)
		self.shut_out_persons()

	def set_apart_observer(self):
		"""Take from the report who reports; it goes into a record of its own."""
		self.flags.observer = {
			"observer": frappe.session.user,
			"hide_observer": bool(cint(self.hide_observer)),
			"heard_from": self.heard_from,
		}

	def start(self):
		"""A report begins with the entry time of the server and without handling."""
		self.status = NEW
		self.entry_time = now_datetime().replace(microsecond=0)
		for fieldname in ("acknowledged_by", "acknowledged_at", "risk_assessment", "student_case"):
			self.set(fieldname, None)
		self.urgency = None
		self.set("corrections", [])

	def check_times(self):
		self.event_time = moment(self.event_time)
		refuse_future(self.event_time, _("When it happened"))
		before = self.get_doc_before_save()
		if before:
			self.entry_time = before.entry_time

	def check_signals(self):
		"""A report says something: a signal, a danger, an injury or a few words."""
		for table, field in (("signals", "signal"), ("categories", "category")):
			drop_doubles(self, table, field)
		said = (self.signals, self.immediate_danger, self.injury, (self.description or "").strip())
		if not any(said):
			frappe.throw(_("Tick a signal or write a few words."))

	def set_class(self):
		if not self.school_class and self.student:
			self.school_class = frappe.db.get_value("Student Profile", self.student, "school_class")

	def name_persons(self):
		"""Who is suspected of the harm is a person of concern before anybody assessed the student."""
		by_reporter = self.is_new() or frappe.session.user == self.get_reporter()
		self.flags.newly_of_concern = check_persons(self, by_reporter)
		if not self.is_new() and self.has_value_changed("student"):
			self.flags.newly_of_concern |= self.suspected_users()

	def suspected_users(self):
		"""Users whom this report names and whom nobody withdrew."""
		return {row.user for row in self.persons_of_concern if row.user and not row.withdrawn}

	def check_authority(self):
		"""A suspected person is suspected harm (Law on the Protection of Minors, art. 11)."""
		named = any(not row.withdrawn for row in self.persons_of_concern)
		if named or cint(self.guardian_suspected):
			self.suspected_harm = 1
		if not self.authority_told:
			return
		self.authority_told_at = moment(self.authority_told_at)
		refuse_future(self.authority_told_at, _("Told at"))

	def correct(self):
		anonymous = not self.is_new() and frappe.session.user == self.get_reporter()
		before = self.get_doc_before_save()
		# The authority is told after the report; only what was written down once is a correction.
		reported = (*REPORTED, *AUTHORITY) if before and before.authority_told else REPORTED
		needs_reason = bool(changed_fields(self, reported))
		record_corrections(self, (*reported, *NEWS), reason_needed=needs_reason, anonymous=anonymous)
		self.hide_observer, self.heard_from = 0, None

	def set_triage(self):
		"""Art. 3: urgent signals, or several families together, make a key target; nothing lowers it."""
		found = triage(self.ticked_signals(), cint(self.immediate_danger), cint(self.injury))
		before = self.get_doc_before_save()
		self.urgency = more_urgent(found.urgency, before.urgency if before else None)
		self.is_key_target = int(found.is_key_target or bool(before and before.is_key_target))
		self.key_target_reason = found.reason or (before.key_target_reason if before else None)

	def ticked_signals(self):
		codes = [row.signal for row in self.signals or [] if row.signal]
		rows = frappe.get_all(
			"Warning Signal", filters={"name": ["in", codes or [""]]}, fields=["family", "urgent"]
		)
		return [Signal(row.family, bool(row.urgent)) for row in rows]

	def follow_status(self):
		"""A report moves forward only, and is closed only after a person assessed the student (art. 13)."""
		before = self.get_doc_before_save()
		if not before:
			return
		for fieldname in ("acknowledged_by", "acknowledged_at", "risk_assessment", "student_case"):
			self.set(fieldname, before.get(fieldname))
		check_move(self, before.status)
		if self.status != before.status and self.status == ACKNOWLEDGED:
			self.acknowledged_by, self.acknowledged_at = frappe.session.user, now_datetime()

	def follow_event(self):
		"""A new report joins the first open one about the student; a person may say otherwise."""
		before = self.get_doc_before_save()
		if not before:
			self.update({**dict.fromkeys(EVENT), "same_event_as": events.first_open(self)})
			return
		if not MAY_JOIN & roles.roles_of(None):
			# As Frappe does with fields above a user's level, also where permissions are not asked.
			self.update({fieldname: before.get(fieldname) for fieldname in EVENT})
		self.same_event_by = before.same_event_by
		if self.student != before.student:
			self.update(dict.fromkeys(EVENT))
		elif (self.same_event_as or None) != (before.same_event_as or None):
			events.check_choice(self)
			self.same_event_by = frappe.session.user
		else:
			self.same_event_reason = before.same_event_reason

	def onload(self):
		super().onload()
		self.set_onload("same_event", events.others_of(self))

	def on_update(self):
		self.shut_out_persons()
		follow_withdrawals(self)
		self.regroup_event()
		self.acknowledge_duties()

	def on_change(self):
		hide_persons(self)
		self.hide_event()

	def shut_out_persons(self):
		"""Take everything from whom this very save names; of a new report before any duty arises from it."""
		named = self.flags.pop("newly_of_concern", None)
		with nobody():
			concerns.revoke(self.student, named or ())
		if self.persons_of_concern:
			entry.name_persons(self.student)

	def regroup_event(self):
		"""Duties follow the event that a person or a correction of the student changed."""
		if not self.get_doc_before_save():
			return
		if self.has_value_changed("student"):
			events.follow_student(self)
		elif self.has_value_changed("same_event_as"):
			events.follow_change(self)

	def hide_event(self):
		"""A reporter is not told through the answer to the own report that somebody else reported as well."""
		if not roles.roles_of(None) & (MAY_JOIN | {roles.SCHOOL_LEADER, roles.CLASS_TEACHER}):
			self.update(dict.fromkeys(EVENT))

	def acknowledge_duties(self):
		"""Who acknowledges the report here need not acknowledge the duty as well."""
		if self.status == ACKNOWLEDGED and self.has_value_changed("status"):
			acknowledge_document(self.doctype, self.name, self.acknowledged_by)
			observers.tell_acknowledged(self)

	def on_duty_acknowledged(self, user, at):
		"""Follow the duty: acknowledged in the desk or by the link of a mail, the report is acknowledged.

		:param user: the person
		:param at: moment of the acknowledgement
		"""
		if self.status == NEW:
			self.db_set(
				{"status": ACKNOWLEDGED, "acknowledged_by": user, "acknowledged_at": at},
				update_modified=False,
			)
			observers.tell_acknowledged(self)

	@frappe.whitelist(methods=["POST"])
	def say_with_whom(self, student_with: str) -> None:
		"""Say with whom the student is now; not only the reporter may (art. 4, 17).

		:param student_with: an option of the field
		:raises frappe.PermissionError: for who may not read the report
		"""
		report = frappe.get_doc(self.doctype, self.name)
		report.check_permission("read")
		report.student_with = student_with
		# A class teacher reads a report of the class without being its reporter; nothing else is changed.
		report.save(ignore_permissions=True)

	def get_reporter(self):
		"""Return the user who filed the report, for duties towards the reporter."""
		return observers.observer_of(self.name)


def drop_doubles(doc, table, fieldname):
	"""Keep each link of a multi-select once, and no empty row."""
	seen, kept = set(), []
	for row in doc.get(table) or []:
		value = row.get(fieldname)
		if value and value not in seen:
			seen.add(value)
			kept.append(row)
	doc.set(table, kept)
