"""The registry of field types; one small file each, the same names as in the desk."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module

from frappe.model.fieldtypes.base import FieldType, ShortTextType

FILES = (
	"attach",
	"attach_image",
	"autocomplete",
	"barcode",
	"button",
	"check",
	"code",
	"color",
	"column_break",
	"currency",
	"data",
	"date",
	"datetime",
	"duration",
	"dynamic_link",
	"float",
	"fold",
	"geolocation",
	"heading",
	"html",
	"html_editor",
	"icon",
	"image",
	"int",
	"json",
	"link",
	"long_int",
	"long_text",
	"markdown_editor",
	"password",
	"percent",
	"phone",
	"rating",
	"read_only",
	"section_break",
	"select",
	"signature",
	"small_text",
	"tab_break",
	"table",
	"table_multiselect",
	"text",
	"text_editor",
	"time",
)


@lru_cache(maxsize=1)
def registry() -> dict[str, type[FieldType]]:
	"""Return field type → class of all field types."""
	found: dict[str, type[FieldType]] = {}
	for file in FILES:
		module = import_module(f"frappe.model.fieldtypes.{file}")
		for value in vars(module).values():
			if (
				isinstance(value, type)
				and issubclass(value, FieldType)
				and value.__module__ == module.__name__
			):
				found[value.name] = value
	return found


def get_fieldtype(name: str) -> type[FieldType]:
	"""Return the class of a field type; an unknown one behaves like short text."""
	return registry().get(name, ShortTextType)
