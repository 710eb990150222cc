"""The page behind the link of a mail, as the telephone of a teacher gets it."""

import re
from datetime import timedelta

import frappe
from frappe.utils import set_request
from frappe.website.serve import get_response

from crisis_intervention.crisis_plan.dispatch.links import PAGE, link_for
from crisis_intervention.crisis_plan.doctype.duty.test_duty import SATURDAY_NIGHT, DutyTestCase
from crisis_intervention.tests.factories import person


class TestAcknowledgePage(DutyTestCase):
	def setUp(self):
		super().setUp()
		self.red_report()
		self.asked = self.duty("12-ACK-R")
		mails = {"duty": self.asked.name, "channel": "E-mail"}
		self.message = frappe.get_all("Dispatch Log", filters=mails, pluck="name")[0]
		self.addCleanup(setattr, frappe.local, "form_dict", frappe.local.form_dict)

	def query(self) -> dict:
		with self.freeze_time(SATURDAY_NIGHT):
			address = link_for(self.message, self.asked, self.asked.responsible)
		return dict(part.split("=") for part in address.split("?")[1].split("&"))

	def page(self, language="zh", minutes=5, **changes) -> str:
		arguments = {**self.query(), **changes}
		with (
			self.as_user("Guest"),
			self.speaking(language),
			self.freeze_time(SATURDAY_NIGHT + timedelta(minutes=minutes)),
		):
			# Signing in drops the arguments of the request before.
			frappe.local.form_dict = frappe._dict(arguments)
			set_request(method="GET", path=f"/{PAGE}")
			response = get_response(PAGE)
		self.assertEqual(response.status_code, 200)
		return response.get_data(as_text=True)

	def test_phone_gets_chinese_one_button_and_the_code(self):
		html = self.page()
		self.assertRegex(html, r'<html lang="zh[^"]*">')
		self.assertIn('name="viewport" content="width=device-width', html)
		self.assertEqual(len(re.findall("<button", html)), 1)
		self.assertEqual(re.findall(r"<(?:a|select|textarea)\b", html), [])
		self.assertEqual(set(re.findall(r'<input type="(\w+)"', html)), {"hidden"})
		self.assertRegex(html, r'<form method="post" action="/api/method/[\w.]+acknowledge_by_link">')
		self.assertIn(self.asked.name, html)
		self.assertIn("确认", html)
		words = re.sub("<style>.*?</style>|<[^>]+>", "", html, flags=re.S).replace(self.asked.name, "")
		self.assertNotRegex(words, r"[A-Za-z]{4,}")

	def test_english_by_language(self):
		self.assertIn('<html lang="en">', self.page("en"))

	def test_page_names_nobody_and_nothing(self):
		report = frappe.get_doc("Warning Report", self.asked.reference_name)
		secrets = (
			frappe.db.get_value("Student Profile", self.student.name, "student_name"),
			self.student.name,
			frappe.db.get_value("School Class", self.student.school_class, "title"),
			report.name,
			report.description,
			person("psychologist"),
		)
		for html in (self.page(), self.page(s="0" * 43)):
			for secret in secrets:
				self.assertNotIn(secret, html)

	def test_looking_writes_nothing(self):
		self.page()
		self.asked.reload()
		self.assertIsNone(self.asked.acknowledged_at)
		self.assertIsNone(frappe.db.get_value("Dispatch Log", self.message, "link_used_at"))

	def test_old_forged_and_foreign_links_show_no_button_and_no_code(self):
		for case, html in (
			("expired", self.page(minutes=60 * 24 * 30)),
			("forged", self.page(s="0" * 43)),
			("of another message", self.page(m="X")),
		):
			with self.subTest(case=case):
				self.assertNotIn("<button", html)
				self.assertNotIn(self.asked.name, html)
