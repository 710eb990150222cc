"""The tick, once a minute: due duties by index, waiting messages, the digest, a heartbeat."""

from datetime import datetime, timedelta

import frappe
from frappe.utils import get_datetime, now_datetime

from crisis_intervention.access.closures.jobs import fails_in_codes
from crisis_intervention.crisis_plan.dispatch import digest, sending
from crisis_intervention.crisis_plan.duties import ledger
from crisis_intervention.crisis_plan.duties.climbing import climb

AT_A_TIME = 20
# Longer is no pace of a scheduler: it was down, and the heartbeat says so.
LONGEST_NOTED_SECONDS = 24 * 60 * 60
RETRY_AFTER = timedelta(minutes=10)


@fails_in_codes
def tick() -> dict[str, int]:
	"""Do everything that time itself calls for; what was missed while the scheduler was down is done once.

	:returns: counts of `duties` looked at, `steps` fired, `failed` and `digests`
	"""
	now = now_datetime()
	counts = {"duties": 0, "steps": 0, "failed": 0, "digests": 0}
	while names := due_duties(now, AT_A_TIME):
		for name in names:
			_climb_safely(name, now, counts)
		# Few at a time: the work survives a kill, and a writer waits for a fraction of a second at most.
		frappe.db.commit()
	sending.retry_waiting()
	if digest.is_digest_time(now):
		counts["digests"] = digest.send_digests()
	beat(now)
	return counts


def due_duties(now: datetime, limit: int) -> list[str]:
	"""List duties whose ladder or due time calls for a look, the oldest first, by index."""
	duty = frappe.qb.DocType("Duty")
	query = frappe.qb.from_(duty).select(duty.name).where(duty.next_step_at <= now)
	return query.orderby(duty.next_step_at).limit(limit).run(pluck=True)


def beat(now: datetime) -> None:
	"""Write the heartbeat that the self-check reads."""
	last = frappe.db.get_single_value("Crisis Settings", "last_tick", cache=False)
	seconds = round((now - get_datetime(last)).total_seconds()) if last else 0
	values = {"last_tick": now, "tick_seconds": max(0, min(seconds, LONGEST_NOTED_SECONDS))}
	frappe.db.set_single_value("Crisis Settings", values, update_modified=False)
	frappe.db.commit()


def _climb_safely(name: str, now: datetime, counts: dict[str, int]) -> None:
	"""Climb for one duty; one that fails is undone, put off, and never holds up the others."""
	counts["duties"] += 1
	frappe.db.savepoint("one_duty")
	try:
		counts["steps"] += climb(name, now)
	except Exception as error:
		frappe.db.rollback(save_point="one_duty")
		counts["failed"] += 1
		frappe.log_error(
			title=f"Duty {name}: ladder step failed",
			message=f"{type(error).__name__} at the ladder of {name}",
		)
		ledger.change(name, next_step_at=now + RETRY_AFTER)
