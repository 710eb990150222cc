"""Every way by which the host itself sends something out, tried on records of a case."""

import frappe
from frappe.desk.form.assign_to import add as assign

from crisis_intervention.access.closures import assignments, mailed_reports, webhooks
from crisis_intervention.tests.factories import make_student_case, person
from crisis_intervention.tests.factories_customising import customise, unique
from crisis_intervention.tests.utils import CrisisTestCase

SECRET = "小明说他不想活了"


class ClosureTestCase(CrisisTestCase):
	def setUp(self):
		super().setUp()
		self.case = make_student_case()
		self.case.reload()

	def about_case(self):
		return {"document_type": "Student Case", "document_name": self.case.name}

	def notices(self, user: str) -> list:
		filters = {**self.about_case(), "for_user": user}
		return frappe.get_all(
			"Notification Log", filters=filters, fields=["subject", "email_content", "type", "link"]
		)

	def assert_neutral(self, notice):
		student = frappe.get_doc("Student Profile", self.case.student)
		text = f"{notice.subject} {notice.email_content or ''} {notice.link or ''}"
		self.assertIn(self.case.name, text)
		for secret in (SECRET, student.student_name, str(self.case.current_level)):
			self.assertNotIn(secret, text)
		self.assertEqual(notice.type, "Alert")


class TestNotifications(ClosureTestCase):
	def values(self, **fields):
		return {
			"name": unique("T"),
			"document_type": "Student Case",
			"event": "New",
			"enabled": 1,
			"subject": "{{ doc.student_name }}",
			"message": SECRET,
			"recipients": [{"receiver_by_document_field": "owner"}],
			**fields,
		}

	def test_refused_on_every_channel_that_leaves_the_desk(self):
		for user in (None, "Administrator"):
			for channel in ("Email", "Slack", "SMS"):
				with self.subTest(user=user, channel=channel):
					values = self.values(channel=channel)
					self.assert_refused(
						lambda values=values, user=user: customise("Notification", by=user, **values),
						frappe.PermissionError,
					)

	def test_refused_on_students_and_the_ledger_too(self):
		for doctype in ("Student Profile", "Duty", "Warning Report", "Risk Assessment Clinical Record"):
			with self.subTest(doctype=doctype):
				values = self.values(channel="Email", document_type=doctype)
				self.assert_refused(lambda values=values: customise("Notification", **values))

	def test_refused_on_what_quotes_records(self):
		for doctype in ("Comment", "Version", "File", "Communication"):
			with self.subTest(doctype=doctype):
				values = self.values(channel="Email", document_type=doctype, recipients=[])
				self.assert_refused(lambda values=values: customise("Notification", **values))
				hook = frappe._dict(webhook_doctype=doctype, enabled=1)
				self.assert_refused(lambda hook=hook: webhooks.refuse_webhook(hook))

	def test_cannot_be_switched_on_later(self):
		doc = customise("Notification", **self.values(channel="Email", enabled=0))
		doc.enabled = 1
		self.assert_refused(doc.save, frappe.PermissionError)

	def test_one_inside_the_desk_becomes_neutral(self):
		recipients = [{"receiver_by_document_field": "owner_user"}]
		frappe.db.set_value("Student Case", self.case.name, "owner_user", person("psychologist"))
		alert = customise(
			"Notification",
			by="Administrator",
			**self.values(channel="System Notification", event="Save", recipients=recipients),
		)
		alert.send(frappe.get_doc("Student Case", self.case.name))
		(notice,) = self.notices(person("psychologist"))
		self.assert_neutral(notice)

	def test_other_doctypes_are_mailed_as_ever(self):
		values = self.values(channel="Email", document_type="ToDo", subject="x", message="y")
		self.assertEqual(customise("Notification", **values).enabled, 1)


class TestNotices(ClosureTestCase):
	def mention(self, user: str):
		words = f'<span class="mention" data-id="{user}" data-value="x">@x</span> {SECRET}'
		notice = {
			**self.about_case(),
			"doctype": "Notification Log",
			"type": "Mention",
			"for_user": user,
			"subject": f"x mentioned you in a comment in <b>{SECRET}</b>",
			"email_content": words,
			"link": f"/app/x?{SECRET}",
		}
		frappe.get_doc(notice).insert(ignore_permissions=True)

	def test_mention_carries_the_code_only_and_is_not_mailed(self):
		before = frappe.db.count("Email Queue")
		self.mention(person("leader"))
		(notice,) = self.notices(person("leader"))
		self.assert_neutral(notice)
		self.assertEqual(frappe.db.count("Email Queue"), before)

	def test_who_may_not_read_gets_no_notice(self):
		for key in ("subject_teacher", "monitor", "administrator"):
			with self.subTest(key=key):
				self.mention(person(key))
				self.assertEqual(self.notices(person(key)), [])

	def test_comment_on_a_case_tells_nobody_its_text(self):
		words = f'<span class="mention" data-id="{person("leader")}">@x</span> {SECRET}'
		with self.as_user(person("psychologist")):
			frappe.get_doc("Student Case", self.case.name).add_comment("Comment", words)
		for row in frappe.get_all("Notification Log", fields=["subject", "email_content"]):
			self.assertNotIn(SECRET, f"{row.subject}{row.email_content or ''}")
		self.assertFalse(frappe.db.exists("Email Queue", {"reference_name": self.case.name}))

	def test_assignment_carries_the_code_only(self):
		with self.as_user(person("leader")):
			assign(
				{
					"doctype": "Student Case",
					"name": self.case.name,
					"assign_to": [person("psychologist")],
					"description": SECRET,
				}
			)
		(todo,) = frappe.get_all("ToDo", {"reference_name": self.case.name}, pluck="description")
		self.assertIn(self.case.name, todo)
		self.assertNotIn(SECRET, todo)
		for notice in self.notices(person("psychologist")):
			self.assert_neutral(notice)
		for comment in frappe.get_all("Comment", {"reference_name": self.case.name}, pluck="content"):
			self.assertNotIn(SECRET, comment)

	def test_other_notices_stay_as_they_are(self):
		note = frappe.get_doc({"doctype": "ToDo", "description": "x"}).insert()
		frappe.get_doc(
			{
				"doctype": "Notification Log",
				"type": "Mention",
				"for_user": person("subject_teacher"),
				"document_type": "ToDo",
				"document_name": note.name,
				"subject": "Buy chalk",
			}
		).insert(ignore_permissions=True)
		self.assertTrue(
			frappe.db.exists("Notification Log", {"document_name": note.name, "subject": "Buy chalk"})
		)


class TestMails(ClosureTestCase):
	def test_mail_dialog_is_refused(self):
		from frappe.core.doctype.communication.email import make

		for key in ("leader", "psychologist"):
			with self.subTest(key=key), self.as_user(person(key)):
				self.assert_refused(
					lambda: make(
						doctype="Student Case",
						name=self.case.name,
						content=SECRET,
						subject=SECRET,
						recipients="parent@example.com",
						send_email=True,
					)
				)
		self.assertFalse(frappe.db.exists("Communication", {"reference_name": self.case.name}))

	def test_message_written_by_code_is_refused(self):
		message = {
			"doctype": "Communication",
			"communication_type": "Communication",
			"communication_medium": "Email",
			"sent_or_received": "Sent",
			"subject": "x",
			"content": SECRET,
			"recipients": "parent@example.com",
			"reference_doctype": "Student Case",
			"reference_name": self.case.name,
		}
		self.assert_refused(lambda: frappe.get_doc(message).insert(ignore_permissions=True))

	def test_mail_of_any_code_about_a_record_stays_unsent_and_empty(self):
		queued = frappe.sendmail(
			recipients=["parent@example.com"],
			subject=SECRET,
			message=SECRET,
			reference_doctype="Student Case",
			reference_name=self.case.name,
			delayed=True,
		)
		stored = frappe.get_doc("Email Queue", queued.name)
		self.assertEqual((stored.status, len(stored.recipients)), ("Error", 0))
		self.assertNotIn(SECRET, frappe.as_json(stored.as_dict()))

	def test_printed_record_is_not_attached_elsewhere(self):
		attachments = [{"print_format_attachment": 1, "doctype": "Student Case", "name": self.case.name}]
		mail = frappe.get_doc(
			{
				"doctype": "Email Queue",
				"message": SECRET,
				"status": "Not Sent",
				"attachments": frappe.as_json(attachments),
				"recipients": [{"recipient": "parent@example.com", "status": "Not Sent"}],
			}
		).insert(ignore_permissions=True)
		self.assertEqual((mail.status, mail.recipients), ("Error", []))

	def test_file_of_a_case_does_not_travel_with_another_mail(self):
		case_file = {
			"doctype": "File",
			"file_name": "t.txt",
			"content": SECRET,
			"attached_to_doctype": "Student Case",
			"attached_to_name": self.case.name,
		}
		file = frappe.get_doc(case_file).insert(ignore_permissions=True)
		other = frappe.get_doc(
			{**case_file, "attached_to_doctype": None, "attached_to_name": None, "content": "y"}
		)
		other.insert(ignore_permissions=True)
		make = frappe.get_attr(
			frappe.get_hooks("override_whitelisted_methods")["frappe.core.doctype.communication.email.make"][
				-1
			]
		)
		todo = frappe.get_doc({"doctype": "ToDo", "description": "x"}).insert()
		values = {
			"doctype": "ToDo",
			"name": todo.name,
			"subject": "x",
			"content": "y",
			"recipients": "a@example.com",
		}
		printed = {"print_format_attachment": 1, "doctype": "Student Case", "name": self.case.name}
		for attachments in ([file.name], [{"fid": file.name}], [{"file_url": file.file_url}], [printed]):
			with self.subTest(attachments=attachments):
				self.assert_refused(
					lambda attachments=attachments: make(attachments=frappe.as_json(attachments), **values),
					frappe.PermissionError,
				)
		self.assertTrue(make(attachments=frappe.as_json([other.name]), **values)["name"])

	def test_other_mail_waits_for_sending(self):
		queued = frappe.sendmail(recipients=["a@example.com"], subject="x", message="y", delayed=True)
		self.assertEqual(frappe.db.get_value("Email Queue", queued.name, "status"), "Not Sent")


class TestWorkflowMail(ClosureTestCase):
	def test_shipped_workflows_do_not_mail(self):
		self.assertEqual(
			frappe.get_all("Workflow", {"document_type": "Warning Report", "send_email_alert": 1}), []
		)
		self.assertTrue(frappe.db.exists("Workflow", {"document_type": "Warning Report"}))

	def test_mailing_cannot_be_switched_on(self):
		for user in (person("administrator"), "Administrator"):
			with self.subTest(user=user), self.as_user(user):
				workflow = frappe.get_doc("Workflow", "Warning Report")
				workflow.send_email_alert = 1
				self.assert_refused(workflow.save, frappe.PermissionError)


class TestHostsOwnAutomations(ClosureTestCase):
	"""Records of DocTypes that not every host has, judged by the guards that the hooks name."""

	def test_hooks_name_a_guard_for_each(self):
		events = frappe.get_hooks("doc_events")
		for doctype in ("Webhook", "Auto Email Report", "Assignment Rule", "Auto Repeat", "Notification"):
			with self.subTest(doctype=doctype):
				self.assertTrue(
					any("access.closures" in method for method in events[doctype]["validate"]),
					events[doctype],
				)

	def test_webhook_is_refused(self):
		on = frappe._dict(webhook_doctype="Student Case", enabled=1)
		self.assert_refused(lambda: webhooks.refuse_webhook(on), frappe.PermissionError)
		for allowed in ({"enabled": 0}, {"webhook_doctype": "ToDo"}):
			self.assertIsNone(webhooks.refuse_webhook(frappe._dict(on, **allowed)))

	def test_mailed_report_is_refused(self):
		for report in frappe.get_all("Report", {"ref_doctype": "Duty"}, pluck="name"):
			with self.subTest(report=report):
				doc = frappe._dict(report=report, enabled=1)
				self.assert_refused(lambda doc=doc: mailed_reports.refuse_mailed_report(doc))
		todo = customise(
			"Report", report_name=unique("T"), ref_doctype="ToDo", report_type="Report Builder", json="{}"
		)
		self.assertIsNone(mailed_reports.refuse_mailed_report(frappe._dict(report=todo.name, enabled=1)))

	def test_automatic_assignment_and_repetition_are_refused(self):
		for values in ({"document_type": "Student Case"}, {"reference_doctype": "Student Case"}):
			with self.subTest(**values):
				doc = frappe._dict(values)
				self.assert_refused(lambda doc=doc: assignments.refuse_automatic(doc))
		self.assertIsNone(assignments.refuse_automatic(frappe._dict(document_type="ToDo")))
