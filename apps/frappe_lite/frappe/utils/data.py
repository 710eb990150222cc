"""Frappe's `frappe.utils.data`: its names, from the modules they live in, and the clock."""
# ruff: noqa: F401, F403

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from frappe.utils.casting import *
from frappe.utils.date_formats import *
from frappe.utils.dates import *
from frappe.utils.html_utils import (
	escape_html,
	is_html,
	is_image,
	is_json,
	markdown,
	md_to_html,
	sanitize_html,
	strip_html,
	strip_html_tags,
	to_markdown,
	unescape_html,
)
from frappe.utils.money import *
from frappe.utils.numbers import *
from frappe.utils.periods import *
from frappe.utils.settings import get_system_timezone
from frappe.utils.text import *
from frappe.utils.urls import *
from frappe.utils.validation import *

# Frappe's names for the module and its class; last, because the modules above bring the class of that name.
import datetime  # isort: skip
from datetime import timedelta  # isort: skip


def _now() -> datetime.datetime:
	"""Return the current time in the site's time zone, naive. Tests replace this function to freeze time."""
	return datetime.datetime.now(ZoneInfo(get_system_timezone())).replace(tzinfo=None)
