"""Figures for the authority (上报统计): entries of a term by grade and level, or by category, no child named.

Counts below five are kept back, and so is whatever would let one compute them (see `suppression`). A term is
chosen whole, the running one up to the end of last month, and an entry counts with its first level: reports
of two days next to each other would otherwise tell who entered, or changed, in between.
"""

from collections import Counter
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, get_first_day, getdate

from crisis_intervention.case_registry import figures
from crisis_intervention.case_registry.figures import column
from crisis_intervention.case_registry.suppression import SMALLEST_SHOWN, shown
from crisis_intervention.case_registry.terms import Term, chosen_term, terms

BY_LEVEL, BY_CATEGORY, BY_TERM = "Grade and level", "Category", "Term"
KEPT_BACK = "<5"
TERMS_COMPARED = 6


def execute(filters: dict | None = None) -> tuple:
	"""Return de-identified counts of entries.

	:param filters: `show` (`Grade and level`, `Category` or `Term`) and `term`, the key of a term
	"""
	chosen = frappe._dict(filters or {})
	makers = {BY_CATEGORY: _by_category, BY_TERM: _by_term}
	term = chosen_term(chosen.term)
	columns, rows = makers.get(chosen.show, _by_level)(term)
	note = _("Counts below {0}, and counts from which they would follow, are kept back.").format(
		SMALLEST_SHOWN
	)
	note += " " + _("Entries are counted up to {0}.").format(_counted_until(term))
	return columns, rows, note, _chart(columns, rows)


def _by_level(term: Term) -> tuple[list, list]:
	labels = figures.levels()
	grades = figures.grades_of_classes()
	cases = _entries(term)
	counts = Counter((grades.get(case.school_class) or "", case.first_level) for case in cases)
	rows = sorted({*grades.values(), *(grade for grade, _level in counts)}, key=figures.grade_order)
	levels = [*labels, *({level for _grade, level in counts} - set(labels))]
	table = shown([[counts[row, level] for level in levels] for row in rows] or [[0] * len(levels)])
	columns = [
		column("grade", _("Grade"), width=140),
		*(
			column(f"level_{at}", labels.get(level) or _("Not set"), width=140)
			for at, level in enumerate(levels)
		),
		column("total", _("Total"), width=100),
	]
	keys = [each["fieldname"] for each in columns[1:]]
	titles = [*(row or _("Not set") for row in rows), _("Total")]
	lines = zip(titles, table if rows else table[-1:], strict=False)
	return columns, [{"grade": title, **_texts(keys, line)} for title, line in lines]


def _by_category(term: Term) -> tuple[list, list]:
	"""A student may have several categories, so these do not add up and no total is shown."""
	cases = [case.name for case in _entries(term)]
	rows = frappe.get_all(
		"Concern Category Item",
		filters={"parenttype": "Student Case", "parent": ["in", [*cases, ""]]},
		fields=["category", "parent"],
	)
	counts = Counter(category for category, _case in {(row.category, row.parent) for row in rows})
	categories = frappe.get_all(
		"Concern Category", filters={"enabled": 1}, fields=["name", "label", "label_en"], order_by="name asc"
	)
	english = not (frappe.local.lang or "").startswith("zh")
	lines = [
		{
			"category": (row.label_en if english else "") or row.label,
			"count": _text(_small_kept_back(counts[row.name])),
		}
		for row in categories
	]
	return [column("category", _("Category"), width=320), column("count", _("Entries"), width=120)], lines


def _by_term(term: Term) -> tuple[list, list]:
	"""The totals of whole terms, the same as those of the tables by grade and level."""
	lines = [
		{"term": each.label, "count": _by_level(each)[1][-1]["total"]} for each in terms()[:TERMS_COMPARED]
	]
	return [column("term", _("Term"), width=240), column("count", _("Entries"), width=120)], lines


def _entries(term: Term) -> list[Any]:
	# Whoever reports upwards need not be allowed to read a case: only counts that were kept safe leave here.
	cases = frappe.get_all(
		"Student Case",
		filters={"creation": ["between", [str(term.first), f"{_counted_until(term)} 23:59:59.999999"]]},
		fields=["name", "school_class"],
	)
	first = {"parenttype": "Student Case", "idx": 1}
	levels = dict(frappe.get_all("Level Change", filters=first, fields=["parent", "to_level"], as_list=True))
	for case in cases:
		case.first_level = levels.get(case.name, "")
	return cases


def _counted_until(term: Term) -> date:
	return min(term.last, getdate(add_days(get_first_day(getdate()), -1)))


def _small_kept_back(count: int) -> int | None:
	return None if 0 < count < SMALLEST_SHOWN else count


def _texts(keys: list[str], values: list[int | None]) -> dict[str, str]:
	return {key: _text(value) for key, value in zip(keys, values, strict=True)}


def _text(value: int | None) -> str:
	return KEPT_BACK if value is None else str(value)


def _chart(columns: list[dict[str, Any]], rows: list[dict[str, Any]]) -> dict[str, Any] | None:
	"""What is kept back is drawn as nothing."""
	label, value = columns[0]["fieldname"], columns[-1]["fieldname"]
	drawn = [row for row in rows if row[value] != KEPT_BACK and row[label] != _("Total")]
	if not any(int(row[value]) for row in drawn):
		return None
	return {
		"type": "bar",
		"data": {
			"labels": [row[label] for row in drawn],
			"datasets": [{"name": columns[-1]["label"], "values": [int(row[value]) for row in drawn]}],
		},
	}
