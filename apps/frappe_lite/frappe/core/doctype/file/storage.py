"""Names, addresses and bytes of files on disk; nothing here leaves the site's two file folders."""

from __future__ import annotations

import base64
import binascii
import contextlib
import os
import re
import unicodedata

import frappe
from frappe import _

PUBLIC, PRIVATE = "/files/", "/private/files/"
MAX_NAME = 140
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')


def safe_name(name: str) -> str:
	"""Return a file name without path, control characters and what some disk refuses."""
	name = unicodedata.normalize("NFC", str(name or "")).replace("\\", "/").rsplit("/", 1)[-1]
	name = _UNSAFE.sub("_", name).strip().lstrip(".").rstrip(". ")
	if len(name) > MAX_NAME:
		stem, extension = os.path.splitext(name)
		name = stem[: MAX_NAME - len(extension[:20])] + extension[:20]
	return name


def type_of(name: str) -> str | None:
	"""Return the extension in capitals, None without one."""
	extension = os.path.splitext(name)[1].lstrip(".").upper()
	return extension or None


def url_of(name: str, private: bool) -> str:
	"""Return the address of a file name."""
	return f"{PRIVATE if private else PUBLIC}{name}"


def path_of(url: str) -> str:
	"""Return the path of an address such as /private/files/a.pdf.

	Raises:
		ValidationError: the address leaves the site's file folders.
	"""
	url = url.split("?", 1)[0].split("#", 1)[0]
	for prefix, parts in ((PRIVATE, ("private", "files")), (PUBLIC, ("public", "files"))):
		if url.startswith(prefix):
			folder = os.path.abspath(frappe.get_site_path(*parts))
			path = os.path.abspath(os.path.join(folder, url[len(prefix) :]))
			if path.startswith(folder + os.sep) and "\x00" not in path:
				return path
	frappe.throw(_("{0} is not a valid file path").format(url))
	return ""


def free_name(name: str, content_hash: str, private: bool) -> str:
	"""Return `name`, or with a part of the hash when another content has it."""
	if not os.path.exists(path_of(url_of(name, private))):
		return name
	stem, extension = os.path.splitext(name)
	candidate = f"{stem}{content_hash[-6:]}{extension}"
	while os.path.exists(path_of(url_of(candidate, private))):
		candidate = f"{stem}{frappe.generate_hash(length=6)}{extension}"
	return candidate


def write(path: str, data: bytes) -> None:
	"""Write bytes so that a crash leaves all of them or nothing under the name."""
	os.makedirs(os.path.dirname(path), exist_ok=True)
	temporary = f"{path}.{frappe.generate_hash(length=8)}.part"
	with open(temporary, "wb") as file:
		file.write(data)
		file.flush()
		os.fsync(file.fileno())
	os.replace(temporary, path)


def read(path: str) -> bytes:
	"""Return the bytes of a path.

	Raises:
		DoesNotExistError: there is no such file.
	"""
	try:
		with open(path, "rb") as file:
			return file.read()
	except FileNotFoundError as error:
		raise frappe.DoesNotExistError from error


def remove(path: str) -> None:
	"""Remove a file if it is there."""
	with contextlib.suppress(FileNotFoundError):
		os.remove(path)


def to_bytes(content: str | bytes, decode: bool) -> bytes:
	"""Return content as bytes.

	Args:
		decode: it is base64, perhaps as a data URL.

	Raises:
		ValidationError: it is no base64.
	"""
	data = content.encode() if isinstance(content, str) else content
	if not decode:
		return data
	if data.startswith(b"data:"):
		data = data.split(b",", 1)[-1]
	try:
		return base64.b64decode(data)
	except binascii.Error:
		frappe.throw(_("The file content is not valid base64"))
	return b""


def as_text(data: bytes) -> str | bytes:
	"""Return bytes as text when they are UTF-8, else as they are."""
	try:
		return data.decode()
	except UnicodeDecodeError:
		return data
