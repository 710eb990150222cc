from __future__ import annotations

import json
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.modules.utils import export_module_json


class Workspace(Document):
	"""A page of shortcuts, cards and links: for everybody, for roles, or for one user."""

	def before_validate(self) -> None:
		self.type = self.type or "Workspace"
		self.title = self.title or self.label
		self.content = self.content or "[]"

	def validate(self) -> None:
		if self.public and not is_workspace_manager() and not disable_saving_as_public():
			frappe.throw(_("You need to be Workspace Manager to edit this document"))
		if self.has_value_changed("title"):
			self.title = self.title.strip()
		self.check_content()
		self.check_links()

	def check_content(self) -> None:
		"""Refuse content that is not a list in JSON.

		Raises:
			ValidationError: it is not.
		"""
		try:
			if not isinstance(json.loads(self.content), list):
				raise ValueError("no list")
		except ValueError:
			frappe.throw(_("Content data shoud be a list"))

	def check_links(self) -> None:
		"""A card counts the links that follow it."""
		card = None
		for link in self.links:
			if link.type == "Card Break":
				card = link
				card.link_count = 0
			elif card:
				card.link_count = (card.link_count or 0) + 1

	def on_update(self) -> None:
		frappe.clear_cache()
		if disable_saving_as_public():
			return
		if self.public and self.module and not self.for_user:
			export_module_json(self, True, self.module)

	def on_trash(self) -> None:
		if self.public and not is_workspace_manager():
			frappe.throw(_("You need to be Workspace Manager to delete a public workspace."))
		frappe.clear_cache()

	def get_link_groups(self) -> list[dict[str, Any]]:
		"""Return the links gathered under their cards.

		Returns:
			[{"label", "type": "Card Break", "links": […]}].
		"""
		cards: list[dict[str, Any]] = []
		for link in self.links:
			values = link.as_dict()
			if values.type == "Card Break":
				cards.append({**values, "links": []})
			else:
				if not cards:
					cards.append(
						{"label": _("Link"), "type": "Card Break", "icon": None, "hidden": 0, "links": []}
					)
				cards[-1]["links"].append(values)
		return [card for card in cards if card["links"]]


def is_workspace_manager() -> bool:
	"""Tell whether the user may change workspaces of everybody."""
	return "Workspace Manager" in frappe.get_roles() or frappe.session.user == "Administrator"


def disable_saving_as_public() -> bool:
	"""Tell whether a workspace is being written from a file, so that its file need not follow."""
	flags = frappe.flags
	return bool(
		flags.in_install or flags.in_uninstall or flags.in_patch or flags.in_test or flags.in_fixtures
	) or bool(flags.in_migrate or flags.in_import)
