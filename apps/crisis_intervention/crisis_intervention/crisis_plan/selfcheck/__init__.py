"""The configuration self-check: what the engine would stumble over, before it does.

As a report in the desk, and as `bench --site … execute crisis_intervention.crisis_plan.selfcheck.run`.
"""

from crisis_intervention.crisis_plan.selfcheck.finding import ERROR, Finding
from crisis_intervention.crisis_plan.selfcheck.messages import check_messages
from crisis_intervention.crisis_plan.selfcheck.people import check_people
from crisis_intervention.crisis_plan.selfcheck.plan import check_plan
from crisis_intervention.crisis_plan.selfcheck.running import check_running

CHECKS = (check_running, check_plan, check_people, check_messages)


def findings() -> list[Finding]:
	"""Return all findings, errors first."""
	found = [finding for check in CHECKS for finding in check()]
	return sorted(found, key=lambda finding: (finding.severity != ERROR, finding.check, finding.subject))


def run() -> dict:
	"""Print the findings and return them counted, for the command line.

	:returns: `errors`, `warnings` and the `findings` as rows
	"""
	found = findings()
	for finding in found:
		print(f"{finding.severity:8} {finding.check}: {finding.subject} – {finding.message}")
	errors = sum(finding.severity == ERROR for finding in found)
	return {
		"errors": errors,
		"warnings": len(found) - errors,
		"findings": [finding.as_row() for finding in found],
	}
