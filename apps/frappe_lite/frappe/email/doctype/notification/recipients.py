"""Who gets a notification about a document."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.email.addresses import split_addresses


class Recipients:
	"""Addresses of a notification: `to`, `cc`, `bcc`, each without doubles."""

	def __init__(self, alert: Any, doc: Any, context: dict[str, Any]) -> None:
		self._doc = doc
		self._context = context
		to: list[str] = []
		cc: list[str] = []
		bcc: list[str] = []
		for row in alert.recipients or ():
			if row.condition and not frappe.safe_eval(row.condition, None, context):
				continue
			to += self._by_field(row.receiver_by_document_field)
			to += self._by_role(row.receiver_by_role)
			cc += self._written(row.cc)
			bcc += self._written(row.bcc)
		if alert.send_to_all_assignees:
			to += self._assignees()
		self.to, self.cc, self.bcc = (list(dict.fromkeys(group)) for group in (to, cc, bcc))

	def everybody(self) -> list[str]:
		"""Return all addresses without doubles."""
		return list(dict.fromkeys([*self.to, *self.cc, *self.bcc]))

	def _by_field(self, setting: str | None) -> list[str]:
		"""Read "field" of the document or "field,table" of the rows of one of its tables."""
		if not setting:
			return []
		fieldname, _comma, table = setting.partition(",")
		holders = (self._doc.get(table.strip()) or []) if table else [self._doc]
		found: list[str] = []
		for holder in holders:
			found += self._addresses(holder.get(fieldname.strip()))
		return found

	@staticmethod
	def _addresses(value: Any) -> list[str]:
		if not value:
			return []
		if "@" in value:
			return split_addresses(value)
		email = frappe.db.get_value("User", {"name": value, "enabled": 1}, "email")
		return [email] if email else []

	@staticmethod
	def _by_role(role: str | None) -> list[str]:
		if not role:
			return []
		return frappe.db.sql_list(
			"""select distinct u.`email` from `tabUser` u
			join `tabHas Role` r on r.`parent` = u.`name` and r.`parenttype` = 'User'
			where r.`role` = %s and u.`enabled` = 1 and u.`name` not in ('Administrator', 'Guest')
				and ifnull(u.`email`, '') != ''""",
			role,
		)

	def _written(self, template: str | None) -> list[str]:
		if not template:
			return []
		text = frappe.render_template(template, self._context) if "{" in template else template
		return split_addresses(text)

	def _assignees(self) -> list[str]:
		users = frappe.get_all(
			"ToDo",
			filters={"reference_type": self._doc.doctype, "reference_name": self._doc.name, "status": "Open"},
			pluck="allocated_to",
		)
		return [address for user in users for address in self._addresses(user)]
