"""The database: opened, built and changed in one place."""

from cxdata.store.build import build_database, create_schema
from cxdata.store.connection import data_version, open_database
from cxdata.store.cursor import new_cursor
from cxdata.store.version import shipped_version

__all__ = ["build_database", "create_schema", "data_version", "new_cursor", "open_database", "shipped_version"]
