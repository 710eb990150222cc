import frappe

from crisis_intervention.access.listing import codes_in, listing_of
from crisis_intervention.access.reading import note
from crisis_intervention.access.report_listing import listings_of
from crisis_intervention.tests.factories import make_student_case, person
from crisis_intervention.tests.utils import CrisisTestCase


class TestCaseReadLog(CrisisTestCase):
	def tearDown(self):
		frappe.flags.case_reads = None
		super().tearDown()

	def test_form_and_rest_note_the_record_once(self):
		case = make_student_case()
		frappe.flags.case_reads = None
		with self.as_user(person("leader")):
			doc = frappe.get_doc("Student Case", case.name)
			doc.run_method("onload")
			doc.apply_fieldlevel_read_permissions()
			doc.run_method("before_print")
		self.assertEqual(list(frappe.flags.case_reads), [("Student Case", case.name)])

	def test_loading_on_the_server_is_no_reading(self):
		case = make_student_case()
		frappe.flags.case_reads = None
		frappe.get_doc("Student Case", case.name)
		self.assertIsNone(frappe.flags.case_reads)

	def test_known_channel_wins_over_an_unknown(self):
		note("Student Case", "SC-1", "Print")
		note("Student Case", "SC-1")
		self.assertEqual(frappe.flags.case_reads, {("Student Case", "SC-1"): "Print"})

	def test_lists_are_recognised_by_path_and_arguments(self):
		answer = {"data": [{"name": "SC-1"}, {"name": "SC-2"}]}
		found = listing_of("/api/resource/Student%20Case", {}, answer)
		self.assertEqual(
			(found.doctype, found.channel, found.codes), ("Student Case", "List", ("SC-1", "SC-2"))
		)
		found = listing_of(
			"/api/method/frappe.desk.reportview.get", {"doctype": "Student Case"}, {"message": answer["data"]}
		)
		self.assertEqual(found.count, 2)
		export = "/api/method/frappe.desk.reportview.export_query"
		self.assertEqual(listing_of(export, {"doctype": "Student Case"}, {}).channel, "Export")
		self.assertIsNone(listing_of("/api/resource/Student Case/SC-1", {}, {"data": {"name": "SC-1"}}))
		self.assertIsNone(listing_of("/api/method/ping", {}, {"message": "pong"}))

	def test_reports_tell_what_they_handed_out_by_their_columns(self):
		columns = [
			{"fieldname": "case", "fieldtype": "Link", "options": "Student Case"},
			{"fieldname": "class", "fieldtype": "Link", "options": "School Class"},
			{"fieldname": "n", "fieldtype": "Int"},
		]
		result = [{"case": "SC-1", "class": "C-1", "n": 1}, {"case": "SC-2"}, {"case": "SC-1"}, ["Total", 3]]
		answer = {"message": {"columns": columns, "result": result}}
		(found,) = listings_of("/api/method/frappe.desk.query_report.run", {}, answer)
		self.assertEqual(
			(found.doctype, found.channel, found.codes, found.count),
			("Student Case", "Report", ("SC-1", "SC-2"), 2),
		)

	def test_reports_and_exports_on_cases_without_codes_are_told_by_number(self):
		arguments = {"report_name": "Class Barometer Matrix"}
		answer = {"message": {"columns": [], "result": [{"n": 1}, {"n": 2}]}}
		(found,) = listings_of("/api/method/frappe.desk.query_report.run", arguments, answer)
		self.assertEqual((found.doctype, found.count), ("Class Barometer", 2))
		(found,) = listings_of("/api/method/frappe.desk.query_report.export_query", arguments, {})
		self.assertEqual((found.doctype, found.channel), ("Class Barometer", "Export"))
		nothing = {"message": {"columns": [], "result": []}}
		self.assertEqual(listings_of("/api/method/frappe.desk.query_report.run", arguments, nothing), [])

	def test_linked_records_are_a_list(self):
		answer = {"message": {"Student Case": [{"name": "SC-1"}], "School Class": [{"name": "C-1"}]}}
		(found,) = listings_of("/api/method/frappe.desk.form.linked_with.get", {}, answer)
		self.assertEqual((found.doctype, found.codes), ("Student Case", ("SC-1",)))

	def test_codes_in_every_shape_of_an_answer(self):
		self.assertEqual(codes_in({"keys": ["name", "x"], "values": [["SC-1", 1]]}), (("SC-1",), 1))
		self.assertEqual(codes_in([["SC-1"]]), ((), 1))
		self.assertEqual(codes_in([]), ((), 0))
		self.assertEqual(codes_in(None), ((), 0))
		self.assertEqual(codes_in({"name": "SC-1"}), (("SC-1",), 1))

	def test_log_is_not_changed_or_deleted(self):
		row = frappe.get_doc({"doctype": "Case Read Log", "user": person("leader")}).insert()
		row.user = person("doctor")
		self.assert_refused(row.save)
		self.assert_refused(lambda: frappe.delete_doc("Case Read Log", row.name, force=True))

	def test_auditor_reads_logs_and_no_content(self):
		with self.as_user(person("auditor")):
			self.assertTrue(frappe.has_permission("Case Read Log", "read"))
			self.assertFalse(frappe.has_permission("Student Case", "read"))
			self.assertFalse(frappe.has_permission("Warning Report", "read"))
