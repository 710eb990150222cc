"""Fixtures for all tests, those of the app as well as those in `tests/`."""

pytest_plugins = ["tests.site_fixtures", "tests.runtime.mariadb_server"]
