"""Fixtures of the REST tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.rest.client import Client
from tests.rest.plain_site import PlainSite, start_plain_site, stop
from tests.runtime.mariadb_server import MariaDBServer


@pytest.fixture(scope="session")
def plain_site(
	tmp_path_factory: pytest.TempPathFactory, database_server: MariaDBServer | None
) -> Iterator[PlainSite]:
	"""A running site with the runtime only."""
	site = start_plain_site(tmp_path_factory.mktemp("plain"), database_server)
	yield site
	stop(site)


@pytest.fixture
def guest(plain_site: PlainSite) -> Client:
	"""A client without a session."""
	return Client(plain_site.url, plain_site.name)


@pytest.fixture(scope="session")
def admin(plain_site: PlainSite) -> Client:
	"""Administrator, to prepare data; never to prove a permission."""
	return Client(plain_site.url, plain_site.name).login("Administrator", plain_site.admin_password)


@pytest.fixture(scope="session")
def sign_in(plain_site: PlainSite, admin: Client) -> Callable[..., Client]:
	"""Make a user with roles and sign him in: `sign_in("System Manager")`."""
	made: list[int] = []

	def sign_in_as(*roles: str, **values: object) -> Client:
		made.append(1)
		email = f"rest-{len(made)}@example.com"
		password = "Quiet-river-77!"
		admin.post(
			"/api/resource/User",
			json={
				"email": email,
				"first_name": f"Rest {len(made)}",
				"send_welcome_email": 0,
				"new_password": password,
				"roles": [{"role": role} for role in roles],
				**values,
			},
		).expect(200)
		return Client(plain_site.url, plain_site.name).login(email, password)

	return sign_in_as
