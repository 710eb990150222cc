"""The bare databases of the database tests."""

from tests.runtime.database.conftest import bare_db, things

__all__ = ["bare_db", "things"]
