"""The last door: a mail about a record that any code of the host or another app writes stays unsent.

The app's own dispatcher names no document in its mails, so it does not pass here.
"""

from typing import Any

from crisis_intervention.access.closures.attachments import attaches_record
from crisis_intervention.access.closures.subject import is_confidential

HELD = "Error"


def hold_mail(doc: Any, method: str | None = None) -> None:
	"""Empty a mail about a record and mark it as failed; saving the record itself must not fail for it.

	:param doc: Email Queue document about to be written
	"""
	if not (is_confidential(doc.get("reference_doctype")) or attaches_record(doc.get("attachments"))):
		return
	doc.message = doc.error = "Held: records of cases and students are not mailed."
	doc.status = HELD
	doc.attachments = None
	doc.set("recipients", [])
	for field in ("show_as_cc", "sender", "unsubscribe_params"):
		doc.set(field, None)
