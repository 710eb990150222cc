import frappe
from frappe import _
from frappe.utils import get_datetime

from crisis_intervention.crisis_plan.duties.dry_run import dry_run

# Values of an imagined report that the filters offer.
VALUES = ("school_class", "urgency", "injury", "immediate_danger", "is_key_target", "suspected_harm")


def execute(filters: dict | None = None) -> tuple:
	"""Return what an imagined document would call at a time; nothing is written or sent.

	:param filters: `document_type`, `at`, and values of the document
	"""
	chosen = frappe._dict(filters or {})
	values = {name: chosen.get(name) for name in VALUES if chosen.get(name)}
	doctype = chosen.document_type or "Warning Report"
	rows = dry_run({"doctype": doctype, **values}, get_datetime(chosen.at), bool(chosen.submitted))
	return _columns(), [_in_words(row) for row in rows]


def _in_words(row: dict) -> dict:
	"""Say in the reader's language what the engine holds as codes."""
	words = {name: _(row[name]) if row[name] else "" for name in ("what", "kind", "tier", "function", "via")}
	words["channels"] = ", ".join(_(channel) for channel in filter(None, row["channels"].split(", ")))
	return {**row, **words}


def _columns() -> list[dict]:
	def column(fieldname: str, label: str, fieldtype: str = "Data", width: int = 120, **more: str) -> dict:
		return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width, **more}

	return [
		column("at", _("At"), "Datetime", 160),
		column("what", _("Step"), width=100),
		column("rule", _("Duty Rule"), "Link", 130, options="Duty Rule"),
		column("article", _("Article"), "Int", 70),
		column("kind", _("Kind"), width=110),
		column("tier", _("Tier"), width=80),
		column("person", _("Person"), "Link", 180, options="User"),
		column("function", _("Function"), width=150),
		column("via", _("Found through")),
		column("due_at", _("Due"), "Datetime", 160),
		column("channels", _("Channels"), width=180),
	]
