"""Frappe's utilities, `frappe.utils`: the names of its modules in one place."""

from __future__ import annotations

from frappe.kernel.messages import generate_hash
from frappe.utils.data import *
from frappe.utils.site_list import get_sites
from frappe.utils.system import *
