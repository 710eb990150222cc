"""The SQLite back end: one file per site, WAL, one connection per thread."""
