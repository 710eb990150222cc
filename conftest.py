"""Fixtures for all tests, those of the app as well as those in `tests/`."""

from hypothesis import HealthCheck, settings

# A busy machine is no fault of what is tested.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

pytest_plugins = ["tests.runtime.mariadb_server", "tests.site_fixtures", "tests.mail_server"]
