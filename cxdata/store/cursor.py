"""A cursor of the database: what every question takes, for a connection shared by threads mixes up their rows."""

from contextlib import suppress

import duckdb

from cxdata.store.engine import Connection

CATALOG = "stories"  # what the file is called where it is attached


def new_cursor(connection: Connection) -> Connection:
    """A cursor that looks into the attached file: DuckDB's own begins in the empty memory that it is attached to."""
    cursor = connection.cursor()
    with suppress(duckdb.CatalogException, duckdb.BinderException):  # a database in memory has nothing attached
        cursor.execute(f"use {CATALOG}")
    return cursor
