import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate, now_datetime

from crisis_intervention.early_warning.screening import consents, coverage
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.lasting import Lasting

DRAFT, OPEN, CLOSED = "Draft", "Running", "Closed"
MOVES = {(DRAFT, OPEN), (OPEN, CLOSED)}
STAMPED = ("opened_at", "closed_at", "closed_by")
# Fixed once the first student may have answered.
FIXED_WHEN_OPEN = ("instrument", "guardian_consent_text", "student_consent_text")


class ScreeningCampaign(Lasting, Document):
	"""A screening of the students of some classes (art. 11)."""

	def autoname(self):
		self.name = new_code("Screening Campaign", "SG", 6, getdate().year)

	def before_insert(self):
		self.status = DRAFT
		self.fill_consent_texts()

	def validate(self):
		self.fill()
		self.check_dates()
		self.check_classes()
		self.keep_stamps()
		self.check_move()
		self.keep_what_is_fixed()
		self.update(coverage.counts_of(self.name))
		self.check_closing()

	def on_update(self):
		self.add_students()
		self.open_files()

	def fill(self):
		self.year = cint(self.year) or getdate(self.from_date).year
		self.title = (self.title or "").strip()

	def fill_consent_texts(self):
		"""A text to start from; the school changes it before the campaign is opened."""
		self.guardian_consent_text = self.guardian_consent_text or _(
			"Our school asks all students about their well-being once a year. Only the psychology teachers"
			" see the answers. You may refuse, and take your consent back at any time, without any"
			" disadvantage."
		)
		self.student_consent_text = self.student_consent_text or _(
			"We ask how you are. Only the psychology teachers see your answers. If an answer worries us,"
			" somebody talks with you within a day. You may refuse or stop at any time."
		)

	def open_files(self):
		"""Every student screened has a psychological file when the campaign closes (art. 11)."""
		before = self.get_doc_before_save()
		if self.status == CLOSED and before and before.status == OPEN:
			frappe.enqueue(
				"crisis_intervention.early_warning.psychological_files.open_files_of",
				queue="long",
				enqueue_after_commit=True,
				campaign=self.name,
			)

	def check_dates(self):
		if self.from_date and self.to_date and getdate(self.to_date) < getdate(self.from_date):
			frappe.throw(_("The campaign ends before it begins."))

	def check_classes(self):
		seen = set()
		rows = [row for row in self.classes or [] if row.school_class]
		self.set(
			"classes", [row for row in rows if not (row.school_class in seen or seen.add(row.school_class))]
		)

	def keep_stamps(self):
		before = self.get_doc_before_save()
		for fieldname in STAMPED:
			self.set(fieldname, before.get(fieldname) if before else None)

	def check_move(self):
		before = self.get_doc_before_save()
		former = before.status if before else DRAFT
		self.status = self.status or former
		if self.status == former:
			return
		if (former, self.status) not in MOVES:
			frappe.throw(_("A campaign goes from draft to open to closed, and not back."))
		if self.status == OPEN:
			self.check_opening()
		now = now_datetime()
		if self.status == OPEN:
			self.opened_at = now
		else:
			self.closed_at, self.closed_by = now, frappe.session.user

	def check_opening(self):
		if not self.classes:
			frappe.throw(_("Choose the classes first."))
		for fieldname in ("guardian_consent_text", "student_consent_text"):
			if not (self.get(fieldname) or "").strip():
				frappe.throw(
					_("Guardians and students must know what they agree to. Write both consent texts.")
				)

	def keep_what_is_fixed(self):
		before = self.get_doc_before_save()
		if not before or before.status == DRAFT:
			return
		if any((self.get(name) or "") != (before.get(name) or "") for name in FIXED_WHEN_OPEN):
			frappe.throw(_("Instrument and consent texts stay as they were when the campaign was opened."))
		kept = {row.school_class for row in self.classes}
		if any(row.school_class not in kept for row in before.classes):
			frappe.throw(_("A class that was asked stays in the campaign."))

	def check_closing(self):
		"""Whoever closes says what is done for those who were not screened; nobody is forgotten."""
		before = self.get_doc_before_save()
		if self.status != CLOSED or (before and before.status == CLOSED):
			return
		if not self.tested:
			frappe.throw(_("No result is there yet."))
		if self.coverage < 100 and not (self.not_screened_plan or "").strip():
			frappe.throw(
				_("{0} % are screened. Write what is done for those not screened.").format(self.coverage)
			)

	def add_students(self):
		"""Enrolled students of the classes get a row for their consent, those who joined later too."""
		if self.status == OPEN and consents.add_missing(self):
			coverage.refresh(self.name)

	@frappe.whitelist(methods=["POST"])
	def open_campaign(self) -> dict:
		"""Open the campaign: from now on consent is asked.

		:returns: numbers of the campaign
		"""
		return self._move(OPEN)

	@frappe.whitelist(methods=["POST"])
	def close_campaign(self, not_screened_plan: str | None = None) -> dict:
		"""Close the campaign with its coverage (art. 11).

		:param not_screened_plan: what is done for those not screened, needed below 100 %
		:returns: numbers of the campaign
		"""
		if not_screened_plan:
			self.not_screened_plan = not_screened_plan
		return self._move(CLOSED)

	@frappe.whitelist(methods=["POST"])
	def add_grade(self, grade: str, year: int | None = None) -> int:
		"""Add all classes in use of a grade.

		:param grade: grade as the classes name it
		:param year: school year of the classes, that of the campaign by default
		:returns: how many classes were added
		"""
		known = {row.school_class for row in self.classes}
		filters = {"grade": grade, "year": cint(year) or self.year, "enabled": 1}
		found = frappe.get_list("School Class", filters=filters, pluck="name", limit_page_length=0)
		added = [name for name in found if name not in known]
		for name in added:
			self.append("classes", {"school_class": name})
		if added:
			self.save()
		return len(added)

	def _move(self, status: str) -> dict:
		self.status = status
		self.save()
		self.reload()
		return {key: self.get(key) for key in ("status", "eligible", "tested", "coverage")}
