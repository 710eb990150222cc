"""Every way to ask the host for a record, as a table: what must not be read must not come by any of them."""

import json
from collections.abc import Callable
from typing import Any

import frappe
from frappe import client
from frappe.desk import listview, reportview
from frappe.desk.form import linked_with, load
from frappe.desk.form import utils as form_utils
from frappe.www.printview import get_html_and_style

from crisis_intervention.access.counts import get_count
from crisis_intervention.access.search import search_link, search_widget
from crisis_intervention.seed.guard import own_doctypes

SECRET = "不可外传的一句话"
TEXTS = ("Data", "Small Text", "Text", "Long Text", "Text Editor")


def doctypes_of_students() -> list[str]:
	"""Return the app's DocTypes, without child tables, whose records are about one student."""
	return [name for name in own_doctypes() if is_about_one(name) and not frappe.get_meta(name).istable]


def is_about_one(doctype: str) -> bool:
	"""Say whether records of a DocType are about one student; others may name students in passing."""
	return bool(set(link_fields(doctype)) & {"student", "student_case"})


def tables_of_students() -> list[str]:
	"""Return the app's child tables that name a student or a case."""
	return [name for name in own_doctypes() if link_fields(name) and frappe.get_meta(name).istable]


def link_fields(doctype: str) -> list[str]:
	"""Return the fields of a DocType that link to a student or a case."""
	fields = frappe.get_meta(doctype).get_link_fields()
	return [field.fieldname for field in fields if field.options in ("Student Profile", "Student Case")]


def planted(doctype: str, student: str, case: str) -> str:
	"""Put a record about a student straight into the table of a DocType, its texts holding `SECRET`.

	No factory is needed, so that a DocType that comes tomorrow is walked as well.

	:returns: code of the record
	"""
	doc = frappe.new_doc(doctype)
	targets = {"Student Profile": student, "Student Case": case}
	for field in doc.meta.fields:
		if field.fieldtype == "Link" and field.options in targets:
			doc.set(field.fieldname, targets[field.options])
		elif field.fieldtype in TEXTS:
			doc.set(field.fieldname, SECRET)
	doc.name = f"WALK-{frappe.generate_hash(length=8)}"
	doc.owner = doc.modified_by = "Administrator"
	doc.creation = doc.modified = frappe.utils.now()
	doc.docstatus = 0
	doc.db_insert()
	return doc.name


def answers(path: Callable[[str, str], Any], doctype: str, name: str) -> str:
	"""Return what a path answers as text, an empty one when it refuses."""
	frappe.local.response = frappe._dict(docs=[])
	frappe.local.form_dict = frappe._dict()
	try:
		found = path(doctype, name)
	except (frappe.PermissionError, frappe.DoesNotExistError):
		frappe.clear_messages()
		return ""
	return json.dumps([found, frappe.local.response], default=_plain, ensure_ascii=False)


def _plain(value: Any) -> Any:
	return value.as_dict() if hasattr(value, "as_dict") else str(value)


def _form_dict(method: Callable, **values: Any) -> Callable[[str, str], Any]:
	def path(doctype: str, name: str) -> Any:
		filters = json.dumps([[doctype, "name", "=", name]])
		fields = json.dumps([f"`tab{doctype}`.`name`", f"`tab{doctype}`.`owner`"])
		frappe.local.form_dict = frappe._dict(doctype=doctype, fields=fields, filters=filters, **values)
		return method()

	return path


def _count(doctype: str, name: str) -> Any:
	return ["one"] * get_count(doctype, {"name": name})


def _reportview_count(doctype: str, name: str) -> Any:
	return ["one"] * int(_form_dict(reportview.get_count, distinct="false")(doctype, name) or 0)


def _groups(doctype: str, name: str) -> Any:
	rows = listview.get_group_by_count(doctype, json.dumps([[doctype, "name", "=", name]]), "owner")
	return ["one"] * sum(row["count"] for row in rows)


def _beside(doctype: str, reference_doctype: str, reference_name: str) -> Callable[[str, str], Any]:
	def path(of: str, name: str) -> Any:
		filters = {reference_doctype: of, reference_name: name}
		return frappe.get_list(doctype, filters=filters, fields=["*"], limit_page_length=0)

	return path


def _get_value(doctype: str, name: str) -> Any:
	return client.get_value(doctype, ["name", "owner"], json.dumps({"name": name}))


def _load(doctype: str, name: str) -> Any:
	return load.getdoc(doctype, name)


def _next(doctype: str, name: str) -> Any:
	return form_utils.get_next(doctype, "0", 0, filters=json.dumps([[doctype, "name", "=", name]]))


# Path → what its answer holds for a reader: the code, a row counted, a page, or what hangs on the record.
CODE, COUNTED, PRINTED, HANGING = "code", "counted", "printed", "hanging"
PATHS: dict[str, tuple[Callable[[str, str], Any], str]] = {
	"list": (lambda doctype, _name: frappe.get_list(doctype, fields=["*"], limit_page_length=0), CODE),
	"list with filter": (lambda doctype, name: frappe.get_list(doctype, {"name": name}, pluck="name"), CODE),
	"client.get_list": (lambda doctype, _name: client.get_list(doctype, limit_page_length=0), CODE),
	"client.get": (lambda doctype, name: client.get(doctype, name), CODE),
	"client.get_value": (_get_value, CODE),
	"client.get_count": (_count, COUNTED),
	"form": (_load, CODE),
	"timeline": (lambda doctype, name: load.get_docinfo(doctype=doctype, name=name), HANGING),
	"report view": (_form_dict(reportview.get), CODE),
	"report view count": (_reportview_count, COUNTED),
	"groups of a list": (_groups, COUNTED),
	"link search": (lambda doctype, name: search_link(doctype=doctype, txt=name), CODE),
	"dialog search": (lambda doctype, name: search_widget(doctype=doctype, txt=name), CODE),
	"next record": (_next, CODE),
	"print": (lambda doctype, name: get_html_and_style(doctype, name), PRINTED),
	"comments": (_beside("Comment", "reference_doctype", "reference_name"), HANGING),
	"versions": (_beside("Version", "ref_doctype", "docname"), HANGING),
	"files": (_beside("File", "attached_to_doctype", "attached_to_name"), HANGING),
	"assignments": (_beside("ToDo", "reference_type", "reference_name"), HANGING),
	"mails": (_beside("Communication", "reference_doctype", "reference_name"), HANGING),
	"what links to it": (lambda doctype, name: linked_with.get(doctype, name), HANGING),
}


def hang_on(doctype: str, name: str) -> None:
	"""Hang a comment, a version, a file, an assignment and a mail on a record, each holding `SECRET`."""
	of = {"reference_doctype": doctype, "reference_name": name}
	rows = (
		{"doctype": "Comment", "comment_type": "Comment", "content": SECRET, **of},
		{"doctype": "Version", "ref_doctype": doctype, "docname": name, "data": json.dumps({"x": SECRET})},
		{"doctype": "ToDo", "description": SECRET, "reference_type": doctype, "reference_name": name},
		{"doctype": "Communication", "subject": SECRET, "content": SECRET, **of},
		{
			"doctype": "File",
			"file_name": SECRET,
			"file_url": f"/private/files/{frappe.generate_hash(length=6)}.txt",
			"is_private": 1,
			"attached_to_doctype": doctype,
			"attached_to_name": name,
		},
	)
	for values in rows:
		row = frappe.get_doc(values)
		row.name = frappe.generate_hash(length=10)
		row.owner = row.modified_by = "Administrator"
		row.creation = row.modified = frappe.utils.now()
		row.db_insert()
