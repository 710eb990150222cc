"""Measures how long 10,000 screening scores take from the sheet into the records.

Run with `env/bin/python tests/benchmarks/screening.py [--rows 10000] [--critical 200] [--rounds 3]`.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import statistics
import tempfile
import time
from pathlib import Path

from run import bench

SITE = "screening-bench.localhost"
IN_A_CLASS = 50
SEED = 20260901


def main() -> None:
	"""Build a throw-away site, fill a school and print the medians."""
	parser = argparse.ArgumentParser(description=__doc__)
	parser.add_argument("--rows", type=int, default=10_000)
	parser.add_argument("--critical", type=int, default=200, help="rows with a critical item")
	parser.add_argument("--rounds", type=int, default=3)
	asked = parser.parse_args()
	with tempfile.TemporaryDirectory() as folder:
		sites = Path(folder) / "sites"
		sites.mkdir()
		(sites / "apps.txt").write_text("frappe\ncrisis_intervention\n", encoding="utf-8")
		(sites / "common_site_config.json").write_text("{}", encoding="utf-8")
		bench(sites, "new-site", SITE, "--admin-password", "admin", "--install-app", "crisis_intervention")
		os.chdir(sites)
		measure(asked.rows, asked.critical, asked.rounds)


def measure(rows: int, critical: int, rounds: int) -> None:
	"""Connect to the site and print how long opening, checking, taking over and taking over again last."""
	import frappe

	frappe.init(SITE)
	frappe.connect()
	frappe.set_user("Administrator")
	try:
		classes, numbers = fill_school(rows)
		sheet = workbook(numbers, critical)
		times: dict[str, list[float]] = {}
		for _round in range(rounds):
			one_round(classes, sheet, times)
		for step, taken in times.items():
			print(f"{step:<58}{statistics.median(taken):>9.2f} s")
	finally:
		frappe.destroy()


def one_round(classes: list[str], sheet: bytes, times: dict[str, list[float]]) -> None:
	"""Take the sheet over into a new campaign, with the time of each step."""
	import frappe

	from crisis_intervention.early_warning.screening.importing import take_over

	campaign = frappe.get_doc(
		{
			"doctype": "Screening Campaign",
			"title": "bench",
			"year": 2026,
			"instrument": "SDQ",
			"responsible_teacher": "Administrator",
			"classes": [{"school_class": name} for name in classes],
		}
	).insert()
	timed(times, "open the campaign: a row for each consent", campaign.open_campaign)
	agree(campaign.name)
	timed(times, "attach the sheet", lambda: make_import(campaign.name, sheet))
	doc = frappe.get_last_doc("Screening Import")
	timed(times, "check the sheet: every bad row named", doc.check_sheet)
	timed(times, "take it over", lambda: take_over(doc.name))
	timed(times, "take it over again: nothing changes", lambda: take_over(doc.name))
	duties = frappe.db.count("Duty", {"rule": "11-CRITICAL"})
	print(f"{frappe.db.count('Screening Result')} results, {duties} duties for critical items")


def timed(times: dict[str, list[float]], step: str, action) -> None:
	"""Note how long a step lasts, its commit included."""
	import frappe

	began = time.perf_counter()
	action()
	frappe.db.commit()
	times.setdefault(step, []).append(time.perf_counter() - began)


def make_import(campaign: str, sheet: bytes) -> None:
	"""Upload the sheet."""
	import frappe

	values = {"doctype": "File", "file_name": "bench.xlsx", "content": sheet, "is_private": 1}
	file = frappe.get_doc(values).insert()
	frappe.get_doc({"doctype": "Screening Import", "campaign": campaign, "sheet": file.file_url}).insert()


def agree(campaign: str) -> None:
	"""Note consent of everybody; recording it is not what is measured."""
	import frappe

	consent = frappe.qb.DocType("Screening Consent")
	frappe.qb.update(consent).set(consent.state, "Given").where(consent.campaign == campaign).run()
	frappe.db.commit()


def fill_school(students: int) -> tuple[list[str], list[str]]:
	"""Insert classes and students; return codes of the classes and numbers of the students."""
	import frappe
	from frappe.utils import now_datetime

	now = now_datetime()
	stamps = (now, now, "Administrator", "Administrator")
	columns = ["name", "creation", "modified", "owner", "modified_by"]
	numbers = [f"2026{index:06d}" for index in range(students)]
	classes = [f"CL-BENCH{index:03d}" for index in range(-(-students // IN_A_CLASS))]
	rows = [(name, *stamps, f"班{name[-3:]}", "高一", 2026, 1) for name in classes]
	frappe.db.bulk_insert("School Class", [*columns, "title", "grade", "year", "enabled"], rows)
	rows = [
		(f"ST-{number}", *stamps, "某某", number, classes[index // IN_A_CLASS], "Enrolled")
		for index, number in enumerate(numbers)
	]
	fields = [*columns, "student_name", "student_number", "school_class", "status"]
	frappe.db.bulk_insert("Student Profile", fields, rows)
	frappe.db.commit()
	return classes, numbers


def workbook(numbers: list[str], critical: int) -> bytes:
	"""Return an Excel file with a score for each number; `critical` of them have a critical item."""
	from openpyxl import Workbook

	chance = random.Random(SEED)
	with_item = set(chance.sample(numbers, min(critical, len(numbers))))
	book, out = Workbook(write_only=True), io.BytesIO()
	page = book.create_sheet()
	page.append(["学号", "总分", "关键条目"])
	for number in numbers:
		page.append([number, chance.randint(0, 40), "是" if number in with_item else "否"])
	book.save(out)
	return out.getvalue()


if __name__ == "__main__":
	main()
