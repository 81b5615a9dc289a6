"""The database: opened, built and changed in one place."""

from cxdata.store.build import build, build_into, shipped_version
from cxdata.store.connection import data_version, open_database
from cxdata.store.cursor import cursor_of

__all__ = ["build", "build_into", "cursor_of", "data_version", "open_database", "shipped_version"]
