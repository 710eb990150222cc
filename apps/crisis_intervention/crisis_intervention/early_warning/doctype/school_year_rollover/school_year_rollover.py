import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, cint, getdate, now_datetime, nowdate

from crisis_intervention.early_warning.roster.rollover import next_step
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.lasting import Lasting

DRAFT, DONE = "Draft", "Done"
DID = ("done_by", "done_at", "moved", "closed", "graduated", "appointments_ended")
# Students who left before keep the status they left with.
STAYED = ("Enrolled", "On Leave", "Suspended")


class SchoolYearRollover(Lasting, Document):
	"""The step of all classes into the next school year."""

	def autoname(self):
		self.name = new_code("School Year Rollover", "SY", 5, getdate().year)

	def before_insert(self):
		self.from_year = cint(self.from_year) or self.latest_year()
		if not self.classes:
			self.propose()

	def validate(self):
		self.keep_what_was_done()
		self.check_classes()

	def latest_year(self):
		newest = frappe.get_all(
			"School Class", filters={"enabled": 1}, pluck="year", order_by="year desc", limit=1
		)
		return newest[0] if newest else getdate().year

	def propose(self):
		"""Put every class in use of the year into the table, with what would become of it."""
		classes = frappe.get_all(
			"School Class",
			filters={"enabled": 1, "year": self.from_year},
			fields=["name", "grade", "title"],
			order_by="grade asc, title asc",
		)
		for row in classes:
			step = next_step(row.grade, row.title)
			students = frappe.db.count(
				"Student Profile", {"school_class": row.name, "status": ["in", STAYED]}
			)
			self.append(
				"classes",
				{
					"school_class": row.name,
					"students": students,
					"graduates": int(step.graduates),
					"new_grade": step.grade,
					"new_title": step.title,
				},
			)

	def keep_what_was_done(self):
		"""State and numbers come from the step itself; what was done stays as it was done."""
		if self.flags.from_step:
			return
		before = self.get_doc_before_save()
		self.status = before.status if before else DRAFT
		for fieldname in DID:
			self.set(fieldname, before.get(fieldname) if before else None)
		if before and before.status == DONE:
			frappe.throw(_("This step was made on {0} and stays as it is.").format(before.done_at))

	def check_classes(self):
		"""Each class once, and every one that moves up knows its grade and name."""
		seen = set()
		for row in self.classes:
			if not row.school_class or row.school_class in seen:
				frappe.throw(_("Row {0}: each class stands here once.").format(row.idx))
			seen.add(row.school_class)
			if not row.graduates and not (row.new_grade and row.new_title):
				frappe.throw(
					_("Row {0}: say the new grade and name, or that the class graduates.").format(row.idx)
				)

	@frappe.whitelist(methods=["POST"])
	def carry_out(self) -> dict:
		"""Move all classes into the next school year, in one transaction.

		:returns: numbers of `moved`, `closed`, `graduated` and `appointments_ended`
		:raises frappe.ValidationError: when it was done before, or a class was moved by another one
		"""
		step = frappe.get_doc("School Year Rollover", self.name)
		step.check_permission("write")
		if step.status == DONE:
			frappe.throw(_("This step was made on {0} and stays as it is.").format(step.done_at))
		numbers = dict.fromkeys(("moved", "closed", "graduated", "appointments_ended"), 0)
		for row in step.classes:
			step.carry_out_row(row, numbers)
		step.update({"status": DONE, "done_by": frappe.session.user, "done_at": now_datetime(), **numbers})
		step.flags.from_step = True
		step.save()
		return numbers

	def carry_out_row(self, row, numbers):
		school_class = frappe.get_doc("School Class", row.school_class)
		if school_class.year != self.from_year or not school_class.enabled:
			frappe.throw(_("Row {0}: this class has moved already.").format(row.idx))
		numbers["appointments_ended"] += end_appointments(school_class)
		if row.graduates:
			school_class.enabled = 0
			numbers["closed"] += 1
			numbers["graduated"] += graduate(school_class.name)
		else:
			school_class.update({"grade": row.new_grade, "title": row.new_title, "year": self.from_year + 1})
			school_class.class_teacher = row.new_class_teacher or school_class.class_teacher
			numbers["moved"] += 1
		school_class.save()


def end_appointments(school_class) -> int:
	"""End the monitors' appointments of a class about to be saved: each year chooses anew (art. 26)."""
	yesterday = add_days(nowdate(), -1)
	ended = 0
	for row in school_class.monitors:
		if not row.to_date or getdate(row.to_date) > getdate(yesterday):
			row.to_date = max(getdate(yesterday), getdate(row.from_date or yesterday))
			ended += 1
	return ended


def graduate(school_class: str) -> int:
	"""Let the students of a class graduate; their records stay.

	:returns: how many
	"""
	students = frappe.get_all(
		"Student Profile", filters={"school_class": school_class, "status": ["in", STAYED]}, pluck="name"
	)
	for name in students:
		student = frappe.get_doc("Student Profile", name)
		student.status = "Graduated"
		student.save()
	return len(students)
