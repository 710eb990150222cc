from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

RESENDABLE = ("Not Sent", "Partially Sent", "Error")


class EmailQueue(Document):
	@property
	def to(self) -> list[str]:
		"""The addresses of all recipients."""
		return [row.recipient for row in self.recipients]

	def send(self, is_background_task: bool = False, smtp_server_instance: object = None) -> bool:
		"""Send the mail now; commits. Return whether all recipients have it."""
		from frappe.email.queue import send_mail

		return send_mail(self.name)

	@staticmethod
	def clear_old_logs(days: int = 30) -> None:
		"""Delete sent mails older than `days`."""
		from frappe.email.queue import clear_outbox

		clear_outbox(days)


@frappe.whitelist(methods=["POST"])
def retry_sending(name: str) -> None:
	"""Put a mail that was given up back into the outbox (needs write permission).

	Raises:
		frappe.ValidationError: the mail was sent already.
	"""
	doc = frappe.get_doc("Email Queue", name)
	doc.check_permission("write")
	if doc.status not in RESENDABLE:
		frappe.throw(_("This mail was sent already"))
	doc.db_set({"status": "Not Sent", "retry": 0, "send_after": None, "error": None})
	for row in doc.recipients:
		if row.status != "Sent":
			row.db_set({"status": "Not Sent", "error": None})
	from frappe.email.send import enqueue_flush

	enqueue_flush()


send_now = retry_sending
