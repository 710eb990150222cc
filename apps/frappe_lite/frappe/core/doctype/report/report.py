from __future__ import annotations

import json
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.modules.utils import export_module_json


class Report(Document):
	"""A list, a query or a script whose result can be filtered, charted and exported."""

	def validate(self) -> None:
		self.module = self.module or frappe.db.get_value("DocType", self.ref_doctype, "module")
		self.is_standard = self.is_standard or "No"
		self.check_standard()
		if self.report_type == "Query Report" and self.query:
			self.check_query()

	def check_standard(self) -> None:
		"""Standard reports are code of an app; query and script reports run code and need the right to."""
		if frappe.flags.in_import or frappe.flags.in_install or frappe.flags.in_migrate:
			return
		if self.is_standard == "Yes" and frappe.session.user != "Administrator":
			frappe.throw(_("Only Administrator can save a standard report. Please rename and save."))
		if self.is_standard == "No" and self.report_type == "Script Report":
			frappe.only_for("Script Manager", True)
		if self.report_type == "Query Report":
			frappe.only_for("System Manager", True)

	def check_query(self) -> None:
		"""Refuse what is no reading statement.

		Raises:
			ValidationError: the query does not begin with SELECT or WITH.
		"""
		if not self.query.strip().lower().startswith(("select", "with")):
			frappe.throw(
				_("Query must be of SELECT or read-only WITH type."), title=_("Report Document Error")
			)

	def before_insert(self) -> None:
		self.set_doctype_roles()

	def on_update(self) -> None:
		self.export_doc()

	def on_trash(self) -> None:
		if self.is_standard == "Yes" and not self.may_change_standard():
			frappe.throw(_("You are not allowed to delete Standard Report"))
		for name in frappe.get_all("Custom Role", filters={"report": self.name}, pluck="name"):
			frappe.delete_doc("Custom Role", name, ignore_permissions=True)

	def may_change_standard(self) -> bool:
		"""Tell whether standard reports may be changed now."""
		return bool(frappe.conf.developer_mode or frappe.flags.in_patch or frappe.flags.in_uninstall)

	def export_doc(self) -> None:
		"""Write a standard report into its module in developer mode."""
		if self.is_standard == "Yes" and frappe.conf.developer_mode and not frappe.flags.in_migrate:
			export_module_json(self, True, self.module)

	def set_doctype_roles(self) -> None:
		"""A new report is for those who may read its DocType."""
		if self.get("roles") or self.is_standard != "No":
			return
		meta = frappe.get_meta(self.ref_doctype)
		if not meta.istable:
			roles = dict.fromkeys(row.role for row in meta.permissions if not frappe.cint(row.permlevel))
			self.set("roles", [{"role": role} for role in roles])

	def is_permitted(self) -> bool:
		"""Tell whether the user has a role of the report; without roles it is for everybody who may read
		the DocType.
		"""
		allowed = {row.role for row in self.get("roles")} | set(self.custom_roles())
		return not allowed or bool(allowed & set(frappe.get_roles()))

	def custom_roles(self) -> list[str]:
		"""Return the roles an admin gave the report beside its own."""
		name = frappe.db.get_value("Custom Role", {"report": self.name})
		if not name:
			return []
		return frappe.get_all("Has Role", {"parent": name, "parenttype": "Custom Role"}, pluck="role")

	def execute_query_report(self, filters: dict[str, Any] | None) -> list[Any]:
		"""Run the query.

		Args:
			filters: values for the query's `%(name)s`.

		Returns:
			[columns, rows].
		"""
		if not self.query:
			frappe.throw(_("Must specify a Query to run"), title=_("Report Document Error"))
		self.check_query()
		rows = frappe.db.sql(self.query, filters or {}, as_dict=True)
		columns = self.get_columns() or list(rows[0] if rows else ())
		return [columns, [list(row.values()) for row in rows]]

	def execute_script_report(self, filters: dict[str, Any] | None) -> list[Any]:
		"""Run the report's function, or its script in the sandbox.

		Returns:
			[columns, rows, message, chart, summary, …] as far as the report answers.
		"""
		if self.is_standard == "Yes":
			return list(self.execute_module(filters))
		return self.execute_script(filters)

	def execute_module(self, filters: dict[str, Any] | None) -> Any:
		"""Call `execute(filters)` of the report's module."""
		from frappe.modules.utils import get_module_app

		module = self.module or frappe.db.get_value("DocType", self.ref_doctype, "module")
		scrubbed = frappe.scrub(self.name)
		path = f"{get_module_app(module)}.{frappe.scrub(module)}.report.{scrubbed}.{scrubbed}"
		return frappe.get_attr(f"{path}.execute")(frappe._dict(filters or {}))

	def execute_script(self, filters: dict[str, Any] | None) -> list[Any]:
		"""Run the script an admin wrote; it sets `data`, or `result` and `columns`."""
		from frappe.utils.safe_exec import safe_exec

		names: dict[str, Any] = {"filters": frappe._dict(filters or {}), "data": None, "result": []}
		safe_exec(self.report_script, None, names, script_filename=f"Report {self.name}")
		if names["data"]:
			return names["data"]
		return [self.get_columns(), names["result"]]

	def get_columns(self) -> list[dict[str, Any]]:
		"""Return the columns an admin listed."""
		return [column.as_dict(no_default_fields=True, no_nulls=True) for column in self.get("columns") or ()]

	def get_data(
		self,
		filters: dict[str, Any] | None = None,
		limit: int | None = None,
		user: str | None = None,
		as_dict: bool = False,
		ignore_prepared_report: bool = False,
		are_default_filters: bool = True,
	) -> tuple[list[Any], list[Any]]:
		"""Return the report's result.

		Args:
			filters: values of its filters.
			limit: at most so many rows.
			user: whose rights apply; the session's unless given.
			as_dict: rows as dicts.
			ignore_prepared_report, are_default_filters: kept for Frappe's signature.

		Returns:
			(columns, rows).
		"""
		if self.report_type in ("Query Report", "Script Report", "Custom Report"):
			columns, rows = self.run_query_report(filters or {}, user)
		else:
			columns, rows = self.run_standard_report(filters, limit)
		rows = rows[:limit] if limit else rows
		return columns, [_as_dict(columns, row) for row in rows] if as_dict else rows

	def run_query_report(
		self, filters: dict[str, Any], user: str | None = None
	) -> tuple[list[Any], list[Any]]:
		"""Run a query or script report through the desk's function, which checks rights and adds totals."""
		from frappe.desk.query_report import run

		answer = run(self.name, filters=filters, user=user, ignore_prepared_report=True)
		return answer.get("columns") or [], answer.get("result") or []

	def run_standard_report(
		self, filters: dict[str, Any] | None = None, limit: int | None = None
	) -> tuple[list[Any], list[Any]]:
		"""Run a report builder report as the list it is, with the rights of the user."""
		params = json.loads(self.json or "{}")
		names = [_fieldname(field) for field in params.get("fields") or ["name"]]
		found = list(params.get("filters") or [])
		found += [[self.ref_doctype, key, "=", value] for key, value in (filters or {}).items()]
		rows = frappe.get_list(
			self.ref_doctype,
			fields=names,
			filters=found,
			order_by=params.get("order_by"),
			limit_page_length=limit or 0,
			as_list=True,
		)
		return [self._column(name) for name in names], [list(row) for row in rows]

	def _column(self, fieldname: str) -> dict[str, Any]:
		field = frappe.get_meta(self.ref_doctype).get_field(fieldname)
		if not field:
			return {"fieldname": fieldname, "label": _(frappe.unscrub(fieldname)), "fieldtype": "Data"}
		return {
			"fieldname": fieldname,
			"label": _(field.label),
			"fieldtype": field.fieldtype,
			"options": field.options,
		}

	@frappe.whitelist()
	def toggle_disable(self, disable: bool | int) -> None:
		"""Switch the report off or on."""
		if not self.has_permission("write"):
			frappe.throw(_("You are not allowed to edit the report."), frappe.PermissionError)
		self.db_set("disabled", frappe.cint(disable))


def _fieldname(field: Any) -> str:
	return field if isinstance(field, str) else field[0]


def _as_dict(columns: list[Any], row: Any) -> dict[str, Any]:
	if isinstance(row, dict):
		return row
	names = [
		column["fieldname"] if isinstance(column, dict) else frappe.scrub(column.split(":")[0])
		for column in columns
	]
	return dict(zip(names, row, strict=False))


def is_prepared_report_enabled(report: str) -> int:
	"""Tell whether a report is prepared in the background."""
	return frappe.cint(frappe.db.get_value("Report", report, "prepared_report"))


def get_report_module_dotted_path(module: str, report_name: str) -> str:
	"""Return the dotted path of a standard report's module."""
	from frappe.modules.utils import get_module_app

	scrubbed = frappe.scrub(report_name)
	return f"{get_module_app(module)}.{frappe.scrub(module)}.report.{scrubbed}.{scrubbed}"
