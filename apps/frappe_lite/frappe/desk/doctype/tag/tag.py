"""Tags of documents: a comma-separated copy in `_user_tags`, and a Tag Link for the search."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.document import Document


class Tag(Document):
	pass


@frappe.whitelist(methods=["POST"])
def add_tag(tag: str, dt: str, dn: str, color: str | None = None) -> str:
	"""Tag a document (needs write permission on it) and return the tag."""
	frappe.has_permission(dt, "write", dn, throw=True)
	DocTags(dt).add(dn, tag)
	return tag


@frappe.whitelist(methods=["POST"])
def add_tags(tags: Any, dt: str, docs: Any, color: str | None = None) -> None:
	"""Give several tags to several documents of one DocType; both are lists or their JSON."""
	for name in frappe.parse_json(docs):
		for tag in frappe.parse_json(tags):
			add_tag(tag, dt, name)


@frappe.whitelist(methods=["POST"])
def remove_tag(tag: str, dt: str, dn: str) -> None:
	"""Take a tag from a document (needs write permission on it)."""
	frappe.has_permission(dt, "write", dn, throw=True)
	DocTags(dt).remove(dn, tag)


@frappe.whitelist()
def get_tags(doctype: str, txt: str) -> list[str]:
	"""Return the tags in use on a DocType that contain a text."""
	rows = frappe.get_list(doctype, fields=["_user_tags"], filters={"_user_tags": ("is", "set")}, limit=1000)
	used = {tag for row in rows for tag in (row._user_tags or "").split(",") if tag}
	return sorted(tag for tag in used if txt.lower() in tag.lower())


class DocTags:
	"""The tags of the documents of one DocType."""

	def __init__(self, dt: str) -> None:
		self.dt = dt

	def get_tag_fields(self) -> str:
		"""Return the column that holds the tags."""
		return "_user_tags"

	def get_tags(self, dn: str) -> str:
		"""Return the tags of a document as ",one,two", "" without any."""
		return (frappe.db.get_value(self.dt, dn, "_user_tags", ignore=True) or "").strip()

	def add(self, dn: str, tag: str) -> None:
		"""Give a document a tag; a Tag of that name is made when there is none."""
		tags = self._as_list(dn)
		if tag in tags:
			return
		if not frappe.db.exists("Tag", tag):
			# Whoever may tag may also use a new word.
			frappe.get_doc(doctype="Tag", name=tag).insert(ignore_permissions=True)
		self.update(dn, [*tags, tag])

	def remove(self, dn: str, tag: str) -> None:
		"""Take a tag from a document."""
		self.update(dn, [known for known in self._as_list(dn) if known.lower() != tag.lower()])

	def remove_all(self, dn: str) -> None:
		"""Take all tags from a document."""
		self.update(dn, [])

	def update(self, dn: str, tl: list[str]) -> None:
		"""Replace the tags of a document."""
		tags = list(dict.fromkeys(tag for tag in tl if tag))
		stored = "," + ",".join(tags) if tags else ""
		frappe.db.set_value(self.dt, dn, "_user_tags", stored, update_modified=False)
		update_tags(frappe.get_doc(self.dt, dn), stored)

	def _as_list(self, dn: str) -> list[str]:
		return [tag for tag in self.get_tags(dn).split(",") if tag]


def update_tags(doc: Any, tags: str) -> None:
	"""Make the Tag Links of a document what its tags, given as ",one,two", say."""
	wanted = {tag.strip() for tag in tags.split(",") if tag}
	known = {
		row.tag: row.name
		for row in frappe.get_all(
			"Tag Link",
			filters={"document_type": doc.doctype, "document_name": doc.name},
			fields=["name", "tag"],
			limit_page_length=0,
		)
	}
	for tag in wanted - set(known):
		frappe.get_doc(
			doctype="Tag Link",
			document_type=doc.doctype,
			document_name=doc.name,
			title=doc.get_title() or doc.name,
			tag=tag,
		).insert(ignore_permissions=True)
	for tag in set(known) - wanted:
		frappe.db.delete("Tag Link", {"name": known[tag]})


def delete_tags_for_document(doc: Any) -> None:
	"""Delete the Tag Links of a document that is deleted."""
	frappe.db.delete("Tag Link", {"document_type": doc.doctype, "document_name": doc.name})


@frappe.whitelist()
def get_documents_for_tag(tag: str) -> list[dict]:
	"""Return {doctype, name, content} of the documents with a tag that the user may read."""
	rows = frappe.get_all(
		"Tag Link", filters={"tag": tag}, fields=["document_type", "document_name", "title"]
	)
	return [
		{"doctype": row.document_type, "name": row.document_name, "content": row.title}
		for row in rows
		if frappe.has_permission(row.document_type, "read", row.document_name)
	]
