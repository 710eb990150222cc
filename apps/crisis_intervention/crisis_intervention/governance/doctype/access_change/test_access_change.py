import json
from contextlib import contextmanager

import frappe

from crisis_intervention.access import opening, roles
from crisis_intervention.access.protected import CASE_DOCTYPES
from crisis_intervention.crisis_plan.doctype.duty.test_duty import DutyTestCase
from crisis_intervention.governance import access_changes
from crisis_intervention.tests.factories import PEOPLE, make_student_case, make_user, person
from crisis_intervention.tests.factories_customising import customise, customiser, unique


class AccessChangeTestCase(DutyTestCase):
	def changes(self, kind, **filters):
		names = frappe.get_all(
			"Access Change", {"kind": kind, **filters}, pluck="name", order_by="creation desc"
		)
		return [frappe.get_doc("Access Change", name) for name in names]

	def approve(self, change, key="leader"):
		with self.as_user(person(key)):
			frappe.get_doc("Access Change", change.name).approve()

	@contextmanager
	def over_http(self):
		"""A request of Administrator's browser; the server's console has none."""
		frappe.local.request = frappe._dict(path="/api/resource/User", method="POST")
		try:
			yield
		finally:
			frappe.local.request = None

	def has_role(self, user, role):
		return bool(frappe.db.exists("Has Role", {"parent": user, "role": role}))


class TestHeldRoles(AccessChangeTestCase):
	def give(self, by, user, *names):
		with self.as_user(by):
			doc = frappe.get_doc("User", user)
			for role in names:
				doc.append("roles", {"role": role})
			doc.save()

	def test_role_that_reads_cases_waits_for_the_leader(self):
		user = make_user("newcomer@crisis.example.com", roles.SUBJECT_TEACHER)
		case = make_student_case()
		self.give(customiser(), user, roles.OFFICE)
		self.assertFalse(self.has_role(user, roles.OFFICE))
		self.assertTrue(self.has_role(user, roles.SUBJECT_TEACHER))
		(change,) = self.changes("Role", document_name=user)
		self.assertEqual((change.state, change.summary), ("Requested", roles.OFFICE))
		self.assertFalse(frappe.has_permission("Student Case", "read", case.name, user=user))
		self.approve(change)
		self.assertTrue(self.has_role(user, roles.OFFICE))
		self.assertTrue(frappe.has_permission("Student Case", "read", case.name, user=user))

	def test_new_account_is_made_without_the_role(self):
		user = customise(
			"User",
			email="fresh@crisis.example.com",
			first_name="新",
			send_welcome_email=0,
			roles=[{"role": roles.CLASS_TEACHER}, {"role": roles.SUBJECT_TEACHER}],
		)
		self.assertEqual({row.role for row in user.roles}, {roles.SUBJECT_TEACHER})
		self.approve(self.changes("Role", document_name=user.name)[0])
		self.assertTrue(self.has_role(user.name, roles.CLASS_TEACHER))

	def test_nobody_approves_what_he_asked_for_or_gains(self):
		user = make_user("second@crisis.example.com", roles.SCHOOL_LEADER)
		self.give(customiser(), user, roles.LEADER)
		(change,) = self.changes("Role", document_name=user)
		self.assertFalse(access_changes.may_decide(change, user))
		for key in PEOPLE:
			with self.subTest(key=key):
				may = access_changes.may_decide(change, person(key))
				self.assertEqual(may, key in ("leader", "school_leader"))
		for name in (user, customiser(), "Administrator"):
			with self.as_user(name):
				doc = frappe.get_doc("Access Change", change.name)
				self.assert_refused(doc.approve, frappe.PermissionError)

	def test_roles_without_cases_are_given_as_ever(self):
		user = make_user("plain@crisis.example.com")
		self.give(
			customiser(), user, roles.SUBJECT_TEACHER, roles.ACADEMIC, roles.ADMINISTRATOR, roles.AUDITOR
		)
		self.assertTrue(self.has_role(user, roles.ADMINISTRATOR))
		self.assertEqual(self.changes("Role", document_name=user), [])

	def test_other_edits_of_a_reader_go_through(self):
		user = make_user("reader@crisis.example.com", roles.PSYCHOLOGIST)
		with self.as_user(customiser()):
			doc = frappe.get_doc("User", user)
			doc.last_name = "一"
			doc.save()
		self.assertTrue(self.has_role(user, roles.PSYCHOLOGIST))
		self.assertEqual(self.changes("Role", document_name=user), [])

	def test_console_is_free_and_the_browser_of_administrator_is_not(self):
		user = make_user("third@crisis.example.com")
		self.give("Administrator", user, roles.DOCTOR)
		self.assertTrue(self.has_role(user, roles.DOCTOR))
		with self.over_http():
			self.give("Administrator", user, roles.OFFICE)
		self.assertFalse(self.has_role(user, roles.OFFICE))

	def test_school_without_leader_can_appoint_one(self):
		user = make_user("first@crisis.example.com")
		for name in access_changes.deciders():
			frappe.db.set_value("User", name, "enabled", 0)
		self.give(customiser(), user, roles.LEADER)
		self.assertTrue(self.has_role(user, roles.LEADER))

	def test_password_of_a_reader_set_by_another_is_told(self):
		for user, told in ((person("psychologist"), 1), (person("subject_teacher"), 0)):
			with self.subTest(user=user), self.as_user(customiser()):
				doc = frappe.get_doc("User", user)
				doc.new_password = "Lang-genug-2026!"
				doc.save()
				found = self.changes("Sign-in Set", document_name=user)
				self.assertEqual([change.state for change in found], ["Reported"] * told)
		self.assertNotIn("genug", found[0].payload if found else "")
		duty = frappe.get_doc("Duty", {"rule": "24.6-NOTED"})
		self.assertEqual(duty.responsible, person("leader"))


class TestHeldRecords(AccessChangeTestCase):
	def held(self):
		"""Every kind of record that could carry a case out, as an administrator would make it."""
		case = "Student Case"
		title = unique("T")
		yield {
			"doctype": "Report",
			"report_name": title,
			"ref_doctype": "Student Profile",
			"report_type": "Query Report",
			"is_standard": "No",
			"query": "select name from `tabStudent Case`",
		}
		yield {
			"doctype": "Print Format",
			"name": title,
			"doc_type": case,
			"standard": "No",
			"custom_format": 1,
			"print_format_type": "Jinja",
			"html": "{{ doc.name }}",
		}
		yield {
			"doctype": "Print Format",
			"name": title + "b",
			"doc_type": "School Class",
			"standard": "No",
			"custom_format": 1,
			"print_format_type": "Jinja",
			"html": "{{ frappe.get_all('Stu' + 'dent Case') }}",
		}
		yield {
			"doctype": "Client Script",
			"name": title,
			"dt": case,
			"view": "Form",
			"enabled": 1,
			"script": "1",
		}
		yield {
			"doctype": "Client Script",
			"name": title + "b",
			"dt": "School Class",
			"view": "Form",
			"enabled": 1,
			"script": "frappe.db.get_list('Student Case')",
		}
		yield {
			"doctype": "Server Script",
			"name": title,
			"script_type": "API",
			"api_method": "t_" + frappe.generate_hash(length=5),
			"script": "x = 1",
		}
		yield {
			"doctype": "Notification",
			"name": title,
			"document_type": case,
			"event": "New",
			"enabled": 1,
			"subject": "x",
			"message": "x",
			"channel": "System Notification",
			"recipients": [{"receiver_by_document_field": "owner"}],
		}
		yield {
			"doctype": "Web Form",
			"title": title,
			"route": frappe.scrub(title),
			"doc_type": case,
			"published": 1,
			"web_form_fields": [{"fieldname": "phase", "fieldtype": "Data", "label": "x"}],
		}

	def make(self, values):
		return customise(**{**values, "doctype": values["doctype"]})

	def test_every_kind_is_saved_switched_off_and_waits(self):
		for values in self.held():
			with self.subTest(doctype=values["doctype"], name=values.get("name") or values.get("title")):
				doc = self.make(values)
				self.assertFalse(opening.is_on(doc))
				(change,) = self.changes("Record", document_type=doc.doctype, document_name=doc.name)
				self.assertEqual(change.state, "Requested")
				self.approve(change)
				self.assertTrue(opening.is_on(frappe.get_doc(doc.doctype, doc.name)))

	def test_edit_after_approval_waits_again_and_an_unchanged_save_does_not(self):
		doc = customise(
			"Client Script", name=unique("T"), dt="Student Case", view="Form", enabled=1, script="1"
		)
		self.approve(self.changes("Record", document_name=doc.name)[0])
		with self.as_user(customiser()):
			stored = frappe.get_doc("Client Script", doc.name)
			stored.save()
			self.assertEqual(stored.enabled, 1)
			stored.script = "2"
			stored.save()
			self.assertEqual(stored.enabled, 0)
			stored.enabled = 1
			stored.save()
		self.assertEqual(frappe.db.get_value("Client Script", doc.name, "enabled"), 0)

	def test_what_was_changed_after_the_request_is_not_approved(self):
		doc = customise(
			"Client Script", name=unique("T"), dt="Student Case", view="Form", enabled=1, script="1"
		)
		change = self.changes("Record", document_name=doc.name)[0]
		with self.as_user(customiser()):
			stored = frappe.get_doc("Client Script", doc.name)
			stored.script = "steal()"
			stored.save()
		self.assert_refused(lambda: self.approve(change))

	def test_ordinary_customising_goes_through(self):
		script = customise(
			"Client Script", name=unique("T"), dt="School Class", view="Form", enabled=1, script="frm.x = 1"
		)
		self.assertEqual(script.enabled, 1)
		form = customise(
			"Print Format", name=unique("T"), doc_type="School Class", standard="No", html="{{ doc.title }}"
		)
		self.assertEqual(form.disabled, 0)
		view = customise(
			"Report",
			report_name=unique("T"),
			ref_doctype="Student Case",
			report_type="Report Builder",
			is_standard="No",
			json="{}",
		)
		self.assertEqual(view.disabled, 0)
		self.assertEqual(self.changes("Record"), [])

	def test_request_is_a_duty_of_the_leader_and_a_refusal_closes_it(self):
		doc = customise(
			"Client Script", name=unique("T"), dt="Student Case", view="Form", enabled=1, script="1"
		)
		change = self.changes("Record", document_name=doc.name)[0]
		duty = frappe.get_doc("Duty", {"rule": "24.6-CHANGE", "reference_name": change.name})
		self.assertEqual((duty.responsible, duty.state), (person("leader"), "Open"))
		with self.as_user(person("leader")):
			stored = frappe.get_doc("Access Change", change.name)
			self.assert_refused(lambda: stored.refuse(""))
			stored.refuse("不需要此脚本")
		self.assertEqual(frappe.db.get_value("Duty", duty.name, "state"), "Done")
		self.assertEqual(frappe.db.get_value("Client Script", doc.name, "enabled"), 0)

	def test_chart_that_the_host_caches_for_all_is_refused(self):
		values = {
			"chart_name": unique("T"),
			"chart_type": "Count",
			"document_type": "Student Case",
			"based_on": "creation",
			"timeseries": 1,
			"filters_json": "[]",
			"type": "Line",
		}
		for user in (customiser(), "Administrator"):
			with self.subTest(user=user):
				self.assert_refused(lambda user=user: customise("Dashboard Chart", by=user, **values))


class TestRefusedWithoutRequest(AccessChangeTestCase):
	def ask(self, kind, **values):
		return customise("Access Change", kind=kind, reason="x", **values)

	def permission(self, role, **rights):
		return customise(
			"Custom DocPerm",
			parent="Student Case",
			parenttype="DocType",
			parentfield="permissions",
			role=role,
			permlevel=0,
			**rights,
		)

	def test_wider_right_needs_an_approved_request(self):
		self.assert_refused(lambda: self.permission(roles.SUBJECT_TEACHER, read=1), frappe.PermissionError)
		self.assert_refused(lambda: self.permission(roles.CLASS_TEACHER, read=1, export=1))
		change = self.ask(
			"Permission", document_type="Student Case", role=roles.CLASS_TEACHER, permission="report"
		)
		self.approve(change)
		rights = {
			row.role: row.report for row in frappe.get_meta("Student Case").permissions if not row.permlevel
		}
		self.assertEqual(rights[roles.CLASS_TEACHER], 1)

	def test_shipped_rights_may_be_copied_and_narrowed(self):
		self.assertTrue(self.permission(roles.CLASS_TEACHER, read=1).name)

	def test_property_that_opens_needs_an_approved_request(self):
		values = {
			"doctype_or_field": "DocField",
			"doc_type": "Student Case",
			"field_name": "exit_reason",
			"property": "permlevel",
			"property_type": "Int",
			"value": "0",
		}
		self.assert_refused(lambda: customise("Property Setter", **values), frappe.PermissionError)
		label = {**values, "property": "label", "property_type": "Data", "value": "退库原因"}
		self.assertTrue(customise("Property Setter", **label).name)
		change = self.ask(
			"Property",
			document_type="Student Case",
			document_field="exit_reason",
			property="in_global_search",
			property_value="1",
		)
		self.approve(change)
		self.assertEqual(frappe.get_meta("Student Case").get_field("exit_reason").in_global_search, 1)

	def test_field_that_copies_from_a_case_is_refused(self):
		self.keep_tables()
		link = {"dt": "School Class", "fieldname": "t_case", "label": "x", "fieldtype": "Link"}
		customise("Custom Field", **link, options="Student Case")
		copy = {"dt": "School Class", "fieldname": "t_copy", "label": "x", "fieldtype": "Data"}
		self.assert_refused(
			lambda: customise("Custom Field", **copy, fetch_from="t_case.exit_reason"), frappe.PermissionError
		)
		self.assertTrue(customise("Custom Field", **copy).name)

	def test_limit_of_a_user_is_taken_away_by_an_approved_request(self):
		from crisis_intervention.tests.factories import make_school_class

		limit = customise(
			"User Permission",
			user=person("class_teacher"),
			allow="School Class",
			for_value=make_school_class().name,
			apply_to_all_doctypes=1,
		)
		with self.as_user(customiser()):
			self.assert_refused(
				lambda: frappe.delete_doc("User Permission", limit.name), frappe.PermissionError
			)
		self.approve(self.ask("User Permission", document_name=limit.name))
		self.assertFalse(frappe.db.exists("User Permission", limit.name))

	def test_request_by_hand_says_what_it_is_about(self):
		for values in (
			{"kind": "Role", "document_name": person("leader")},
			{"kind": "Record", "document_type": "Report", "document_name": "x"},
			{"kind": "Permission", "document_type": "Student Case"},
			{
				"kind": "Permission",
				"document_type": "School Class",
				"role": "Class Teacher",
				"permission": "read",
			},
			{"kind": "Property", "document_type": "No Such", "property": "permlevel"},
			{"kind": "User Permission"},
		):
			with self.subTest(**values):
				self.assert_refused(lambda values=values: self.ask(**values))

	def test_client_cannot_bring_its_own_content_or_decision(self):
		change = self.ask(
			"Permission",
			document_type="Student Case",
			role=roles.CLASS_TEACHER,
			permission="report",
			state="Approved",
			payload=json.dumps({"roles": [roles.LEADER]}),
			decided_by=person("leader"),
		)
		self.assertEqual((change.state, change.payload, change.decided_by), ("Requested", None, None))
		with self.as_user(person("leader")):
			stored = frappe.get_doc("Access Change", change.name)
			stored.state = "Approved"
			self.assert_refused(stored.save)


class TestAdministrator(AccessChangeTestCase):
	def test_readings_of_administrator_are_told_once(self):
		access_changes.report_administrator()
		self.assertEqual(access_changes.report_administrator(), 0)
		later = frappe.utils.add_to_date(frappe.utils.now_datetime(), seconds=5)
		for user in ("Administrator", person("leader")):
			frappe.get_doc({"doctype": "Case Read Log", "user": user, "read_at": later}).insert()
		self.assertEqual(access_changes.report_administrator(), 1)
		change = self.changes("Read by Administrator", state="Reported")[0]
		duty = frappe.get_doc("Duty", {"rule": "24.6-NOTED", "reference_name": change.name})
		self.assertEqual(duty.responsible, person("leader"))

	def test_customiser_customises_really_and_reads_no_case(self):
		self.keep_tables()
		user = person("administrator")
		with self.as_user(user):
			field = {"dt": "Warning Report", "fieldname": "t_bus", "label": "校车", "fieldtype": "Data"}
			frappe.get_doc({"doctype": "Custom Field", **field}).insert()
			form = frappe.get_doc({"doctype": "Customize Form", "doc_type": "Warning Report"})
			form.fetch_to_customize()
			next(row for row in form.fields if row.fieldname == "place").label = "地点"
			form.save_customization()
			workflow = frappe.get_doc("Workflow", "Warning Report")
			workflow.save()
			rule = frappe.get_doc("Duty Rule", "12-ACK-R")
			rule.due_value = 15
			rule.save()
			level = frappe.get_doc("Risk Level", "L4")
			level.label = "四级响应（关注）"
			level.save()
			for doctype in ("Print Format", "Report", "Client Script", "Web Form", "Crisis Mail Template"):
				self.assertTrue(frappe.has_permission(doctype, "create"), doctype)
		self.assertEqual(frappe.get_meta("Warning Report").get_label("place"), "地点")
		self.assertTrue(frappe.get_meta("Warning Report").has_field("t_bus"))

	def test_no_role_that_customises_has_any_right_on_cases(self):
		for doctype in CASE_DOCTYPES:
			granted = {row.role for row in frappe.get_meta(doctype).permissions}
			with self.subTest(doctype=doctype):
				self.assertFalse(
					granted
					& {"System Manager", "Script Manager", roles.ADMINISTRATOR, roles.AUDITOR, "All", "Guest"}
				)
				self.assertFalse(frappe.has_permission(doctype, "read", user=customiser()))
