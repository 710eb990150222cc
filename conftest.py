"""Fixtures for all tests, those of the app as well as those in `tests/`."""

pytest_plugins = ["tests.runtime.mariadb_server", "tests.site_fixtures", "tests.mail_server"]
