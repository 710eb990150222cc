"""A bench of its own for each test that commits: workers read only what is committed."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import frappe
import pytest
from frappe.jobs.runner import site_context

from tests.runtime.records import copy_bench


@pytest.fixture
def own_sites_path(site: str, bench_path: Path, tmp_path: Path) -> Iterator[str]:
	"""The sites folder of a copy of the bench; what is committed there ends with the test."""
	yield copy_bench(bench_path, tmp_path / "bench", site)
	frappe.destroy()


@pytest.fixture
def on_site(site: str, own_sites_path: str) -> Callable[[], contextlib.AbstractContextManager[None]]:
	"""Open the copied site: `with on_site(): …`; the block commits what it wants to keep."""
	return lambda: site_context(site, own_sites_path)
