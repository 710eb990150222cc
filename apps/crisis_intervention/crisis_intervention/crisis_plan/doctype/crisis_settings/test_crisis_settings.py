import frappe

from crisis_intervention.crisis_plan.doctype.duty.test_duty import DutyTestCase


class TestCrisisSettings(DutyTestCase):
	def change(self, **fields):
		settings = frappe.get_doc("Crisis Settings")
		settings.update(fields)
		settings.save()

	def test_urgent_ladder_must_repeat(self):
		settings = frappe.get_doc("Crisis Settings")
		for row in settings.urgent_ladder:
			row.repeat_minutes = 0
		self.assert_refused(settings.save)
		self.assert_refused(lambda: self.change(urgent_ladder=[]))

	def test_one_channel_stays_on(self):
		self.assert_refused(lambda: self.change(email_enabled=0, desk_enabled=0, webhook_enabled=0))

	def test_links_expire_within_a_week(self):
		for hours in (0, 200):
			with self.subTest(hours=hours):
				self.assert_refused(lambda hours=hours: self.change(link_valid_hours=hours))

	def test_time_zone_stays_once_duties_exist(self):
		self.red_report()
		system = frappe.get_doc("System Settings")
		system.time_zone = "Europe/Berlin" if system.time_zone != "Europe/Berlin" else "Asia/Tokyo"
		system.flags.ignore_mandatory = True
		self.assert_refused(system.save)
