import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate

from crisis_intervention.access import roles
from crisis_intervention.early_warning.periodic import barometer, reviews
from crisis_intervention.early_warning.periodic.people import classes_of_monitor, classes_of_psychologist
from crisis_intervention.early_warning.periodic.report import PeriodicReport, check_classmates, refuse_filed
from crisis_intervention.records.codes import new_code

CONTENT = ("weather", "note", "handed_in_by")
ENTRY = ("student", "weather", "worried", "note")


class ClassBarometer(PeriodicReport, Document):
	"""How a class feels, from its monitor to the psychology teacher (art. 12, 22)."""

	def autoname(self):
		self.name = new_code("Class Barometer", "BA", 6, getdate().year)

	def before_insert(self):
		self.stamp()
		self.seen_at = None

	def validate(self):
		if not self.is_new():
			self.keep_as_written()
			return
		self.file()
		check_classmates(self, "entries")
		self.read_weather()
		self.refuse_second_calm()

	def after_insert(self):
		reviews.open_review(self)

	def file(self):
		"""The monitor writes for the own class; what came on paper the psychology teacher enters."""
		own = classes_of_monitor(frappe.session.user)
		if not own and roles.PSYCHOLOGIST in roles.roles_of(None):
			own = classes_of_psychologist(frappe.session.user)
			self.check_handed_in_by()
		else:
			self.handed_in_by = None
		if not self.school_class and len(own) == 1:
			self.school_class = own[0]
		self.refuse_other(own, _("Only the monitor of this class writes its barometer."))
		self.set_period(self.period_start)

	def check_handed_in_by(self):
		if not self.handed_in_by:
			frappe.throw(_("Say which monitor handed the barometer in."))

	def read_weather(self):
		"""Draw together what the lines say; the worst of them counts."""
		entries = [barometer.Entry(row.weather or "", bool(cint(row.worried))) for row in self.entries]
		self.alarm = barometer.alarm_of(self.weather or "", entries)
		self.all_calm = int(barometer.is_calm(self.weather or "", entries))
		self.students = " ".join(dict.fromkeys(row.student for row in self.entries if row.student))

	def refuse_second_calm(self):
		"""All calm is said once per period; whatever else there is may be written at any time."""
		if self.all_calm:
			calm = {"school_class": self.school_class, "period": self.period, "all_calm": 1}
			refuse_filed(self.doctype, {**calm, "filed_by": frappe.session.user})

	def keep_as_written(self):
		"""A barometer stays as it was written.

		:raises frappe.ValidationError: when its content was changed
		"""
		before = self.get_doc_before_save()
		if _content(self) != _content(before):
			frappe.throw(_("A barometer stays as it was written. Write a new one if something changed."))
		self.keep_filing()
		for fieldname in ("all_calm", "alarm", "students", "seen_at"):
			self.set(fieldname, before.get(fieldname))


def _content(doc):
	lines = [[str(row.get(name) or "") for name in ENTRY] for row in doc.entries]
	return [str(doc.get(name) or "") for name in CONTENT], lines
