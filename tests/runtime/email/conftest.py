"""A copied site that may commit, with and without a mail server."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import frappe
import pytest
from frappe.installer import update_site_config
from frappe.jobs.runner import site_context

from tests.mail_server import Mailbox
from tests.runtime.records import copy_bench


@pytest.fixture
def on_site(
	site: str, bench_path: Path, tmp_path: Path
) -> Iterator[Callable[[], contextlib.AbstractContextManager[None]]]:
	"""Open a copy of the site: `with on_site(): …`; what the block commits ends with the test."""
	sites_path = copy_bench(bench_path, tmp_path / "bench", site)
	yield lambda: site_context(site, sites_path)
	frappe.destroy()


@pytest.fixture
def on_mail_site(
	on_site: Callable[[], contextlib.AbstractContextManager[None]], mailbox: Mailbox
) -> Callable[[], contextlib.AbstractContextManager[None]]:
	"""The copied site, with the mail server in its configuration."""
	with on_site():
		update_site_config("mail_server", "127.0.0.1")
		update_site_config("mail_port", mailbox.port)
		update_site_config("auto_email_id", "school@example.com")
	return on_site
