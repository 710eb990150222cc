"""Do messages get out: a fit template for each occasion, no message stuck or refused."""

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.utils import add_days, now_datetime

from crisis_intervention.access.closures.subject import is_confidential
from crisis_intervention.crisis_plan.dispatch.neutral import faults
from crisis_intervention.crisis_plan.dispatch.texts import template_of
from crisis_intervention.crisis_plan.doctype.crisis_mail_template.crisis_mail_template import labels_of_levels
from crisis_intervention.crisis_plan.people.context import built
from crisis_intervention.crisis_plan.selfcheck.finding import ERROR, WARNING, Finding

OCCASIONS = ("Raised", "Joined", "Reminder", "Escalation", "Reassigned", "Digest")
TEXT_FIELDS = ("subject_zh", "body_zh", "subject_en", "body_en")


def check_messages() -> Iterator[Finding]:
	"""Check templates and the last week's dispatch."""
	yield from _templates()
	yield from _refused()
	yield from _failed()
	yield from _other_ways()


def _templates() -> Iterator[Finding]:
	for occasion in OCCASIONS:
		template = template_of(occasion)
		if not template:
			yield Finding(
				WARNING, _("Template missing"), _(occasion), _("The built-in text is used for this occasion.")
			)
		elif any(faults(template.get(field) or "", labels_of_levels()) for field in TEXT_FIELDS):
			yield Finding(ERROR, _("Template unfit"), template.name, _("It could carry a name or a level."))


def _refused() -> Iterator[Finding]:
	week = {"status": "Refused", "at": [">=", add_days(now_datetime(), -7)]}
	recipients = set(frappe.get_all("Dispatch Log", filters=week, pluck="recipient"))
	for recipient in sorted(recipients):
		yield Finding(
			ERROR,
			_("Template without permitted recipient"),
			recipient,
			_("This person was to be told about a duty but may not read it."),
		)


def _failed() -> Iterator[Finding]:
	failed = frappe.db.count("Dispatch Log", {"status": "Failed"})
	if failed:
		yield Finding(ERROR, _("Messages failed"), str(failed), _("The Dispatch Log says why."))


# Ways of the host that send, with the field that names their DocType and the filter of those switched on.
OTHER_WAYS = (
	("Notification", "document_type", {"enabled": 1, "channel": ["!=", "System Notification"]}),
	("Workflow", "document_type", {"is_active": 1, "send_email_alert": 1}),
	("Webhook", "webhook_doctype", {"enabled": 1}),
	("Assignment Rule", "document_type", {"disabled": 0}),
	("Auto Repeat", "reference_doctype", {"disabled": 0}),
)


def _other_ways() -> Iterator[Finding]:
	"""Guards refuse these when they are saved; one that was there before the app still has to go."""
	for doctype, field, switched_on in OTHER_WAYS:
		if not built(doctype):
			continue
		for row in frappe.get_all(doctype, filters=switched_on, fields=["name", field], order_by="name asc"):
			if is_confidential(row.get(field)):
				yield Finding(
					ERROR,
					_("Message past the dispatcher"),
					f"{_(doctype)}: {row.name}",
					_("It sends records of {0}. Switch it off.").format(_(row.get(field))),
				)
