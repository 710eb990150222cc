"""Backups of a site: the database as it is at one moment, its configuration and, if wanted, all files.

Each backup has a manifest with the checksum of every part, which the restore verifies before it touches
anything.
"""

from __future__ import annotations

import glob
import gzip
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
from typing import Any

import frappe
from frappe.utils.backup_crypt import encrypt_file

PARTS = ("db", "files", "private_files", "conf")
COPY_BYTES = 1 << 20
MANIFEST = "manifest.json"


class BackupGenerator:
	"""One backup of the site of the context.

	Args:
		backup_path: folder to write to; private/backups unless given.
		compress: compress archives of files.
		encrypt: encrypt every part.
		paths: part ("db", "files", "private_files", "conf") → path to write it to.
	"""

	def __init__(
		self,
		backup_path: str | None = None,
		compress: bool = False,
		encrypt: bool = False,
		paths: dict[str, str | None] | None = None,
	) -> None:
		self.folder = backup_path or get_backup_path()
		self.compress = compress
		self.encrypt = encrypt
		self.paths = {key: path for key, path in (paths or {}).items() if path}
		site = frappe.local.site.replace(".", "_")
		self.prefix = os.path.join(self.folder, f"{_stamp()}-{site}")
		self.made: dict[str, str] = {}

	def run(self, ignore_files: bool = False) -> dict[str, str]:
		"""Write all parts; of a backup that fails nothing is left.

		Returns:
			part → path, and the manifest under "manifest".
		"""
		os.makedirs(self.folder, mode=0o700, exist_ok=True)
		try:
			self._write("db", self._dump_name(), dump_database)
			self._write("conf", "site_config_backup.json", _copy_config)
			if not ignore_files:
				suffix = "tgz" if self.compress else "tar"
				self._write("files", f"files.{suffix}", _archive("public"))
				self._write("private_files", f"private-files.{suffix}", _archive("private"))
			self._write_manifest()
		except BaseException:
			for path in self.made.values():
				_remove(path)
			raise
		return self.made

	def _dump_name(self) -> str:
		return "database.sql.gz" if frappe.conf.db_type == "mariadb" else "database.db.gz"

	def _write(self, part: str, name: str, writer: Any) -> None:
		path = self.paths.get(part) or f"{self.prefix}-{self._marked(name)}"
		self.made[part] = path
		temporary = f"{path}.part"
		try:
			writer(temporary)
			os.chmod(temporary, 0o600)
			if self.encrypt:
				encrypt_file(temporary, path, backup_encryption_key())
				os.chmod(path, 0o600)
			else:
				os.replace(temporary, path)
		finally:
			_remove(temporary)

	def _marked(self, name: str) -> str:
		"""An encrypted part says so in its name, as Frappe's do: database-enc.db.gz."""
		stem, dot, suffix = name.partition(".")
		return f"{stem}-enc{dot}{suffix}" if self.encrypt else name

	def _write_manifest(self) -> None:
		from frappe.core.doctype.installed_applications.installed_applications import get_app_version

		values = {
			"site": frappe.local.site,
			"created": _stamp(),
			"db_type": frappe.conf.db_type or "sqlite",
			"encrypted": self.encrypt,
			"apps": {app: get_app_version(app) for app in frappe.get_installed_apps()},
			"parts": {
				part: {
					"file": os.path.basename(path),
					"sha256": checksum(path),
					"bytes": os.path.getsize(path),
				}
				for part, path in self.made.items()
			},
		}
		path = f"{self.prefix}-{MANIFEST}"
		self.made["manifest"] = path
		with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
			json.dump(values, file, indent=1)


def _stamp() -> str:
	from frappe.utils import now_datetime

	return now_datetime().strftime("%Y%m%d_%H%M%S_%f")[:-3]


def _remove(path: str) -> None:
	if os.path.exists(path):
		os.remove(path)


def checksum(path: str) -> str:
	"""Return the SHA-256 of a file in hexadecimal."""
	digest = hashlib.sha256()
	with open(path, "rb") as file:
		while chunk := file.read(COPY_BYTES):
			digest.update(chunk)
	return digest.hexdigest()


def backup_encryption_key() -> str:
	"""Return the key backups of this site are encrypted with; made and kept in site_config.json at first
	use.
	"""
	key = frappe.conf.backup_encryption_key
	if not key:
		from frappe.installer import update_site_config

		key = frappe.generate_hash(length=64)
		update_site_config("backup_encryption_key", key, validate=False)
	return key


def dump_database(path: str) -> None:
	"""Write the compressed database as it is now, while the site goes on."""
	if frappe.conf.db_type == "mariadb":
		_dump_mariadb(path)
	else:
		_dump_sqlite(path)


def _dump_sqlite(path: str) -> None:
	from frappe.database.sqlite.database import database_path

	plain = f"{path}.db"
	try:
		with _closing(sqlite3.connect(database_path())) as source, _closing(sqlite3.connect(plain)) as target:
			source.backup(target)
			target.execute("pragma journal_mode=delete")
		with open(plain, "rb") as reading, gzip.open(path, "wb", compresslevel=6) as writing:
			shutil.copyfileobj(reading, writing, COPY_BYTES)
	finally:
		_remove(plain)


def _closing(connection: sqlite3.Connection):
	from contextlib import closing

	return closing(connection)


def _dump_mariadb(path: str) -> None:
	from frappe.database import get_command

	conf = frappe.conf
	program, arguments, name = get_command(
		host=conf.db_host,
		port=conf.db_port,
		user=conf.db_user or conf.db_name,
		db_name=conf.db_name,
		dump=True,
	)
	if not program:
		raise frappe.ExecutableNotFound(f"{name} is not on this machine")
	command = [program, *arguments]
	environment = {**os.environ, "MYSQL_PWD": conf.db_password or ""}
	with gzip.open(path, "wb", compresslevel=6) as writing:
		process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
		with process:
			shutil.copyfileobj(process.stdout, writing, COPY_BYTES)
	if process.returncode:
		raise frappe.CommandFailedError(f"{name} ended with {process.returncode}")


def _copy_config(path: str) -> None:
	with open(path, "w", encoding="utf-8") as file:
		json.dump(
			frappe.get_file_json(os.path.join(frappe.local.site_path, "site_config.json")), file, indent=1
		)


def _archive(visibility: str) -> Any:
	def write(path: str) -> None:
		folder = frappe.get_site_path(visibility, "files")
		mode = "w:gz" if path.endswith(".tgz.part") else "w"
		with tarfile.open(path, mode) as archive:
			archive.add(folder, arcname=f"{visibility}/files")

	return write


def get_backup_path() -> str:
	"""Return the folder backups of the site go to."""
	return frappe.conf.backup_path or frappe.get_site_path("private", "backups")


def new_backup(
	older_than: int = 6,
	ignore_files: bool = False,
	backup_path: str | None = None,
	compress: bool = False,
	encrypt: bool | None = None,
	force: bool = False,
	verbose: bool = False,
	paths: dict[str, str | None] | None = None,
) -> dict[str, str]:
	"""Back the site of the context up and remove sets beyond the limit of System Settings.

	Args:
		older_than, force, verbose: kept for Frappe's signature; a backup is always a new one.
		ignore_files: database and configuration only.
		backup_path: folder to write to.
		compress: compress archives of files.
		encrypt: encrypt; None does as System Settings say.
		paths: part → path to write it to.

	Returns:
		part → path.
	"""
	if not encrypt:
		encrypt = bool(frappe.db.get_single_value("System Settings", "encrypt_backup"))
	made = BackupGenerator(backup_path, compress, encrypt, paths).run(ignore_files)
	if not backup_path and not paths:
		delete_surplus()
	return made


def scheduled_backup(**options: Any) -> dict[str, str]:
	"""Back the site up as the scheduler and other commands do; see new_backup."""
	return new_backup(**options)


def delete_surplus() -> None:
	"""Remove the oldest backups of the site beyond `backup_limit` of System Settings."""
	limit = frappe.cint(frappe.db.get_single_value("System Settings", "backup_limit")) or 3
	for manifest in sorted(glob.glob(os.path.join(glob.escape(get_backup_path()), f"*-{MANIFEST}")))[:-limit]:
		for path in glob.glob(glob.escape(manifest.removesuffix(MANIFEST)) + "*"):
			_remove(path)
