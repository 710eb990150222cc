from datetime import timedelta
from unittest.mock import patch

import frappe

from crisis_intervention.crisis_plan.dispatch import digest, sending
from crisis_intervention.crisis_plan.dispatch.dispatcher import Message, dispatch
from crisis_intervention.crisis_plan.doctype.duty.test_duty import SATURDAY_NIGHT, DutyTestCase
from crisis_intervention.tests.factories import make_warning_report, person


class TestDispatchLog(DutyTestCase):
	def send(self):
		with self.freeze_time(SATURDAY_NIGHT + timedelta(minutes=1)):
			return sending.send_queued()

	def rows(self, duty, **filters):
		fields = ["name", "channel", "status", "reason", "recipient", "email_queue"]
		return frappe.get_all("Dispatch Log", filters={"duty": duty.name, **filters}, fields=fields)

	def test_urgent_goes_out_at_once_by_mail_and_desk(self):
		self.red_report()
		duty = self.duty("12-ACK-R")
		self.assertEqual({row.status for row in self.rows(duty)}, {"Queued"})
		self.assertGreater(self.send(), 0)
		self.assertEqual({row.channel for row in self.rows(duty, status="Sent")}, {"E-mail", "Desk"})
		self.assertEqual(self.send(), 0)

	def test_urgent_overtakes_what_waited_before_it(self):
		self.red_report()
		duty = self.duty("12-ACK-R")
		with self.freeze_time(SATURDAY_NIGHT - timedelta(hours=1)):
			dispatch(duty, person("leader"), Message("Raised", "Info", "before", channel="Desk"))
		taken = []
		with patch.object(sending, "_send_one", lambda name: taken.append(name) or 0):
			sending.send_queued()
		tiers = [frappe.db.get_value("Dispatch Log", name, "tier") for name in taken]
		self.assertEqual(tiers, sorted(tiers, key=lambda tier: tier != "Urgent"))
		self.assertEqual(len(set(tiers)), 2)
		self.send()
		queued = self.rows(duty, channel="E-mail")[0].email_queue
		self.assertGreater(frappe.db.get_value("Email Queue", queued, "priority"), 1)

	def test_mail_and_notice_carry_codes_only(self):
		self.red_report(description="手臂有伤痕，很害怕")
		self.send()
		secrets = (self.student.student_name, "手臂", "伤痕", "Red", "红色", self.student.school_class)
		duty = self.duty("12-ACK-R")
		queued = self.rows(duty, channel="E-mail")[0].email_queue
		mail = frappe.get_doc("Email Queue", queued)
		import email

		parts = email.message_from_string(mail.message)
		texts = [
			part.get_payload(decode=True).decode()
			for part in parts.walk()
			if part.get_content_maintype() == "text"
		]
		notices = frappe.get_all("Notification Log", filters={"document_name": duty.name}, pluck="subject")
		self.assertTrue(notices)
		self.assertIn(duty.name, "".join(texts))
		for secret in secrets:
			self.assertNotIn(secret, "".join(texts) + "".join(notices))
		self.assertFalse([part for part in parts.walk() if part.get_filename()])

	def test_recipient_without_permission_gets_nothing_and_that_is_logged(self):
		self.red_report()
		duty = self.duty("12-ACK-R")
		dispatch(duty, person("administrator"), Message("Escalation", "Urgent", "x"))
		rows = self.rows(duty, recipient=person("administrator"))
		self.assertEqual({(row.status, row.reason) for row in rows}, {("Refused", "No permission")})

	def test_same_message_is_written_once(self):
		self.red_report()
		duty = self.duty("12-ACK-R")
		message = Message("Escalation", "Urgent", "x")
		self.assertTrue(dispatch(duty, person("leader"), message))
		self.assertEqual(dispatch(duty, person("leader"), message), [])

	def test_failure_is_kept_by_its_kind_and_tried_again(self):
		self.red_report()
		duty = self.duty("12-ACK-R")

		def fail(*_args):
			raise ConnectionError("secret words")

		with patch.dict(sending.CHANNELS, {"E-mail": fail}):
			self.send()
		row = self.rows(duty, channel="E-mail")[0]
		self.assertEqual((row.status, row.reason), ("Queued", "ConnectionError"))
		self.assertGreater(self.send(), 0)
		self.assertEqual(self.rows(duty, channel="E-mail")[0].status, "Sent")

	def test_mail_waits_for_an_account_however_often_it_was_tried(self):
		self.red_report()
		duty = self.duty("12-ACK-R")
		mail = self.rows(duty, channel="E-mail")[0].name
		for error, status in ((frappe.OutgoingEmailError, "Queued"), (ConnectionError, "Failed")):
			frappe.db.set_value("Dispatch Log", mail, {"attempts": sending.MOST_ATTEMPTS, "status": "Queued"})

			def fail(*_args, error=error):
				raise error

			with self.subTest(error=error), patch.dict(sending.CHANNELS, {"E-mail": fail}):
				self.send()
				self.assertEqual(frappe.db.get_value("Dispatch Log", mail, "status"), status)

	def test_due_waits_for_the_digest_which_goes_out_once_a_day(self):
		with self.freeze_time(SATURDAY_NIGHT):
			make_warning_report(student=self.student.name, event_time=SATURDAY_NIGHT - timedelta(hours=1))
		duty = self.duty("13-ASSESS-Y")
		self.assertEqual(self.rows(duty, channel="E-mail")[0].status, "For Digest")
		self.send()
		self.assertEqual(self.rows(duty, channel="E-mail")[0].status, "For Digest")
		with self.freeze_time(SATURDAY_NIGHT + timedelta(days=2, hours=10)):
			self.assertGreater(digest.send_digests(), 0)
			self.assertEqual(digest.send_digests(), 0)
		self.assertEqual(self.rows(duty, channel="E-mail")[0].status, "Sent")

	def test_webhook_carries_the_same_text(self):
		from crisis_intervention.crisis_plan.dispatch.channels.webhook import payload

		for style in ("WeCom", "DingTalk"):
			self.assertEqual(payload(style, "a", "b"), {"msgtype": "text", "text": {"content": "a\nb"}})
		self.assertEqual(payload("Plain", "a", "b"), {"text": "a\nb"})

	def test_log_cannot_be_changed_or_deleted(self):
		self.red_report()
		name = self.rows(self.duty("12-ACK-R"))[0].name
		self.assert_refused(lambda: frappe.delete_doc("Dispatch Log", name, force=True))
		self.assert_refused(lambda: frappe.get_doc("Dispatch Log", name).save())
