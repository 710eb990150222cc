"""What tests of apps build on; `IntegrationTestCase` and `UnitTestCase` are the names of Frappe 16."""

from frappe.tests.utils import FrappeTestCase, UnitTestCase, change_settings, timeout

IntegrationTestCase = FrappeTestCase

__all__ = ["FrappeTestCase", "IntegrationTestCase", "UnitTestCase", "change_settings", "timeout"]
