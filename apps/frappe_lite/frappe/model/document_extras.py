"""What Document offers around its values: title, address, comments, tags, attachments, queued actions."""

from __future__ import annotations

import json
from typing import Any

from werkzeug.exceptions import NotFound

import frappe
from frappe.types import _dict


class DocumentExtras:
	"""Conveniences of Document that touch no rule."""

	# ------------------------------------------------------------------ title and address
	def get_title(self) -> str:
		"""Return the value of the title field."""
		return self.get(self.meta.get_title_field()) or ""

	def set_title_field(self) -> None:
		"""Fill the field `title` by its default pattern, as its DocField's options or default say."""
		df = self.meta.get_field("title") if self.meta.title_field == "title" else None
		pattern = df and (df.options if self.is_new() and "{" in (df.options or "") else df.default)
		if not pattern or "{" not in pattern or (self.get("title") and not (df.hidden or df.read_only)):
			return
		values = {key: "" if value is None else value for key, value in self.get_valid_dict().items()}
		self.set("title", pattern.format(**values))

	def get_url(self) -> str:
		"""Return the address of the document's form."""
		return frappe.utils.get_url_to_form(self.doctype, self.name)

	def is_whitelisted(self, method_name: str) -> None:
		"""Refuse a method that clients may not call.

		Raises:
			NotFound: there is no such method.
			PermissionError: it is not whitelisted.
		"""
		method = getattr(type(self), method_name, None) or getattr(self, method_name, None)
		if method is None:
			raise NotFound(f"Method {method_name} not found")
		frappe.is_whitelisted(getattr(method, "__func__", method))

	# ------------------------------------------------------------------ onload
	def set_onload(self, key: str, value: Any) -> None:
		"""Give the form a value that is not stored."""
		self.__dict__.setdefault("__onload", _dict())[key] = value

	def get_onload(self, key: str | None = None) -> Any:
		"""Return a value set by `set_onload`, or all of them."""
		values = self.__dict__.get("__onload", _dict())
		return values.get(key) if key else values

	# ------------------------------------------------------------------ comments, likes, tags, seen
	def add_comment(
		self,
		comment_type: str = "Comment",
		text: str | None = None,
		comment_email: str | None = None,
		comment_by: str | None = None,
	) -> Any:
		"""Add an entry to the document's timeline and return it.

		Args:
			comment_type: "Comment", "Info", "Label", "Workflow" and so on, as Comment knows them.
			text: content; the type is shown without one.
			comment_email, comment_by: author, the current user unless named.
		"""
		return frappe.get_doc(
			{
				"doctype": "Comment",
				"comment_type": comment_type,
				"comment_email": comment_email or frappe.session.user,
				"comment_by": comment_by,
				"reference_doctype": self.doctype,
				"reference_name": self.name,
				"content": text or comment_type,
			}
		).insert(ignore_permissions=True)

	def add_seen(self, user: str | None = None) -> None:
		"""Remember that a user has seen the document as it is."""
		if not self.meta.track_seen or frappe.flags.read_only:
			return
		user = user or frappe.session.user
		seen = frappe.parse_json(self.get("_seen") or "[]")
		if user not in seen:
			text = json.dumps([*seen, user])
			frappe.db.set_value(self.doctype, self.name, "_seen", text, update_modified=False)

	def add_viewed(self, user: str | None = None, force: bool = False, unique_views: bool = False) -> Any:
		"""Log that a user opened the document, where the DocType tracks views."""
		if not (force or getattr(self.meta, "track_views", False)):
			return None
		values = {"doctype": "View Log", "viewed_by": user or frappe.session.user}
		values.update(reference_doctype=self.doctype, reference_name=self.name)
		return frappe.get_doc(values).insert(ignore_permissions=True)

	def reset_seen(self) -> None:
		"""Only the one who saves has seen the new state."""
		if self.meta.track_seen:
			text = json.dumps([frappe.session.user])
			frappe.db.set_value(self.doctype, self.name, "_seen", text, update_modified=False)

	def get_liked_by(self) -> list[str]:
		"""Return the users who like the document."""
		return frappe.parse_json(self.get("_liked_by") or "[]")

	@property
	def liked_by(self) -> list[str]:
		return self.get_liked_by()

	def set_liked_by(self, user: str) -> None:
		"""Remember that a user likes the document."""
		self.set("_liked_by", json.dumps([*self.get_liked_by(), user]))

	def get_tags(self) -> list[str]:
		"""Return the tags of the document."""
		from frappe.desk.doctype.tag.tag import DocTags

		return DocTags(self.doctype).get_tags(self.name).split(",")[1:]

	def add_tag(self, tag: str) -> None:
		"""Tag the document."""
		from frappe.desk.doctype.tag.tag import DocTags

		DocTags(self.doctype).add(self.name, tag)

	def remove_tag(self, tag: str) -> None:
		"""Take a tag from the document."""
		from frappe.desk.doctype.tag.tag import DocTags

		DocTags(self.doctype).remove(self.name, tag)

	def get_assigned_users(self) -> set[str]:
		"""Return the users to whom the document is assigned."""
		return set(
			frappe.get_all(
				"ToDo",
				fields=["allocated_to"],
				filters={
					"reference_type": self.doctype,
					"reference_name": self.name,
					"status": ("!=", "Cancelled"),
				},
				pluck="allocated_to",
			)
		)

	def log_error(self, title: str | None = None, message: str | None = None) -> Any:
		"""Write an Error Log that points to the document."""
		return frappe.log_error(
			message=message, title=title, reference_doctype=self.doctype, reference_name=self.name
		)

	# ------------------------------------------------------------------ attachments
	def copy_attachments_from_amended_from(self) -> None:
		"""Attach the files of the amended document to this one."""
		for file in frappe.get_all(
			"File",
			filters={"attached_to_doctype": self.doctype, "attached_to_name": self.amended_from},
			fields=["file_name", "file_url", "is_private"],
		):
			frappe.get_doc(
				{
					"doctype": "File",
					"file_url": file.file_url,
					"file_name": file.file_name,
					"is_private": file.is_private,
					"attached_to_doctype": self.doctype,
					"attached_to_name": self.name,
					"folder": "Home/Attachments",
				}
			).save(ignore_permissions=True)

	# ------------------------------------------------------------------ comparisons of values
	def validate_value(
		self, fieldname: str, condition: str, val2: Any, doc: Any = None, raise_exception: Any = None
	) -> None:
		"""Refuse a value that does not meet a condition.

		Args:
			condition: "in", "not in", "^", "=", "!=", ">", "<", ">=", "<=".
			val2: what the value is compared with.
			doc: the document or row that holds the field, this one unless given.
			raise_exception: class of the error.
		"""
		from frappe.utils import compare

		doc = doc or self
		value = doc.get_value(fieldname)
		df = doc.meta.get_field(fieldname)
		if compare(value, condition, doc.cast(val2, df) if condition not in ("in", "not in") else val2):
			return
		label = frappe._(doc.meta.get_label(fieldname))
		if doc.get("parentfield"):
			message = frappe._("Incorrect value in row {0}:").format(doc.idx)
		else:
			message = frappe._("Incorrect value:")
		wanted = frappe._("{0} must be {1} {2}").format(label, condition, val2)
		frappe.msgprint(f"{message} {wanted}", raise_exception=raise_exception or True)

	def validate_table_has_rows(self, parentfield: str, raise_exception: Any = None) -> None:
		"""Refuse an empty table field.

		Raises:
			EmptyTableError: it has no rows.
		"""
		if not self.get(parentfield):
			label = self.meta.get_label(parentfield)
			frappe.throw(
				frappe._("Table {0} cannot be empty").format(label), raise_exception or frappe.EmptyTableError
			)

	def validate_from_to_dates(self, from_date_field: str, to_date_field: str) -> None:
		"""Refuse an end before the beginning.

		Raises:
			InvalidDates: it is before.
		"""
		if frappe.utils.date_diff(self.get(to_date_field), self.get(from_date_field)) < 0:
			table_row = ""
			if self.meta.istable:
				table_row = frappe._("{0} row #{1}: ").format(self.doctype, self.idx)
			frappe.throw(
				table_row
				+ frappe._("{0} must be after {1}").format(
					frappe.bold(frappe._(self.meta.get_label(to_date_field))),
					frappe.bold(frappe._(self.meta.get_label(from_date_field))),
				),
				frappe.InvalidDates,
			)

	# ------------------------------------------------------------------ queued actions
	def queue_action(self, action: str, **kwargs: Any) -> Any:
		"""Lock the document and run one of its methods as a job.

		Raises:
			ValidationError: it is locked already.
		"""
		if hasattr(self, f"_{action}"):
			action = f"_{action}"
		try:
			self.lock()
		except frappe.DocumentLockedError:
			frappe.throw(
				frappe._(
					"This document is currently locked and queued for execution. "
					"Please try again after some time."
				),
				title=frappe._("Document Queued"),
			)
		kwargs.setdefault("enqueue_after_commit", True)
		return frappe.enqueue(
			"frappe.model.document.execute_action",
			__doctype=self.doctype,
			__name=self.name,
			__action=action,
			**kwargs,
		)


def run_queued_action(doctype: str, name: str, action: str, kwargs: dict[str, Any]) -> None:
	"""Unlock a document and run one of its methods; a failure is undone and told in its timeline."""
	doc = frappe.get_doc(doctype, name)
	doc.unlock()
	try:
		getattr(doc, action)(**kwargs)
	except Exception:
		frappe.db.rollback()
		doc = frappe.get_doc(doctype, name)
		if frappe.local.message_log:
			text = str(frappe.get_message_log()[-1].get("message"))
		else:
			text = f"<pre><code>{frappe.utils.escape_html(frappe.get_traceback())}</code></pre>"
		doc.add_comment("Comment", "{}<br><br>{}".format(frappe._("Action Failed"), text))
	doc.notify_update()
