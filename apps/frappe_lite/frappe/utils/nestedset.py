"""Trees of documents: every node knows the numbers `lft` and `rgt` between which its branch lies."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.database.utils import quote_name, table_name
from frappe.model.document import Document


class NestedSetRecursionError(frappe.ValidationError):
	"""A node was put into its own branch."""


class NestedSetMultipleRootsError(frappe.ValidationError):
	"""A tree got a second root."""


class NestedSetChildExistsError(frappe.ValidationError):
	"""A node with children was to be removed or turned into a leaf."""


class NestedSetInvalidMergeError(frappe.ValidationError):
	"""A group was to be merged with a leaf."""


class NestedSet(Document):
	"""Base of controllers of trees."""

	def __setup__(self) -> None:
		if self.meta.get("nsm_parent_field"):
			self.nsm_parent_field = self.meta.nsm_parent_field

	def on_update(self) -> None:
		update_nsm(self)
		self.validate_ledger()

	def on_trash(self, allow_root_deletion: bool = False) -> None:
		"""Refuse to remove a root or a node with children; close the gap."""
		parent_field = parent_field_of(self)
		if not allow_root_deletion and not self.get(parent_field):
			frappe.throw(frappe._("Root {0} cannot be deleted").format(frappe._(self.doctype)))
		self.validate_if_child_exists()
		self.set(parent_field, "")
		update_nsm(self)

	def validate_if_child_exists(self) -> None:
		"""Refuse when the node has children.

		Raises:
			NestedSetChildExistsError: it has.
		"""
		if frappe.db.count(self.doctype, {parent_field_of(self): self.name}):
			frappe.throw(
				frappe._("Cannot delete {0} as it has child nodes").format(frappe.bold(self.name)),
				NestedSetChildExistsError,
			)

	def before_rename(
		self, olddn: str, newdn: str, merge: bool = False, group_fname: str = "is_group"
	) -> None:
		"""Refuse to merge a group with a leaf."""
		if merge and self.meta.has_field(group_fname):
			other = frappe.db.get_value(self.doctype, newdn, group_fname)
			if other != self.get(group_fname):
				frappe.throw(
					frappe._("Merging is only possible between Group-to-Group or Leaf Node-to-Leaf Node"),
					NestedSetInvalidMergeError,
				)

	def after_rename(self, olddn: str, newdn: str, merge: bool = False) -> None:
		"""Let the children point to the new name."""
		frappe.db.set_value(
			self.doctype, {parent_field_of(self): olddn}, parent_field_of(self), newdn, update_modified=False
		)
		if merge:
			rebuild_tree(self.doctype)

	def validate_one_root(self) -> None:
		"""Refuse a second root.

		Raises:
			NestedSetMultipleRootsError: there is one.
		"""
		if not self.get(parent_field_of(self)) and self.get_root_node_count() > 1:
			frappe.throw(frappe._("""Multiple root nodes not allowed."""), NestedSetMultipleRootsError)

	def get_root_node_count(self) -> int:
		"""Return how many roots the tree has."""
		return frappe.db.count(self.doctype, {parent_field_of(self): ("is", "not set")})

	def validate_ledger(self, group_identifier: str = "is_group") -> None:
		"""Refuse to turn a node with children into a leaf.

		Raises:
			NestedSetChildExistsError: it has children.
		"""
		if not hasattr(self, group_identifier) or frappe.utils.cint(self.get(group_identifier)):
			return
		if frappe.db.count(self.doctype, {parent_field_of(self): self.name}):
			frappe.throw(
				frappe._("{0} {1} cannot be a leaf node as it has children").format(
					frappe._(self.doctype), frappe.bold(self.name)
				),
				NestedSetChildExistsError,
			)

	def get_ancestors(self) -> list[str]:
		"""Return the names above, the nearest first."""
		return get_ancestors_of(self.doctype, self.name)

	def get_parent(self) -> Document | None:
		"""Return the document above, None for a root."""
		name = self.get(parent_field_of(self))
		return frappe.get_doc(self.doctype, name) if name else None

	def get_children(self) -> list[Document]:
		"""Return the documents directly below."""
		names = frappe.get_all(self.doctype, filters={parent_field_of(self): self.name}, pluck="name")
		return [frappe.get_doc(self.doctype, name) for name in names]


def parent_field_of(doc: Any) -> str:
	"""Return the field of a tree's documents that names the one above."""
	return getattr(doc, "nsm_parent_field", None) or f"parent_{frappe.scrub(doc.doctype)}"


def parent_field_of_doctype(doctype: str) -> str:
	"""Return the field of a tree's documents that names the one above."""
	return frappe.get_meta(doctype).get("nsm_parent_field") or f"parent_{frappe.scrub(doctype)}"


def update_nsm(doc: Document) -> None:
	"""Bring the numbers of a tree up to a document's place in it.

	Raises:
		NestedSetRecursionError: the document was put into its own branch.
	"""
	parent = doc.get(parent_field_of(doc)) or None
	old_parent = doc.get("old_parent") or None
	if doc.get("lft") and parent == old_parent:
		return
	validate_loop(doc.doctype, doc.name, parent)
	frappe.db.set_value(doc.doctype, doc.name, "old_parent", parent or "", update_modified=False)
	rebuild_tree(doc.doctype)
	doc.old_parent = parent or ""
	doc.lft, doc.rgt = frappe.db.get_value(doc.doctype, doc.name, ["lft", "rgt"]) or (0, 0)


def validate_loop(doctype: str, name: str, parent: str | None) -> None:
	"""Refuse a parent that lies below the document, or is it.

	Raises:
		NestedSetRecursionError: it does.
	"""
	field = parent_field_of_doctype(doctype)
	seen = set()
	while parent and parent not in seen:
		seen.add(parent)
		if parent == name:
			frappe.throw(frappe._("Item cannot be added to its own descendants"), NestedSetRecursionError)
		parent = frappe.db.get_value(doctype, parent, field)


@frappe.whitelist()
def rebuild_tree(doctype: str, parent_field: str | None = None) -> None:
	"""Number a whole tree anew, children in the order of their names; one statement for each changed node."""
	if getattr(frappe.local, "request", None) and frappe.form_dict.get("cmd", "").endswith("rebuild_tree"):
		frappe.only_for("System Manager")
	field = quote_name(parent_field or parent_field_of_doctype(doctype))
	table = quote_name(table_name(doctype))
	rows = frappe.db.sql(f"select `name`, {field}, `lft`, `rgt` from {table} order by `name`")
	numbers = number_tree([(name, parent) for name, parent, _left, _right in rows])
	for name, _parent, left, right in rows:
		if numbers[name] != (left, right):
			frappe.db.sql(
				f"update {table} set `lft` = %s, `rgt` = %s where `name` = %s", (*numbers[name], name)
			)
	frappe.clear_document_cache(doctype)


def number_tree(pairs: list[tuple[str, str | None]]) -> dict[str, tuple[int, int]]:
	"""Return (lft, rgt) of every node.

	Args:
		pairs: (name, name above or None) in the order children are to have.
	"""
	names = {name for name, _parent in pairs}
	children: dict[str | None, list[str]] = {}
	for name, parent in pairs:
		children.setdefault(parent if parent in names else None, []).append(name)
	numbers: dict[str, tuple[int, int]] = {}
	count = 0
	stack: list[tuple[str, bool]] = [(name, False) for name in reversed(children.get(None, []))]
	while stack:
		name, is_done = stack.pop()
		count += 1
		if is_done:
			numbers[name] = (numbers[name][0], count)
			continue
		numbers[name] = (count, 0)
		stack.append((name, True))
		stack.extend((child, False) for child in reversed(children.get(name, [])))
	return numbers


def get_descendants_of(
	doctype: str,
	name: str,
	order_by: str = "lft desc",
	limit: int | None = None,
	ignore_permissions: bool = False,
) -> list[str]:
	"""Return the names below a document."""
	limits = frappe.db.get_value(doctype, name, ["lft", "rgt"])
	if not limits:
		return []
	return frappe.get_list(
		doctype,
		filters={"lft": (">", limits[0]), "rgt": ("<", limits[1])},
		order_by=order_by,
		limit_page_length=limit,
		ignore_permissions=ignore_permissions,
		pluck="name",
	)


def get_ancestors_of(
	doctype: str, name: str, order_by: str = "lft desc", limit: int | None = None
) -> list[str]:
	"""Return the names above a document, the nearest first."""
	limits = frappe.db.get_value(doctype, name, ["lft", "rgt"])
	if not limits:
		return []
	return frappe.get_all(
		doctype,
		filters={"lft": ("<", limits[0]), "rgt": (">", limits[1])},
		order_by=order_by,
		limit_page_length=limit,
		pluck="name",
	)


def get_root_of(doctype: str) -> str | None:
	"""Return the name of a tree's root."""
	return frappe.db.get_value(
		doctype, {parent_field_of_doctype(doctype): ("is", "not set")}, "name", order_by="lft asc"
	)
