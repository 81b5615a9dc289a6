"""The database: opened, built and changed in one place."""

from cxdata.store.build import build_database, create_schema, shipped_version
from cxdata.store.connection import data_version, open_database
from cxdata.store.cursor import new_cursor

__all__ = ["build_database", "create_schema", "data_version", "new_cursor", "open_database", "shipped_version"]
