"""The 24-hour watch attacked: nobody leaves a minute uncovered, nobody ends it alone (art. 4, 18)."""

import json
from typing import Any

import frappe
from frappe.client import bulk_update, set_value
from frappe.client import save as client_save
from frappe.custom.doctype.property_setter.property_setter import make_property_setter
from frappe.desk.form.save import savedocs

from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import make_student_case, name_of_concern, person
from crisis_intervention.tests.factories_customising import customiser
from crisis_intervention.tests.factories_registry import make_special_watch
from crisis_intervention.tests.scenarios.attacks import FLAGS, AttackTestCase

KIND = "Special Watch"


class TestWatchAttacked(AttackTestCase):
	def setUp(self):
		super().setUp()
		# Accounts that nobody acts with first: they are made by the administrator, not by who acts.
		for key in ("security", "monitor", "administrator"):
			person(key)
		with self.freeze_time(self.at("09:00")):
			self.case = make_student_case(level="L1", student=self.student.name)
			self.watch = make_special_watch(student=self.student.name)
		self.name = self.watch.name

	def stored(self) -> Any:
		return frappe.get_doc(KIND, self.name)

	def watch_sent(self, **values: Any) -> dict[str, Any]:
		return self.sent(KIND, self.name, **values)

	def ended(self) -> dict[str, Any]:
		return {
			"status": "Ended",
			"ended_at": f"{self.at('10:00'):%F %T}",
			"end_ground": "Danger Over",
			"end_reason": "好了",
			"end_proposed_by": person("office"),
			"end_confirmed_by": person("leader"),
		}

	def ways(self, **values: Any) -> dict[str, Any]:
		"""Every way by which a client writes values."""
		return {
			"form": lambda: savedocs(json.dumps(self.watch_sent(**values)), "Save"),
			"form with flags": lambda: savedocs(json.dumps(self.watch_sent(flags=FLAGS, **values)), "Save"),
			"client": lambda: client_save(self.watch_sent(**values)),
			"client with flags": lambda: client_save(self.watch_sent(flags=FLAGS, **values)),
			"set value": lambda: set_value(KIND, self.name, values),
			"document": lambda: self.stored().update(values).save(),
		}

	def bulk_edit(self, **values: Any) -> None:
		"""Bulk edit names what failed instead of raising."""
		answer = bulk_update(json.dumps([{"doctype": KIND, "docname": self.name, **values}]))
		self.assertTrue(answer["failed_docs"])
		frappe.clear_messages()

	def test_no_client_ends_it(self):
		for key in ("class_teacher", "leader", "psychologist"):
			for way, attack in self.ways(**self.ended()).items():
				with self.subTest(key=key, way=way), self.acting(key, "10:00"):
					self.assert_refused(attack)
			with self.acting(key, "10:00"):
				self.bulk_edit(**self.ended())
		stored = self.stored()
		self.assertEqual((stored.status, stored.ended_at, stored.end_confirmed_by), ("Running", None, None))
		assert_nothing_leaks(self)

	def test_no_client_leaves_the_student_alone(self):
		make_property_setter(KIND, "observer", "reqd", 0, "Check")
		self.addCleanup(frappe.clear_cache, doctype=KIND)
		for way, attack in self.ways(observer=None).items():
			with self.subTest(way=way), self.acting("class_teacher", "10:00"):
				self.assert_refused(attack, frappe.ValidationError)
		for key in ("monitor", "administrator"):
			with self.subTest(key=key), self.acting("class_teacher", "10:00"):
				self.assert_refused(lambda key=key: set_value(KIND, self.name, "observer", person(key)))
				self.assert_refused(lambda key=key: self.stored().relieve(person(key)))
		self.assertEqual(self.stored().observer, person("class_teacher"))
		assert_nothing_leaks(self)

	def test_no_client_calls_what_only_the_server_calls(self):
		for method in ("write_end", "start", "release_case", "db_set"):
			with self.subTest(method=method), self.acting("leader", "10:00"):
				self.assert_refused(
					lambda method=method: self.call_method(method, self.watch_sent(**self.ended()))
				)
		self.assertEqual(self.stored().status, "Running")
		assert_nothing_leaks(self)

	def test_proposal_sent_with_the_form_is_not_believed(self):
		with self.acting("office", "10:00"):
			forged = self.watch_sent(
				end_proposed_by=person("leader"), end_ground="Danger Over", end_reason="好了"
			)
			self.assert_refused(lambda: self.call_method("second_end", forged, agrees=1, reason="同意"))
		self.assertEqual(self.stored().status, "Running")
		assert_nothing_leaks(self)

	def test_begin_is_not_moved_without_a_reason(self):
		with self.acting("class_teacher", "10:00"):
			later = f"{self.at('09:50'):%F %T}"
			self.assert_refused(lambda: set_value(KIND, self.name, "started_at", later))
			set_value(KIND, self.name, {"observer_since": later, "entered_at": later})
		stored = self.stored()
		self.assertEqual(f"{stored.started_at:%H:%M} {stored.observer_since:%H:%M}", "09:00 09:00")
		assert_nothing_leaks(self)

	def test_account_of_the_observer_is_closed_and_the_watch_has_the_next_person(self):
		with self.acting("class_teacher", "10:00"):
			self.stored().relieve(person("security"))
		with self.freeze_time(self.at("10:30")), self.as_user(customiser()):
			user = frappe.get_doc("User", person("security"))
			user.enabled = 0
			user.save()
		stored = self.stored()
		self.assertEqual((stored.status, stored.observer), ("Running", person("leader")))
		self.assertEqual(f"{stored.observer_since:%H:%M}", "10:30")
		assert_nothing_leaks(self)

	def test_person_of_concern_neither_watches_nor_ends(self):
		with self.acting("leader", "10:00"):
			self.stored().propose_end("Handed to Guardian", "家长已接走")
		name_of_concern(self.case, person("office"))
		with self.acting("office", "10:05"):
			self.assert_refused(lambda: self.stored().second_end(1, "同意"), frappe.PermissionError)
		with self.acting("class_teacher", "10:10"):
			self.assert_refused(lambda: self.stored().relieve(person("office")))
		self.assertEqual(self.stored().status, "Running")
		assert_nothing_leaks(self, names=["家长已接走"])
