import frappe
from frappe import _
from frappe.utils import add_months, getdate

from crisis_intervention.crisis_plan.compliance import count_by_article, titles_of_articles

# On time, late, overdue, open; told apart by those who do not see red and green alike as well.
COLOURS = ["#0d9488", "#f59e0b", "#dc2626", "#9ca3af"]


def execute(filters: dict | None = None) -> tuple:
	"""Return compliance by article; counts only, so that the auditor may read it.

	:param filters: `from_date`, `to_date`, `article`
	"""
	chosen = frappe._dict(filters or {})
	last = getdate(chosen.to_date)
	first = getdate(chosen.from_date or add_months(last, -6))
	titles = titles_of_articles()
	rows = [
		count.as_row(titles.get(count.article, ""))
		for count in count_by_article(first, last, frappe.utils.cint(chosen.article) or None)
	]
	return _columns(), rows, None, _chart(rows)


def _columns() -> list[dict]:
	numbers = (
		("total", _("Duties")),
		("in_time", _("In time")),
		("late", _("Late")),
		("open", _("Open")),
		("overdue", _("Overdue")),
		("waived", _("Waived")),
		("taken_over", _("Taken Over")),
	)
	return [
		{"fieldname": "article", "label": _("Article"), "fieldtype": "Int", "width": 80},
		{"fieldname": "title", "label": _("Title"), "fieldtype": "Data", "width": 220},
		*({"fieldname": name, "label": label, "fieldtype": "Int", "width": 90} for name, label in numbers),
		{"fieldname": "percent_in_time", "label": _("% in time"), "fieldtype": "Percent", "width": 100},
	]


def _chart(rows: list[dict]) -> dict:
	series = (("in_time", _("In time")), ("late", _("Late")), ("overdue", _("Overdue")), ("open", _("Open")))
	return {
		"type": "bar",
		"barOptions": {"stacked": 1},
		"colors": COLOURS,
		"data": {
			"labels": [str(row["article"]) for row in rows],
			"datasets": [{"name": label, "values": [row[name] for row in rows]} for name, label in series],
		},
	}
