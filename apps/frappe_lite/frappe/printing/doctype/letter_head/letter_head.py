from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt


class LetterHead(Document):
	"""The head and the foot of printed pages."""

	def before_insert(self) -> None:
		self.source = self.source or "HTML"

	def validate(self) -> None:
		self.set_image()
		if not self.is_default and not frappe.db.get_value("Letter Head", {"is_default": 1}):
			self.is_default = 1
		if self.disabled and self.is_default:
			frappe.throw(_("Letter Head cannot be both disabled and default"))

	def set_image(self) -> None:
		"""A head that is a picture is an HTML fragment around it."""
		if self.source == "Image":
			self.content = (
				_image_html(self.image, self.image_width, self.image_height, self.align) or self.content
			)
		if self.footer_source == "Image":
			self.footer = (
				_image_html(
					self.footer_image, self.footer_image_width, self.footer_image_height, self.footer_align
				)
				or self.footer
			)

	def on_update(self) -> None:
		if self.is_default:
			others = frappe.get_all("Letter Head", {"is_default": 1, "name": ("!=", self.name)}, pluck="name")
			for name in others:
				frappe.db.set_value("Letter Head", name, "is_default", 0)
			frappe.db.set_default("letter_head", self.name)
			frappe.db.set_default("default_letter_head_content", self.content)
		frappe.clear_cache()


def _image_html(url: str | None, width: float | None, height: float | None, align: str | None) -> str | None:
	from html import escape

	if not url:
		return None
	size = "".join(
		f' {name}="{cint(flt(value))}"'
		for name, value in (("width", width), ("height", height))
		if flt(value)
	)
	align = (align or "Left").lower()
	return f'<div style="text-align: {align};"><img src="{escape(url, quote=True)}" alt=""{size}></div>'
