"""File: content on disk, public or private; a private file follows the document it is attached to."""

from __future__ import annotations

import os
from typing import Any

import frappe
from frappe import _
from frappe.core.doctype.file import storage
from frappe.core.doctype.file.exceptions import MaxFileSizeReachedError
from frappe.core.doctype.file.permissions import get_permission_query_conditions, has_permission
from frappe.core.doctype.file.utils import find_file_by_url, get_content_hash, make_home_folder
from frappe.model.document import Document
from frappe.utils import cint

__all__ = [
	"File",
	"MaxFileSizeReachedError",
	"download_file",
	"get_permission_query_conditions",
	"has_permission",
]

URL_PREFIXES = ("http://", "https://", "/api/method/")
DEFAULT_MAX_SIZE = 25 * 1024 * 1024


class File(Document):
	"""A file or a folder. `content` (text or bytes) given on insert is written to disk."""

	no_feed_on_delete = True

	def __init__(self, *args: Any, **kwargs: Any) -> None:
		super().__init__(*args, **kwargs)
		content = self.__dict__.pop("content", None)
		self._decode = cint(self.__dict__.pop("decode", 0))
		self._content = content

	@property
	def is_remote_file(self) -> bool:
		"""Tell whether the content lies elsewhere."""
		return bool(self.file_url) and self.file_url.startswith(URL_PREFIXES)

	def autoname(self) -> None:
		"""Name folders by their path, files at random."""
		if not self.is_folder:
			self.name = frappe.generate_hash(length=10)
			return
		self.name = self.file_name if self.is_home_folder else f"{self.folder or 'Home'}/{self.file_name}"

	# ---- life cycle
	def before_insert(self) -> None:
		"""Put the content on disk and describe it."""
		self.set_folder_name()
		self.set_file_name()
		self.set_privacy()
		self.validate_attachment_limit()
		if self.is_folder or self.is_remote_file:
			return
		if self._content is not None:
			self.save_file(self._content, self._decode)
		elif self.file_url:
			self.adopt_existing()

	def validate(self) -> None:
		"""Check name, address and privacy."""
		if self.is_folder:
			return
		if not (self.file_name or self.file_url):
			frappe.throw(_("Fields `file_name` or `file_url` must be set for File"), frappe.MandatoryError)
		if self.attached_to_name is not None:
			self.attached_to_name = str(self.attached_to_name)
		if self.is_new():
			return
		self.handle_changes()

	def handle_changes(self) -> None:
		"""Let privacy change, refuse another address or content for the same file."""
		before = self.get_doc_before_save()
		if before is None:
			return
		if cint(before.is_private) != cint(self.is_private) and before.file_url == self.file_url:
			self.set_privacy()
			if cint(before.is_private) != cint(self.is_private):
				self.move_to_other_folder(before.file_url)
		elif before.file_url != self.file_url:
			frappe.throw(_("Cannot change the address of a file"), frappe.PermissionError)

	def after_insert(self) -> None:
		"""Note the attachment in the document's history."""
		if self.attached_to_doctype and self.attached_to_name and not self.is_folder:
			self.add_comment_in_reference_doc("Attachment", _("Added {0}").format(self.file_name or ""))

	def on_trash(self) -> None:
		"""Refuse to delete what holds others; note it in the document's history."""
		if self.is_home_folder or self.is_attachments_folder:
			frappe.throw(_("Cannot delete Home and Attachments folders"))
		if self.is_folder and frappe.db.exists("File", {"folder": self.name}):
			frappe.throw(_("Folder {0} is not empty").format(self.name))
		self.add_comment_in_reference_doc("Attachment Removed", self.file_name or "")

	def after_delete(self) -> None:
		"""Remove the content once nobody refers to it and the deletion is committed."""
		if self.is_folder or self.is_remote_file or not self.file_url:
			return
		if not frappe.db.exists("File", {"file_url": self.file_url, "name": ("!=", self.name)}):
			path = self.get_full_path()
			frappe.db.after_commit.add(lambda: storage.remove(path))

	# ---- before_insert
	def set_folder_name(self) -> None:
		"""Put the file into Home unless a folder is named."""
		if self.is_home_folder or self.is_attachments_folder:
			return
		make_home_folder()
		self.folder = self.folder or "Home"

	def set_file_name(self) -> None:
		"""Make the name one that is safe on every disk."""
		name = self.file_name or (self.file_url or "").split("?", 1)[0].rstrip("/").split("/")[-1]
		if not name and not self.file_url and not self.is_folder:
			frappe.throw(_("Fields `file_name` or `file_url` must be set for File"), frappe.MandatoryError)
		self.file_name = storage.safe_name(name)
		self.file_type = storage.type_of(self.file_name) if not self.is_folder else None
		self.validate_file_extension()

	def validate_file_extension(self) -> None:
		"""Refuse extensions the site does not allow (System Settings: allowed file extensions)."""
		allowed = frappe.get_system_settings("allowed_file_extensions")
		if not allowed or self.is_folder or frappe.flags.in_install:
			return
		if (self.file_type or "") not in [line.strip().upper() for line in allowed.splitlines()]:
			frappe.throw(_("File type of {0} is not allowed").format(self.file_type or self.file_name))

	def set_privacy(self) -> None:
		"""Keep files of documents private unless their DocType has public attachments."""
		if self.is_folder or self.is_remote_file:
			return
		if self.file_url and self._content is None and self.is_new():
			self.is_private = int(self.file_url.startswith("/private/"))
		elif self.is_private is None:
			self.is_private = 1
		if self.attached_to_doctype and not self.may_be_public():
			self.is_private = 1

	def may_be_public(self) -> bool:
		"""Tell whether an attachment of this document may be public: by its DocType, or as its picture."""
		meta = frappe.get_meta(self.attached_to_doctype)
		if meta.make_attachments_public or (meta.image_field and meta.image_field == self.attached_to_field):
			return True
		from frappe.permissions.rules import readable_levels

		return 0 in readable_levels(meta.get("permissions") or (), ["Guest"])

	def validate_attachment_limit(self) -> None:
		"""Refuse more attachments than the DocType allows.

		Raises:
			AttachmentLimitReached: it has as many.
		"""
		if not self.attached_to_doctype or not self.attached_to_name:
			return
		limit = cint(frappe.get_meta(self.attached_to_doctype).max_attachments)
		if not limit:
			return
		attached = {
			"attached_to_doctype": self.attached_to_doctype,
			"attached_to_name": self.attached_to_name,
		}
		if frappe.db.count("File", attached) >= limit:
			frappe.throw(
				_("Maximum Attachment Limit of {0} has been reached for {1} {2}.").format(
					limit, self.attached_to_doctype, self.attached_to_name
				),
				frappe.AttachmentLimitReached,
			)

	def adopt_existing(self) -> None:
		"""Refer to content that is on disk already, if the user may read it.

		Raises:
			PermissionError: he may not, or there is none.
		"""
		path = self.get_full_path()
		if not os.path.isfile(path):
			frappe.throw(_("File {0} does not exist").format(self.file_url), frappe.DoesNotExistError)
		if self.is_private and not self.flags.ignore_permissions and find_file_by_url(self.file_url) is None:
			frappe.throw(_("You don't have permission to access this file"), frappe.PermissionError)
		self.file_size = os.path.getsize(path)
		with open(path, "rb") as file:
			self.content_hash = get_content_hash(file.read())

	# ---- content
	def save_file(
		self,
		content: str | bytes | None = None,
		decode: bool | int = False,
		ignore_existing_file_check: bool = False,
		overwrite: bool = False,
	) -> dict[str, str]:
		"""Write content to disk; equal content of the same privacy is kept once.

		Args:
			content: text or bytes, base64 with `decode`.
			ignore_existing_file_check: write it again although equal content exists.

		Raises:
			MaxFileSizeReachedError: it is larger than the site allows.
		"""
		data = storage.to_bytes(content if content is not None else self._content or b"", bool(decode))
		self._content = None
		if self.is_private is None:
			self.is_private = 1
		self.file_size = self.check_max_file_size(data)
		self.content_hash = get_content_hash(data)
		existing = None if ignore_existing_file_check else self.find_equal()
		if existing:
			self.file_url = existing
			return {"file_name": os.path.basename(existing), "file_url": existing}
		return self.write_file(data)

	def find_equal(self) -> str | None:
		"""Return the address of equal content of the same privacy that is still on disk."""
		for url in frappe.get_all(
			"File",
			filters={"content_hash": self.content_hash, "is_private": cint(self.is_private), "is_folder": 0},
			pluck="file_url",
			limit_page_length=5,
		):
			if (
				url
				and url.startswith(("/files/", "/private/files/"))
				and os.path.exists(storage.path_of(url))
			):
				return url
		return None

	def write_file(self, data: bytes) -> dict[str, str]:
		"""Write bytes under a free name; a rollback removes them again."""
		name = storage.free_name(self.file_name, self.content_hash, bool(self.is_private))
		self.file_url = storage.url_of(name, bool(self.is_private))
		path = storage.path_of(self.file_url)
		storage.write(path, data)
		frappe.db.after_rollback.add(lambda: storage.remove(path))
		return {"file_name": name, "file_url": self.file_url}

	def check_max_file_size(self, data: bytes) -> int:
		"""Return the size of content in bytes.

		Raises:
			MaxFileSizeReachedError: it is larger than the site's `max_file_size`.
		"""
		limit = cint(frappe.conf.max_file_size) or DEFAULT_MAX_SIZE
		if len(data) > limit:
			frappe.throw(
				_("File size exceeded the maximum allowed size of {0} MB").format(limit / 1048576),
				MaxFileSizeReachedError,
			)
		return len(data)

	def get_content(self, encodings: Any = None) -> str | bytes:
		"""Return the content, as text when it is UTF-8, else as bytes.

		Raises:
			DoesNotExistError: it is not on disk.
		"""
		if self.is_folder:
			frappe.throw(_("Cannot get file contents of a Folder"))
		if self._content is not None:
			self._content = storage.to_bytes(self._content, bool(self._decode))
			self._decode = 0
			return storage.as_text(self._content)
		path = self.get_full_path()
		if not os.path.isfile(path):
			frappe.throw(_("File {0} does not exist").format(self.file_url), frappe.DoesNotExistError)
		with open(path, "rb") as file:
			return storage.as_text(file.read())

	def get_full_path(self) -> str:
		"""Return the path of the content on disk.

		Raises:
			ValidationError: the address leaves the site's file folders.
		"""
		return storage.path_of(self.file_url or storage.url_of(self.file_name or "", bool(self.is_private)))

	def exists_on_disk(self) -> bool:
		"""Tell whether the content is there."""
		return not self.is_folder and os.path.exists(self.get_full_path())

	def get_extension(self) -> tuple[str, str]:
		"""Return name and extension: ("report", ".pdf")."""
		return os.path.splitext(self.file_name or "")

	def is_downloadable(self) -> bool:
		"""Tell whether the current user may read the file."""
		return bool(self.has_permission("read")) if self.name else has_permission(self, "read")

	def move_to_other_folder(self, old_url: str) -> None:
		"""Follow a change of privacy on disk and in the field that shows the file."""
		data = storage.read(storage.path_of(old_url))
		self.write_file(data)
		others = frappe.db.exists("File", {"file_url": old_url, "name": ("!=", self.name)})
		if not others:
			old_path = storage.path_of(old_url)
			frappe.db.after_commit.add(lambda: storage.remove(old_path))
		if self.attached_to_doctype and self.attached_to_name and self.attached_to_field:
			current = frappe.db.get_value(
				self.attached_to_doctype, self.attached_to_name, self.attached_to_field
			)
			if current == old_url:
				frappe.db.set_value(
					self.attached_to_doctype, self.attached_to_name, self.attached_to_field, self.file_url
				)

	# ---- history
	def add_comment_in_reference_doc(self, comment_type: str, text: str) -> None:
		"""Add a comment to the document the file is attached to, if it is stored."""
		if not self.attached_to_doctype or not self.attached_to_name or frappe.flags.in_install:
			return
		if frappe.get_meta(self.attached_to_doctype).issingle:
			return
		if frappe.db.exists(self.attached_to_doctype, self.attached_to_name):
			frappe.get_doc(self.attached_to_doctype, self.attached_to_name).add_comment(comment_type, text)


@frappe.whitelist(allow_guest=True)
def download_file(file_url: str) -> None:
	"""Answer with a file the user may read."""
	from frappe.core.api.upload import download_file as download

	download(file_url)
