"""Templates."""

from __future__ import annotations

from typing import Any

import frappe
import pytest
from frappe.utils.jinja import guess_is_path, resolve_class, validate_template

pytestmark = pytest.mark.usefixtures("db")


def test_rendering() -> None:
	assert frappe.render_template("Hello {{ name }}", {"name": "A"}) == "Hello A"
	assert frappe.render_template("{{ frappe.utils.formatdate(day) }}", {"day": "2026-01-02"}) == "2026-01-02"
	assert frappe.render_template("{% for i in range(3) %}{{ i }}{% endfor %}", {}) == "012"
	assert frappe.render_template("{{ _('x') }} {{ frappe.session.user }}", {}) == "x Administrator"
	assert frappe.render_template("{{ missing }}", {}) == "{{ missing }}"
	assert frappe.render_template(None, {}) == ""
	assert frappe.render_template("{{ [1, 2] | json }}", {}).replace("\n", "").replace(" ", "") == "[1,2]"


def test_the_same_template_for_another_user() -> None:
	assert frappe.render_template("{{ frappe.session.user }}", {}) == "Administrator"
	frappe.set_user("Guest")
	assert frappe.render_template("{{ frappe.session.user }}", {}) == "Guest"


@pytest.mark.parametrize(
	"template",
	[
		"{{ ''.__class__ }}",
		"{{ ''['__class__'] }}",
		"{{ frappe.db.sql('delete from tabUser') }}",
		"{{ frappe.delete_doc('User', 'Guest') }}",
		"{{ frappe.db.set_value('User', 'Guest', 'enabled', 0) }}",
		"{% for x in range(10) %}{{ x.__class__ }}{% endfor %}",
		"{{ doc.items.__globals__ }}",
		"{% if %}",
		"{{ lipsum.__globals__ }}",
		"{{ ''|attr('__class__') }}",
	],
)
def test_ways_out_are_closed(template: str) -> None:
	before = frappe.db.count("User")
	try:
		found = frappe.render_template(template, {"doc": {}})
	except Exception as error:
		assert not isinstance(error, (KeyboardInterrupt, SystemExit))
		found = ""
	assert "class" not in found.replace(template, "")
	assert frappe.db.count("User") == before
	assert frappe.db.get_value("User", "Guest", "enabled") == 1


def test_templates_are_checked() -> None:
	validate_template("{{ a }}")
	with pytest.raises(frappe.ValidationError):
		validate_template("{% if %}")


def test_paths_and_files() -> None:
	assert guess_is_path("templates/emails/x.html")
	assert not guess_is_path("Hello. {{ x }}")
	with pytest.raises(frappe.TemplateNotFoundError):
		frappe.render_template("templates/nothing.html", {})
	with pytest.raises(Exception, match="site_config"):
		frappe.get_template("../../../sites/x/site_config.json")


def test_class_names() -> None:
	assert resolve_class("a") == "a"
	assert resolve_class(["a", None, {"b": True, "c": False}]) == "a b"
	assert resolve_class("a", "b") == "a b"


def test_the_environment_is_kept(db: Any) -> None:
	from frappe.utils.jinja import get_jenv

	assert get_jenv() is get_jenv()
