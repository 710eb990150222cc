"""Measures the plan engine: a tick over 100,000 open duties, and what 200 rules add to a save.

Run with `env/bin/python tests/benchmarks/engine.py [--duties 100000]`.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from run import bench

SITE = "engine-bench.localhost"
RULES = 200
ROUNDS = 15


def main() -> None:
	"""Build a throw-away site, fill it and print the medians."""
	parser = argparse.ArgumentParser(description=__doc__)
	parser.add_argument("--duties", type=int, default=100_000)
	duties = parser.parse_args().duties
	with tempfile.TemporaryDirectory() as folder:
		sites = Path(folder) / "sites"
		sites.mkdir()
		(sites / "apps.txt").write_text("frappe\ncrisis_intervention\n", encoding="utf-8")
		(sites / "common_site_config.json").write_text("{}", encoding="utf-8")
		bench(sites, "new-site", SITE, "--admin-password", "admin", "--install-app", "crisis_intervention")
		os.chdir(sites)
		measure(duties)


def measure(duties: int) -> None:
	"""Connect to the site and print both figures."""
	import frappe

	frappe.init(SITE)
	frappe.connect()
	try:
		measure_tick(duties)
		measure_rules()
	finally:
		frappe.destroy()


def measure_tick(duties: int) -> None:
	"""Print the time of a tick with nothing due, and of one with 20 duties due."""
	import frappe
	from frappe.utils import now_datetime, nowdate

	from crisis_intervention.crisis_plan.duties.tick import tick

	fill_ledger(duties)
	frappe.db.set_single_value("Crisis Settings", "last_digest", nowdate())
	frappe.db.commit()
	report(f"tick over {duties} open duties, none due", median(tick))
	frappe.db.sql("update `tabDuty` set next_step_at = %s where idx < 20", (now_datetime(),))
	frappe.db.commit()
	report(f"tick over {duties} open duties, 20 due", median(tick, rounds=1))


def fill_ledger(number: int) -> None:
	"""Insert open duties whose next step lies hours ahead."""
	import frappe
	from frappe.utils import now_datetime

	now = now_datetime()
	fields = ["name", "owner", "creation", "modified", "modified_by", "idx", "kind", "state", "tier"]
	fields += ["raised_at", "handled_until", "due_at", "next_step_at", "rule", "article", "dedupe_key"]
	rows = []
	for index in range(number):
		due = now + timedelta(hours=10 + index % 500)
		row = (f"D-{index:08d}", "Administrator", now, now, "Administrator", index, "Assess", "Open", "Due")
		rows.append((*row, now, now, due, due, "13-ASSESS-Y", 13, f"bench-{index}"))
	frappe.db.bulk_insert("Duty", fields, rows)
	frappe.db.commit()


def measure_rules() -> None:
	"""Print the time of a save without rules and with 200 rules that listen to the DocType."""
	import frappe

	note = frappe.get_doc({"doctype": "ToDo", "description": "x"}).insert()

	def save() -> None:
		note.description = f"y{time.perf_counter_ns()}"
		note.save()

	save()
	without = median(save)
	for index in range(RULES):
		add_rule(index)
	save()
	with_rules = median(save)
	report("save without rules", without)
	report(f"save with {RULES} rules on its DocType", with_rules)
	report(f"added by {RULES} rules", with_rules - without)
	report(f"matching {RULES} rules alone", median(lambda: match_all(note)))


def match_all(note: object) -> None:
	"""Match the rules of a document as its save does, free of the noise of the disk."""
	from crisis_intervention.crisis_plan.rules.cache import rules
	from crisis_intervention.crisis_plan.rules.match import matching

	listening = rules().triggers[note.doctype]
	matching(listening, "on_update", note, note.has_value_changed, lambda rule: True)


def add_rule(index: int) -> None:
	"""Insert a rule that listens to a field value of ToDo that never comes."""
	import frappe

	frappe.get_doc(
		{
			"doctype": "Duty Rule",
			"rule_code": f"BENCH-{index}",
			"title": "bench",
			"article": 1,
			"kind": "Assess",
			"tier": "Due",
			"trigger_type": "Event",
			"document_type": "ToDo",
			"trigger_event": "Field Value",
			"trigger_field": "description",
			"trigger_value": f"never {index}",
			"condition": "doc.status == 'Open'",
			"responsible": "Team Leader",
			"due_unit": "Hours",
			"fulfil_match": "Acknowledgement",
		}
	).insert()


def median(action: Callable[[], object], rounds: int = ROUNDS) -> float:
	"""Return the median time of an action in milliseconds."""
	times = []
	for _ in range(rounds):
		began = time.perf_counter()
		action()
		times.append(1000 * (time.perf_counter() - began))
	return statistics.median(times)


def report(what: str, milliseconds: float) -> None:
	"""Print one figure."""
	print(f"{what:55} {milliseconds:9.2f} ms")


if __name__ == "__main__":
	main()
