"""A context without a site, in English and at a fixed time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import frappe
import frappe.utils.data
import pytest

NOW = datetime(2026, 11, 23, 10, 30, 15, 250)


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
	"""No site, no database; it is half past ten on Monday, 23 November 2026."""
	sites = tmp_path_factory.mktemp("sites")
	(sites / "apps.txt").write_text("frappe\n", encoding="utf-8")
	frappe.init("", sites_path=str(sites), force=True)
	frappe.local.lang = "en"
	frappe.local.session = frappe._dict(user="Administrator", data=frappe._dict())
	monkeypatch.setattr(frappe.utils.data, "_now", lambda: NOW)
	yield
	frappe.destroy()
