"""What happens to the open duties, watches and measures of a person who leaves."""

from typing import Any


def hand_over_duties(doc: Any, method: str | None = None) -> None:
	"""Give open duties, watches and measures of a user who was disabled to whoever fills the function now.

	:param doc: User document
	"""
	if doc.enabled or not doc.has_value_changed("enabled") or doc.is_new():
		return
	from crisis_intervention.crisis_plan.duties.reassignment import reassign_all_of
	from crisis_intervention.intervention.plans import relieve
	from crisis_intervention.intervention.watches import relieve_leaver

	reassign_all_of(doc.name, reason="Left")
	relieve_leaver(doc.name)
	relieve([doc.name])
