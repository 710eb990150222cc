from __future__ import annotations

import ast
import re
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

METHOD = re.compile(r"^[A-Za-z_][\w.-]*$")


class ServerScript(Document):
	"""A script an admin writes; it runs in the sandbox of `frappe.utils.safe_exec`."""

	def validate(self) -> None:
		frappe.only_for("Script Manager", True)
		self.check_syntax()
		self.check_needs()
		if self.script_type == "Permission Query":
			self.doctype_event = None

	def check_syntax(self) -> None:
		"""Refuse what is not Python, with the line.

		Raises:
			ValidationError: the script cannot be compiled.
		"""
		try:
			ast.parse(self.script or "")
		except SyntaxError as error:
			message = _("Script cannot be compiled: {0} in line {1}")
			frappe.throw(message.format(error.msg, error.lineno), title=_("Compilation warning"))

	def check_needs(self) -> None:
		"""Each kind of script needs to know what it runs for."""
		needs = {
			"DocType Event": ("reference_doctype", "doctype_event"),
			"Permission Query": ("reference_doctype",),
			"API": ("api_method",),
			"Scheduler Event": ("event_frequency",),
		}
		for fieldname in needs.get(self.script_type, ()):
			if not self.get(fieldname):
				label = self.meta.get_label(fieldname)
				frappe.throw(_("{0} is mandatory for {1}").format(_(label), _(self.script_type)))
		if self.script_type == "API" and not METHOD.match(self.api_method):
			frappe.throw(_("API Method may have letters, digits, points, hyphens and underscores only"))

	def on_update(self) -> None:
		self.clear_caches()
		self.sync_scheduled_job()

	def on_trash(self) -> None:
		self.clear_caches()
		for name in self.scheduled_jobs:
			frappe.delete_doc("Scheduled Job Type", name, ignore_permissions=True, force=True)

	def clear_caches(self) -> None:
		"""Let every process find scripts anew."""
		frappe.cache.delete_value("server_script_map")
		frappe.clear_cache(doctype=self.reference_doctype or None)

	@property
	def scheduled_jobs(self) -> list[str]:
		"""Names of the Scheduled Job Types that run this script."""
		return frappe.get_all("Scheduled Job Type", filters={"server_script": self.name}, pluck="name")

	def sync_scheduled_job(self) -> None:
		"""A script for the scheduler has a Scheduled Job Type; others, and disabled ones, have none that
		runs.
		"""
		if self.script_type != "Scheduler Event" or self.disabled:
			for name in self.scheduled_jobs:
				frappe.db.set_value("Scheduled Job Type", name, "stopped", 1)
			return
		setup_scheduler_events(self.name, self.event_frequency, self.cron_format)

	def execute_method(self) -> dict[str, Any]:
		"""Run an API script for the current request.

		Returns:
			what the script put into `frappe.flags`.

		Raises:
			DoesNotExistError: it is no API script or it is disabled.
			PermissionError: a guest calls a script that is not for guests.
		"""
		from frappe.utils.safe_exec import safe_exec

		if self.script_type != "API" or self.disabled:
			raise frappe.DoesNotExistError
		if frappe.session.user == "Guest" and not self.allow_guest:
			raise frappe.PermissionError
		_globals, _locals = safe_exec(self.script, script_filename=self.name)
		return _globals.frappe.flags

	def execute_doc(self, doc: Document) -> None:
		"""Run a document event's script.

		Args:
			doc: the document; `doc` in the script.
		"""
		from frappe.utils.safe_exec import safe_exec

		safe_exec(self.script, _locals={"doc": doc}, restrict_commit_rollback=True, script_filename=self.name)

	def execute_scheduled_method(self) -> None:
		"""Run a scheduler event's script.

		Raises:
			DoesNotExistError: it is no script for the scheduler.
		"""
		from frappe.utils.safe_exec import safe_exec

		if self.script_type != "Scheduler Event":
			raise frappe.DoesNotExistError
		safe_exec(self.script, script_filename=self.name)

	def get_permission_query_conditions(self, user: str) -> str | None:
		"""Return the SQL condition a permission query script sets.

		Args:
			user: who asks; `user` in the script.
		"""
		from frappe.utils.safe_exec import safe_exec

		names = {"user": user, "conditions": ""}
		safe_exec(self.script, None, names, script_filename=self.name)
		return names["conditions"] or None


def setup_scheduler_events(script_name: str, frequency: str, cron_format: str | None = None) -> None:
	"""Insert or change the Scheduled Job Type of a script.

	Args:
		script_name: the Server Script.
		frequency: as in Scheduled Job Type.
		cron_format: for frequency "Cron".
	"""
	method = frappe.scrub(f"{script_name}-{frequency}")
	name = frappe.db.get_value("Scheduled Job Type", {"server_script": script_name})
	values = {
		"method": method,
		"frequency": frequency,
		"server_script": script_name,
		"cron_format": cron_format,
	}
	if name:
		job = frappe.get_doc("Scheduled Job Type", name)
		job.update({**values, "stopped": 0})
		job.save(ignore_permissions=True)
	else:
		frappe.get_doc({"doctype": "Scheduled Job Type", **values}).insert(ignore_permissions=True)
