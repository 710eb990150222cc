"""A barometer that needs a person opens a review for the psychology teacher; the rules do the rest."""

from typing import Any

import frappe

from crisis_intervention.early_warning.observers import NEUTRAL_OWNER
from crisis_intervention.early_warning.periodic import calm


def open_review(barometer: Any) -> str:
	"""Open the review of a barometer that alarms or has been calm for suspiciously long (art. 12, 22).

	:param barometer: the stored Class Barometer
	:returns: code of the Barometer Review, empty when there is nothing to decide
	"""
	run = calm.calm_run(barometer.school_class)
	reason = barometer.alarm or _calm_reason(barometer, run)
	if not reason:
		return ""
	review = frappe.get_doc(
		{
			"doctype": "Barometer Review",
			"class_barometer": barometer.name,
			"school_class": barometer.school_class,
			"reason": reason,
			"calm_run": 0 if barometer.alarm else run.periods,
			"raised_at": barometer.entry_time,
			"owner": NEUTRAL_OWNER,
		}
	)
	# A monitor may neither read nor write what is decided about the own barometer.
	return review.insert(ignore_permissions=True).name


def _calm_reason(barometer: Any, run: calm.Run) -> str:
	if not barometer.all_calm or _is_second(barometer):
		return ""
	return calm.reason_for(run, calm.limit(), calm.has_matters(barometer.school_class, run.since))


def _is_second(barometer: Any) -> bool:
	"""Two monitors of a class may both say that it is calm; the run has not grown by the second."""
	other = {
		"school_class": barometer.school_class,
		"period": barometer.period,
		"name": ["!=", barometer.name],
	}
	return bool(frappe.db.exists("Class Barometer", other))
