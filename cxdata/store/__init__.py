"""Store: the database behind one port, `Engine`; `open_engine` chooses the engine by the address."""

from cxdata.store.build import build_database, create_schema
from cxdata.store.connection import data_version, new_cursor, translate_errors
from cxdata.store.engine import Connection, Engine, Rows
from cxdata.store.engines import open_engine
from cxdata.store.transaction import mark_changed
from cxdata.store.version import shipped_version

__all__ = [
    "Connection",
    "Engine",
    "Rows",
    "build_database",
    "create_schema",
    "data_version",
    "mark_changed",
    "new_cursor",
    "open_engine",
    "shipped_version",
    "translate_errors",
]
