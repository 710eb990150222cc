"""Classes of earlier versions do not say yet whether a monitor is in office; twice is once."""

import frappe

from crisis_intervention.early_warning.monitors import has_monitor


def execute() -> None:
	"""Say so for every class, without touching anything else."""
	for name in frappe.get_all("School Class", pluck="name"):
		school_class = frappe.get_doc("School Class", name)
		school_class.db_set("has_monitor", int(has_monitor(school_class)), update_modified=False)
