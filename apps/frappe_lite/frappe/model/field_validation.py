"""Checks of the values of one document or child row, in Frappe's words."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import frappe
from frappe.model import display_fieldtypes, table_fields

CHILD_PARENT_FIELDS = ("parent", "parenttype")
MARKDOWN_MARK = "<!-- markdown -->"


class FieldValidation:
	"""What BaseDocument checks before its row is written."""

	# ------------------------------------------------------------------ mandatory
	def _get_missing_mandatory_fields(self) -> list[tuple[str, str]]:
		missing = []
		for df in self.meta._mandatory_fields:
			value = self.get(df.fieldname)
			if value is None or value == [] or not _has_content(df, value):
				missing.append((df.fieldname, self._missing_message(df)))
		if self.meta.istable:
			missing += [
				(fieldname, self._missing_message(frappe._dict(label=fieldname)))
				for fieldname in CHILD_PARENT_FIELDS
				if not self.get(fieldname)
			]
		return missing

	def _missing_message(self, df: Any) -> str:
		label = frappe._(df.label)
		if df.fieldtype in table_fields:
			return "{}: {}: {}".format(frappe._("Error"), frappe._("Data missing in table"), label)
		if self.get("parentfield"):
			return "{}: {} {} #{}: {}: {}".format(
				frappe._("Error"),
				frappe.bold(frappe._(self.doctype)),
				frappe._("Row"),
				self.idx,
				frappe._("Value missing for"),
				label,
			)
		return frappe._("Error: Value missing for {0}: {1}").format(frappe._(df.parent), label)

	# ------------------------------------------------------------------ form of values
	def _validate_selects(self) -> None:
		if frappe.flags.in_import:
			return
		for df in self.meta._select_fields:
			value = self.get(df.fieldname)
			if not (value and df.options) or df.fieldname == "naming_series":
				continue
			options = df.options.split("\n")
			if any(options):
				self._validate_select(df, str(value).strip(), options)

	def _validate_select(self, df: Any, value: str, options: list[str]) -> None:
		self.set(df.fieldname, value)
		if value in options or (frappe.flags.in_test and value.startswith("_T-")):
			return
		prefix = frappe._("Row #{0}:").format(self.idx) if self.get("parentfield") else ""
		choices = '", "'.join(frappe._(option) for option in options)
		frappe.throw(
			frappe._('{0} {1} cannot be "{2}". It should be one of "{3}"').format(
				prefix, frappe._(self.meta.get_label(df.fieldname)), value, choices
			)
		)

	def _validate_data_fields(self) -> None:
		for df in self.meta._addressed_fields:
			value = self.get(df.fieldname)
			if value:
				_check_address(self, df, value)

	def _validate_typed_values(self) -> None:
		for df, fieldtype in self.meta._checked_fields:
			value = self.get(df.fieldname)
			if value is not None and value != "":
				self.__dict__[df.fieldname] = fieldtype.check(df, value)

	def _validate_non_negative(self) -> None:
		for df in self.meta._non_negative_fields:
			if frappe.utils.flt(self.get(df.fieldname)) < 0:
				frappe.throw(
					self._negative_message(df), frappe.NonNegativeError, title=frappe._("Negative Value")
				)

	def _negative_message(self, df: Any) -> str:
		label = frappe.bold(frappe._(df.label))
		if self.get("parentfield"):
			return "{} {} #{}: {} {}".format(
				frappe.bold(frappe._(self.doctype)),
				frappe._("Row"),
				self.idx,
				frappe._("Value cannot be negative for"),
				label,
			)
		return frappe._("Value cannot be negative for {0}: {1}").format(frappe._(df.parent), label)

	def _fix_rating_value(self) -> None:
		if not self.meta._rating_fields:
			return
		from frappe.model.fieldtypes.rating import clamp

		for fieldname in self.meta._rating_fields:
			self.set(fieldname, clamp(self.get(fieldname)))

	def _fix_numeric_types(self) -> None:
		own = self.__dict__
		for fieldname, cast in self.meta._numeric_casts:
			if own.get(fieldname) is not None:
				own[fieldname] = cast(own[fieldname])

	def _validate_length(self) -> None:
		if frappe.flags.in_install or self.meta.issingle:
			return
		own = self.__dict__
		for df, longest, greatest in self.meta._limits:
			value = own.get(df.fieldname)
			if value is None:
				continue
			if longest is not None:
				if len(value if isinstance(value, str) else str(value)) > longest:
					self.throw_length_exceeded_error(df, longest, value)
			elif abs(frappe.utils.cint(value)) > greatest:
				self.throw_length_exceeded_error(df, greatest, value)

	def throw_length_exceeded_error(self, df: Any, max_length: int, value: Any) -> None:
		"""Refuse a value that its column would cut off.

		Raises:
			CharacterLengthExceededError: always.
		"""
		if self.get("parentfield"):
			reference = frappe._("{0}, Row {1}").format(frappe._(self.doctype), self.idx)
		else:
			reference = f"{frappe._(self.doctype)} {self.name}"
		frappe.throw(
			frappe._("{0}: '{1}' ({3}) will get truncated, as max characters allowed is {2}").format(
				reference, frappe.bold(frappe._(df.label)), max_length, value
			),
			frappe.CharacterLengthExceededError,
			title=frappe._("Value too big"),
		)

	def _validate_code_fields(self) -> None:
		for df in self.meta._python_fields:
			code = self.get(df.fieldname)
			if not code:
				continue
			from frappe.utils import validate_python_code

			validate_python_code(code, fieldname=df.label, is_expression=df.options == "PythonExpression")

	# ------------------------------------------------------------------ changes that are refused
	def _validate_update_after_submit(self, before: Any) -> None:
		for df in self.meta.fields:
			if df.allow_on_submit or df.fieldtype in display_fieldtypes or df.is_virtual:
				continue
			old, new = before.get(df.fieldname), self.get(df.fieldname)
			if not (old or new):
				continue
			if df.fieldtype in table_fields:
				old, new = len(old or ()), len(new or ())
			elif not _differ(self.get_value(df.fieldname), before.get_value(df.fieldname)):
				continue
			if old != new:
				self._refuse_update_after_submit(df, old, new)

	def _refuse_update_after_submit(self, df: Any, old: Any, new: Any) -> None:
		frappe.throw(
			frappe._("{0} Not allowed to change {1} after submission from {2} to {3}").format(
				f"Row #{self.idx}:" if self.get("parent") else "",
				frappe.bold(frappe._(df.label)),
				frappe.bold(old),
				frappe.bold(new),
			),
			frappe.UpdateAfterSubmitError,
			title=frappe._("Cannot Update After Submit"),
		)

	# ------------------------------------------------------------------ content
	def _sanitize_content(self) -> None:
		"""Clean HTML where a browser will show it, so that nobody stores a script for others."""
		if frappe.flags.in_install or self.docstatus.is_cancelled():
			return
		own = self.__dict__
		submitted = self.docstatus.is_submitted()
		for fieldname, df in self.meta._sanitized_fields:
			value = own.get(fieldname)
			if not value or value.__class__ is not str or ("<" not in value and ">" not in value):
				continue
			if submitted and df is not None and not df.allow_on_submit:
				continue
			own[fieldname] = _clean(value, df)

	def _sync_autoname_field(self) -> None:
		"""Keep the field that names the document equal to its name."""
		autoname = self.meta.autoname
		if autoname and autoname.startswith("field:"):
			fieldname = autoname[6:]
			if self.name and self.name != self.get(fieldname):
				self.set(fieldname, self.name)

	# ------------------------------------------------------------------ passwords
	def _save_passwords(self) -> None:
		"""Encrypt secrets into `__Auth` and keep only stars in the document."""
		if self.flags.ignore_save_passwords is True:
			return
		for fieldname in self.meta._password_fields:
			if self.flags.ignore_save_passwords and fieldname in self.flags.ignore_save_passwords:
				continue
			self._save_password(fieldname, self.get(fieldname))

	def _save_password(self, fieldname: str, secret: Any) -> None:
		from frappe.utils.password import remove_encrypted_password, set_encrypted_password

		if not secret:
			remove_encrypted_password(self.doctype, self.name, fieldname)
		elif not self.is_dummy_password(secret):
			set_encrypted_password(self.doctype, self.name, secret, fieldname)
			self.set(fieldname, "*" * len(secret))

	def get_password(self, fieldname: str = "password", raise_exception: bool = True) -> str | None:
		"""Return a secret in clear text.

		Raises:
			AuthenticationError: nothing is stored and `raise_exception` is set.
		"""
		from frappe.utils.password import get_decrypted_password

		value = self.get(fieldname)
		if value and not self.is_dummy_password(value):
			return value
		return get_decrypted_password(self.doctype, self.name, fieldname, raise_exception=raise_exception)

	def is_dummy_password(self, pwd: str) -> bool:
		"""Tell whether a value is only the stars that stand for a stored secret."""
		return bool(pwd) and not str(pwd).strip("*")

	# ------------------------------------------------------------------ permission levels
	def reset_values_if_no_permlevel_access(
		self, has_access_to: list[int], high_permlevel_fields: list
	) -> None:
		"""Put back the values of fields that the user may not write."""
		to_reset = [
			df.fieldname
			for df in high_permlevel_fields
			if df.permlevel not in has_access_to and df.fieldtype not in display_fieldtypes
		]
		if not to_reset:
			return
		reference = self._reference_for_reset()
		if reference is not None:
			for fieldname in to_reset:
				self.set(fieldname, reference.get(fieldname))

	def _reference_for_reset(self) -> Any:
		if self.is_new():
			return frappe.new_doc(self.doctype)
		if not self.parent_doc:
			return self.get_latest()
		rows = self.parent_doc.get_latest().get(self.parentfield) or ()
		return next((row for row in rows if row.name == self.name), None)


def _has_content(df: Any, value: Any) -> bool:
	if not isinstance(value, str):
		return str(value).strip() != ""
	if "<" not in value:
		return bool(value.strip())
	from frappe.utils import strip_html

	has_text = bool(strip_html(value).strip())
	is_markup = df.fieldtype == "Text Editor" or (df.fieldtype == "Code" and df.options == "HTML")
	return has_text or (is_markup and "<img" in value)


def _check_address(doc: Any, df: Any, value: Any) -> None:
	if df.fieldtype == "Phone":
		frappe.utils.validate_phone_number_with_country_code(value, df.fieldname)
	elif df.options == "Email":
		_check_email(doc, df, value)
	elif df.options == "Name":
		frappe.utils.validate_name(value, True)
	elif df.options == "Phone":
		frappe.utils.validate_phone_number(value, True)
	elif df.options == "URL":
		frappe.utils.validate_url(value, throw=True)


def _check_email(doc: Any, df: Any, value: Any) -> None:
	if doc.get("owner") in frappe.STANDARD_USERS and value in frappe.STANDARD_USERS:
		return
	for address in frappe.utils.split_emails(value):
		frappe.utils.validate_email_address(address, throw=True)


def _differ(new: Any, old: Any) -> bool:
	if isinstance(new, timedelta | time) or isinstance(old, timedelta | time):
		return str(new) != str(old)
	return new != old


def _clean(value: str, df: Any) -> str:
	from frappe.utils.html_utils import sanitize_html

	if MARKDOWN_MARK in value and "<" not in value.replace(MARKDOWN_MARK, ""):
		return value
	return sanitize_html(value, linkify=bool(df) and df.fieldtype == "Text Editor")
