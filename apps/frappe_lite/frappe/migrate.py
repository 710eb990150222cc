"""`bench migrate`: patches, tables, standard records, fixtures and hooks of the installed apps."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import Any

import frappe
from frappe.modules.patch_handler import PatchType

LOCK = "bench_migrate"


class SiteMigration:
	"""One migration of one site.

	Args:
		skip_failing: go on after a failing patch.
		skip_search_index: kept for Frappe's signature; there is no separate search index.
	"""

	def __init__(self, skip_failing: bool = False, skip_search_index: bool = False) -> None:
		self.skip_failing = skip_failing
		self.skip_search_index = skip_search_index

	def run(self, site: str, sites_path: str | None = None) -> None:
		"""Migrate a site; a site that is being migrated already is refused.

		Args:
			site: name of the site.
			sites_path: the bench's sites folder; the context's unless given.
		"""
		sites_path = sites_path or getattr(frappe.local, "sites_path", None) or "."
		frappe.destroy()
		frappe.init(site, sites_path=sites_path, force=True)
		frappe.connect()
		with _only_one(frappe.get_site_path("locks", f"{LOCK}.lock")):
			try:
				self.migrate()
			finally:
				frappe.flags.in_migrate = False
				frappe.destroy()

	def migrate(self) -> None:
		"""Migrate the site of the context, step by step, each step committed."""
		self.set_up()
		self.pre_schema_updates()
		self.run_schema_updates()
		self.post_schema_updates()

	def set_up(self) -> None:
		"""Start from the files as they are now."""
		from frappe.kernel.apps import clear_hooks_cache

		frappe.flags.in_migrate = True
		clear_hooks_cache()
		frappe.clear_cache()
		frappe.db.create_framework_tables()
		frappe.db.commit()

	def pre_schema_updates(self) -> None:
		"""Call `before_migrate` and run the patches that need the old tables."""
		self._run_hooks("before_migrate")
		self._run_patches(PatchType.pre_model_sync)

	def run_schema_updates(self) -> None:
		"""Let DocTypes and tables follow the files; columns and rows without a field stay."""
		from frappe.installer import add_module_defs, make_roles_of
		from frappe.modules.standard_records import sync_all

		for app in frappe.get_installed_apps():
			add_module_defs(app)
		sync_all()
		for app in frappe.get_installed_apps():
			make_roles_of(app)
		frappe.db.commit()
		self._run_patches(PatchType.post_model_sync)

	def post_schema_updates(self) -> None:
		"""Jobs, fixtures, customizations, dashboards, translations' cache, `after_migrate`."""
		from frappe.core.doctype.installed_applications.installed_applications import update_versions
		from frappe.core.doctype.scheduled_job_type.scheduled_job_type import sync_jobs
		from frappe.modules.customizations import sync_customizations
		from frappe.utils.dashboard import sync_dashboards
		from frappe.utils.fixtures import sync_fixtures

		for step in (sync_jobs, sync_fixtures, sync_dashboards, sync_customizations, update_versions):
			step()
			frappe.db.commit()
		remove_deleted_doctypes()
		frappe.clear_cache()
		self._run_hooks("after_migrate")
		frappe.db.commit()

	def _run_hooks(self, hook: str) -> None:
		for app in frappe.get_installed_apps():
			for method in frappe.get_hooks(hook, app_name=app):
				frappe.get_attr(method)()
				frappe.db.commit()

	def _run_patches(self, patch_type: PatchType) -> None:
		from frappe.modules.patch_handler import run_all

		run_all(skip_failing=self.skip_failing, patch_type=patch_type)


@contextlib.contextmanager
def _only_one(path: str) -> Iterator[None]:
	"""Hold a lock of the operating system; it goes with the process, however that ends."""
	import fcntl

	os.makedirs(os.path.dirname(path), exist_ok=True)
	with open(path, "w", encoding="utf-8") as lock:
		try:
			fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
		except OSError:
			raise frappe.ValidationError("Another migration of this site is running") from None
		yield


def remove_deleted_doctypes() -> list[str]:
	"""Remove DocTypes whose JSON file is gone from their app; their tables and rows stay.

	Returns:
		names of the DocTypes removed.
	"""
	from frappe.modules.standard_records import read_doctypes

	apps = frappe.get_installed_apps()
	on_disk = {file.name for app in apps for file in read_doctypes(app)}
	removed = [row.name for row in _standard_doctypes(apps) if row.name not in on_disk]
	for name in removed:
		frappe.delete_doc("DocType", name, force=True, ignore_permissions=True, ignore_missing=True)
	return removed


def _standard_doctypes(apps: list[str]) -> list[Any]:
	modules = [m.name for m in frappe.get_all("Module Def", ["name", "app_name"]) if m.app_name in apps]
	return frappe.get_all("DocType", filters={"custom": 0, "module": ("in", modules)}, limit_page_length=0)
