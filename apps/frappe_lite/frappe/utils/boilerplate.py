"""The skeleton of a new app."""

from __future__ import annotations

import os
import re

import frappe

INIT = '__version__ = "0.0.1"\n'
PYPROJECT = """[project]
name = "{app_name}"
description = "{description}"
readme = "README.md"
requires-python = ">=3.10"
dynamic = ["version"]
authors = [{{ name = "{publisher}", email = "{email}" }}]

[build-system]
requires = ["setuptools>=61"]
build-backend = "setuptools.build_meta"

[tool.setuptools.dynamic]
version = {{ attr = "{app_name}.__version__" }}

[tool.setuptools.packages.find]
include = ["{app_name}*"]
"""
HOOKS = """app_name = "{app_name}"
app_title = "{title}"
app_publisher = "{publisher}"
app_description = "{description}"
app_email = "{email}"
app_license = "mit"
"""
PATCHES = "[pre_model_sync]\n\n[post_model_sync]\n"
README = "# {title}\n\n{description}\n"


def make_boilerplate(
	destination: str, app_name: str, title: str, description: str, publisher: str, email: str
) -> str:
	"""Write the skeleton of an app.

	Args:
		destination: folder to write into.
		app_name: name of its package, letters, digits and underscores.
		title, description, publisher, email: for its hooks.

	Returns:
		the app's folder.

	Raises:
		ValidationError: the name is no name of a package, or the folder exists.
	"""
	if not re.fullmatch(r"[a-z][a-z0-9_]*", app_name) or app_name == "frappe":
		raise frappe.ValidationError("App name must be lower case letters, digits and underscores")
	folder = os.path.join(os.path.abspath(destination), app_name)
	if os.path.exists(folder):
		raise frappe.ValidationError(f"{folder} exists")
	values = {"title": title, "description": description, "publisher": publisher, "email": email}
	values = {key: value.replace('"', "'") for key, value in values.items()}
	for path, text in _files(app_name, title).items():
		_write(os.path.join(folder, path), text.format(app_name=app_name, **values) if "{" in text else text)
	return folder


def _files(app_name: str, title: str) -> dict[str, str]:
	module = frappe.scrub(title)
	package = app_name
	return {
		"pyproject.toml": PYPROJECT,
		"README.md": README,
		f"{package}/__init__.py": INIT,
		f"{package}/hooks.py": HOOKS,
		f"{package}/modules.txt": f"{title}\n",
		f"{package}/patches.txt": PATCHES,
		f"{package}/patches/__init__.py": "",
		f"{package}/{module}/__init__.py": "",
		f"{package}/{module}/doctype/__init__.py": "",
	}


def _write(path: str, text: str) -> None:
	os.makedirs(os.path.dirname(path), exist_ok=True)
	with open(path, "w", encoding="utf-8") as file:
		file.write(text)
