from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.automation.notifications import (
	BY_DATE,
	documents_for_today,
	evaluate_alert,
	get_context,
	trigger_daily_alerts,
)
from frappe.email.doctype.notification.recipients import Recipients
from frappe.model.document import Document
from frappe.utils import cint

__all__ = ["Notification", "evaluate_alert", "get_context", "trigger_daily_alerts"]

FORBIDDEN_DOCUMENT_TYPES = ("Email Queue", "Notification Log", "Error Log", "Scheduled Job Log")
NUMERIC = ("Check", "Int", "Float", "Currency", "Percent")


class Notification(Document):
	def autoname(self):
		if not self.name:
			self.name = self.subject

	def validate(self):
		self.validate_templates()
		if self.event in BY_DATE and not self.date_changed:
			frappe.throw(_("Please specify which date field must be checked"))
		if self.event == "Value Change" and not self.value_changed:
			frappe.throw(_("Please specify which value field must be checked"))
		if self.document_type in FORBIDDEN_DOCUMENT_TYPES:
			frappe.throw(_("Cannot set Notification on Document Type {0}").format(self.document_type))
		self.validate_condition()

	def on_update(self):
		frappe.clear_cache()

	def after_delete(self):
		frappe.clear_cache()

	def validate_templates(self):
		"""A template that cannot be read would fail only when it is needed."""
		from frappe.utils.jinja import validate_template

		for text in (self.subject, self.message):
			if text:
				validate_template(text)

	def validate_condition(self):
		"""The condition must hold or not hold for an empty document, without an error."""
		if not self.condition:
			return
		context = get_context(frappe.new_doc(self.document_type).as_dict())
		try:
			frappe.safe_eval(self.condition, None, context)
		except Exception:
			frappe.throw(_("The Condition '{0}' is invalid").format(self.condition))

	def get_documents_for_today(self) -> list[Any]:
		"""Return the documents whose date lies as many days off as the notification says."""
		return [frappe.get_doc(self.document_type, name) for name in documents_for_today(self)]

	def send(self, doc: Any) -> None:
		"""Tell the recipients about a document by the channel, and set the property that follows."""
		context = {**get_context(doc), "alert": self, "comments": None}
		recipients = Recipients(self, doc, context)
		if self.channel == "Email":
			self.send_an_email(doc, context, recipients)
		elif self.channel in ("Slack", "SMS"):
			frappe.throw(_("Channel {0} is not available").format(self.channel))
		if self.channel == "System Notification" or self.send_system_notification:
			self.create_system_notification(doc, context, recipients)
		self.set_property(doc)

	def send_an_email(self, doc: Any, context: dict[str, Any], recipients: Recipients) -> None:
		"""Write the mail into the outbox."""
		if not recipients.everybody():
			return
		attachments = []
		if self.attach_print:
			attachments.append(
				{
					"print_format_attachment": 1,
					"doctype": doc.doctype,
					"name": doc.name,
					"print_format": self.print_format,
				}
			)
		frappe.sendmail(
			recipients=recipients.to,
			cc=recipients.cc,
			bcc=recipients.bcc,
			sender=self.sender_email or "",
			subject=self.render(self.subject, context),
			message=self.render(self.message, context),
			as_markdown=self.message_type == "Markdown" and "</" not in (self.message or ""),
			reference_doctype=doc.doctype,
			reference_name=doc.name,
			attachments=attachments,
			expose_recipients="header" if recipients.cc else None,
		)

	def create_system_notification(self, doc: Any, context: dict[str, Any], recipients: Recipients) -> None:
		"""Write the notice into the desks of the recipients."""
		from frappe.automation.notices import make_notification_logs

		notice = {
			"type": "Alert",
			"document_type": doc.doctype,
			"document_name": doc.name,
			"subject": self.render(self.subject, context),
			"from_user": doc.modified_by or doc.owner,
			"email_content": self.render(self.message, context),
		}
		make_notification_logs(notice, recipients.everybody())

	@staticmethod
	def render(template: str | None, context: dict[str, Any]) -> str:
		"""Return a template with the values of a document."""
		text = template or ""
		return frappe.render_template(text, context) if "{" in text else text

	def set_property(self, doc: Any) -> None:
		"""Set the field of the document that the notification names, without notifying again."""
		fieldname = self.set_property_after_alert
		df = doc.meta.get_field(fieldname) if fieldname else None
		if df is None or doc.flags.in_notification_update:
			return
		if int(doc.docstatus) == 1 and not df.allow_on_submit:
			return
		value = cint(self.property_value) if df.fieldtype in NUMERIC else self.property_value
		stored = frappe.get_doc(doc.doctype, doc.name)
		stored.set(fieldname, value)
		stored.flags.updater_reference = {
			"doctype": self.doctype,
			"docname": self.name,
			"label": _("via Notification"),
		}
		stored.flags.in_notification_update = True
		# The rule acts, not the user who happened to save the document.
		stored.save(ignore_permissions=True)
		doc.update({fieldname: stored.get(fieldname), "modified": stored.modified})


@frappe.whitelist()
def get_documents_for_today(notification: str) -> list[str]:
	"""Return the names of the documents a notification by date concerns today (needs read permission on
	it)."""
	doc = frappe.get_doc("Notification", notification)
	doc.check_permission("read")
	return [
		name for name in documents_for_today(doc) if frappe.has_permission(doc.document_type, "read", name)
	]
