"""What the desk and the mail link may ask of the engine; thin, every check lies in the engine."""

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

from crisis_intervention.crisis_plan.dispatch.links import open_link
from crisis_intervention.crisis_plan.duties import acknowledgement, reassignment, waiver
from crisis_intervention.crisis_plan.duties.ledger import NEUTRAL_OWNER


@frappe.whitelist(methods=["POST"])
def acknowledge(duty: str) -> dict:
	"""Acknowledge a duty of the signed-in user.

	:param duty: code of the duty
	:returns: `acknowledged`: False when it was acknowledged before
	"""
	doc = frappe.get_doc("Duty", duty)
	return {"acknowledged": acknowledgement.acknowledge(doc, frappe.session.user, "Desk")}


@frappe.whitelist(allow_guest=True, methods=["POST"])
def acknowledge_by_link(m: str, e: str, s: str) -> None:
	"""Acknowledge by the link of a mail and show the outcome as a page.

	:param m: code of the message
	:param e: expiry, seconds since the epoch
	:param s: seal
	"""
	link = open_link(m, e, s)
	if not link:
		_show(_("This link is no longer valid."), success=False)
		return
	if link.used or not _acknowledge(link):
		_show(_("{0} was acknowledged before.").format(link.duty.name), success=True)
		return
	_show(_("{0} is acknowledged.").format(link.duty.name), success=True)


@frappe.whitelist(methods=["POST"])
def request_waiver(duty: str, reason: str) -> None:
	"""Ask for a duty to be waived.

	:param duty: code of the duty
	:param reason: why it need not be met
	"""
	doc = frappe.get_doc("Duty", duty)
	doc.check_permission("read")
	waiver.request_waiver(doc, frappe.session.user, reason)


@frappe.whitelist(methods=["POST"])
def approve_waiver(duty: str) -> None:
	"""Waive a duty that another person asked to be waived.

	:param duty: code of the duty
	"""
	doc = frappe.get_doc("Duty", duty)
	doc.check_permission("read")
	waiver.approve_waiver(doc, frappe.session.user)


@frappe.whitelist(methods=["POST"])
def reassign(duty: str, user: str) -> None:
	"""Give a duty to another person.

	:param duty: code of the duty
	:param user: the new responsible person
	"""
	doc = frappe.get_doc("Duty", duty)
	doc.check_permission("read")
	reassignment.reassign(doc, user, frappe.session.user)


@frappe.whitelist()
def dry_run(values: str, at: str | None = None, submitted: bool | int = False) -> list:
	"""Show what a document would call, without writing or sending anything.

	:param values: JSON of `doctype` and field values
	:param at: site time at which it would come, now by default
	:param submitted: whether it would be submitted as well
	:raises frappe.PermissionError: for whoever may not read Duty Rules
	"""
	from crisis_intervention.crisis_plan.duties.dry_run import dry_run as run

	frappe.has_permission("Duty Rule", "read", throw=True)
	return run(frappe.parse_json(values), get_datetime(at), bool(frappe.utils.cint(submitted)))


def _acknowledge(link: frappe._dict) -> bool:
	try:
		done = acknowledgement.acknowledge(link.duty, link.user, "Link")
	except frappe.PermissionError:
		# Who lost the right to know learns nothing more from an old link.
		frappe.clear_messages()
		return False
	frappe.db.set_value(
		"Dispatch Log", link.message, "link_used_at", now_datetime(), modified_by=NEUTRAL_OWNER
	)
	return done


def _show(text: str, success: bool) -> None:
	frappe.respond_as_web_page(
		_("Acknowledge"),
		frappe.utils.escape_html(text),
		success=success,
		http_status_code=200 if success else 410,
		indicator_color="green" if success else "orange",
	)
