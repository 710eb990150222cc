"""Errors of files."""

import frappe


class MaxFileSizeReachedError(frappe.ValidationError):
	"""The content is larger than the site allows."""


class FolderNotEmpty(frappe.ValidationError):
	"""A folder that holds files cannot be deleted."""
