"""Messages to and from people about documents."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.email.addresses import plain, split_addresses
from frappe.model.document import Document


class Communication(Document):
	def validate(self):
		if not self.sent_or_received:
			self.sent_or_received = "Sent"
		self.set_reference_owner()
		self.set_status()
		self.set_sender()
		self.check_addresses()
		self.refuse_circle()
		self.content = frappe.utils.sanitize_html(self.content or "", always_sanitize=True)

	def set_reference_owner(self) -> None:
		"""Keep who made the document the message is about."""
		if self.reference_doctype and self.reference_name and not self.reference_owner:
			owner = frappe.db.get_value(self.reference_doctype, self.reference_name, "owner")
			self.reference_owner = owner

	def set_status(self) -> None:
		"""A message about a document is linked, others are open or closed."""
		if not self.is_new():
			return
		if self.reference_doctype and self.reference_name:
			self.status = "Linked"
		elif self.sent_or_received == "Sent":
			self.status = "Closed"
		else:
			self.status = "Open"

	def set_sender(self) -> None:
		"""Without a sender the message comes from its user."""
		if not self.sender and self.sent_or_received == "Sent" and self.user not in (None, "Guest"):
			self.sender = frappe.db.get_value("User", self.user, "email") or self.user
		if self.sender and not self.sender_full_name:
			self.sender_full_name = frappe.utils.get_fullname(plain(self.sender)) or self.sender

	def check_addresses(self) -> None:
		"""Refuse recipients that are no addresses."""
		if self.communication_medium == "Email":
			for fieldname in ("recipients", "cc", "bcc"):
				split_addresses(self.get(fieldname))

	def refuse_circle(self) -> None:
		"""A message is not about itself."""
		if (
			self.reference_doctype == "Communication"
			and self.reference_name
			and self.reference_name == self.name
		):
			frappe.throw(_("A communication cannot refer to itself"), frappe.CircularLinkingError)

	def after_insert(self):
		if self.reference_doctype and self.reference_name:
			frappe.publish_realtime(
				"docinfo_update",
				{"doc": {"name": self.name}, "key": "communications", "action": "add"},
				doctype=self.reference_doctype,
				docname=self.reference_name,
				after_commit=True,
			)

	def get_outgoing_email_account(self) -> Any:
		"""Return the account that would send the message, None without one."""
		from frappe.email.account import find_outgoing

		return find_outgoing(self.sender, self.email_account)

	def send_email(
		self, attachments: list[dict] | None = None, send_me_a_copy: bool = False, **kwargs: Any
	) -> Any:
		"""Write the message into the outbox and return the Email Queue document.

		Args:
			attachments: as for `frappe.sendmail`.
			send_me_a_copy: to the sender as well.
		"""
		cc = split_addresses(self.cc)
		if send_me_a_copy and self.sender:
			cc.append(plain(self.sender))
		queued = frappe.sendmail(
			recipients=self.recipients,
			cc=cc,
			bcc=self.bcc,
			sender=self.sender,
			subject=self.subject,
			message=self.content,
			reference_doctype=self.reference_doctype,
			reference_name=self.reference_name,
			attachments=attachments,
			communication=self.name,
			send_after=self.send_after,
			read_receipt=self.read_receipt,
			expose_recipients="header",
			**kwargs,
		)
		self.db_set({"message_id": queued.message_id if queued else None, "delivery_status": "Sending"})
		return queued


def has_permission(doc: Any, ptype: str = "read", user: str | None = None) -> bool:
	"""Tell whether the document a message is about may be read by the user."""
	if not (doc.get("reference_doctype") and doc.get("reference_name")):
		return True
	if doc.reference_doctype == "Communication" and doc.reference_name == doc.name:
		return True
	return bool(frappe.has_permission(doc.reference_doctype, "read", doc.reference_name, user=user))


def get_permission_query_conditions_for_communication(user: str | None = None) -> str | None:
	"""Return the SQL that limits lists to messages of one's own; None for System Managers."""
	user = user or frappe.session.user
	if user == "Administrator" or "System Manager" in frappe.get_roles(user):
		return None
	name = frappe.db.escape(user)
	return f"(`tabCommunication`.`user` = {name} or `tabCommunication`.`owner` = {name})"


def on_doctype_update() -> None:
	"""Timelines are read by document."""
	frappe.db.add_index("Communication", ["reference_doctype", "reference_name"])
